"""Passkeys: devices that open the account without a password. Pure rules of the account's decider."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import Event, LoginSucceeded
from services.identity.domain.account_state import Registered, State, only_registered_accounts_change
from services.identity.domain.sign_in_facts import PasskeyRegistered, PasskeyRemoved, PasskeyRenamed, PasskeyUsed

MOST_PASSKEYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPasskey:
    """Let one more device open the account; the service has checked what it says."""

    passkey_id: str
    public_key: str
    sign_count: int
    name: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePasskey:
    """Call it otherwise."""

    passkey_id: str
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePasskey:
    """Let it open nothing any more."""

    passkey_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInByPasskey:
    """Open the account; the service has checked the signature."""

    passkey_id: str
    sign_count: int
    at: datetime


Command: TypeAlias = RegisterPasskey | RenamePasskey | RemovePasskey | LogInByPasskey


def register_passkey(command: RegisterPasskey, state: State) -> list[Event]:
    """A device is registered once."""
    known = only_registered_accounts_change(state).sign_in.passkeys
    if command.passkey_id in known:
        return []
    if len(known) >= MOST_PASSKEYS:
        raise Rejected("too-many-passkeys", most=MOST_PASSKEYS)
    return [
        PasskeyRegistered(
            passkey_id=command.passkey_id,
            public_key=command.public_key,
            sign_count=command.sign_count,
            name=command.name,
            at=command.at,
        )
    ]


def rename_passkey(command: RenamePasskey, state: State) -> list[Event]:
    """Only what is there has a name."""
    only_own_passkeys(command.passkey_id, only_registered_accounts_change(state))
    return [PasskeyRenamed(passkey_id=command.passkey_id, name=command.name)]


def remove_passkey(command: RemovePasskey, state: State) -> list[Event]:
    """Removing twice changes nothing; the last way in stays."""
    account = only_registered_accounts_change(state)
    known = account.sign_in
    if command.passkey_id not in known.passkeys:
        return []
    if not account.has_password and not known.signs_on and len(known.passkeys) == 1:
        raise Rejected("last-way-in")
    return [PasskeyRemoved(passkey_id=command.passkey_id, at=command.at)]


def log_in_by_passkey(command: LogInByPasskey, state: State) -> list[Event]:
    """A device that counts must count on: one that does not was copied (WebAuthn, 6.1.1)."""
    if not isinstance(state, Registered) or state.locked or command.passkey_id not in state.sign_in.passkeys:
        raise Rejected("passkey-refused")
    if not state.confirmed:
        raise Rejected("email-not-confirmed")
    if state.person.suspended:
        raise Rejected("account-suspended")
    counted = state.sign_in.passkeys[command.passkey_id]
    if (counted or command.sign_count) and command.sign_count <= counted:
        raise Rejected("passkey-refused")
    used = PasskeyUsed(passkey_id=command.passkey_id, sign_count=command.sign_count, at=command.at)
    return [used, LoginSucceeded(at=command.at)]


def only_own_passkeys(passkey_id: str, account: Registered) -> None:
    """Refuse what is not there."""
    if passkey_id not in account.sign_in.passkeys:
        raise Rejected("passkey-unknown")


def decide(command: Command, state: State) -> list[Event]:
    """The facts that one of these commands adds."""
    match command:
        case RegisterPasskey():
            return register_passkey(command, state)
        case RenamePasskey():
            return rename_passkey(command, state)
        case RemovePasskey():
            return remove_passkey(command, state)
        case LogInByPasskey():
            return log_in_by_passkey(command, state)
        case _ as unknown:
            assert_never(unknown)
