"""The second factor: an authenticator's codes, and recovery codes for its loss. Pure rules of the account's decider."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import Event, LoginSucceeded
from services.identity.domain.account_state import Registered, State, only_registered_accounts_change
from services.identity.domain.sign_in_facts import (
    AuthenticatorTurnedOff,
    AuthenticatorTurnedOn,
    AuthenticatorUsed,
    RecoveryCodesIssued,
    RecoveryCodeUsed,
)


@dataclass(frozen=True, slots=True)
class Code:
    """The authenticator's code of this time step; the service has compared it."""

    step: int


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A recovery code by its hash."""

    hash: str


Proof: TypeAlias = Code | RecoveryCode


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOnAuthenticator:
    """Ask for codes from now on; the first one was shown."""

    secret: Sealed
    first: Code
    recovery_hashes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOffAuthenticator:
    """Ask for no more codes; the service has checked the password as well."""

    proof: Proof
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    """Replace the recovery codes."""

    proof: Proof
    recovery_hashes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveLogIn:
    """Show the second factor after the right password."""

    proof: Proof
    at: datetime


Command: TypeAlias = TurnOnAuthenticator | TurnOffAuthenticator | RenewRecoveryCodes | ProveLogIn


def turn_on(command: TurnOnAuthenticator, state: State) -> list[Event]:
    """There is one authenticator at a time."""
    account = only_registered_accounts_change(state)
    if account.sign_in.step is not None:
        raise Rejected("authenticator-on")
    return [
        AuthenticatorTurnedOn(secret=command.secret, step=command.first.step, at=command.at),
        RecoveryCodesIssued(hashes=command.recovery_hashes, at=command.at),
    ]


def turn_off(command: TurnOffAuthenticator, state: State) -> list[Event]:
    """Whoever turns it off still has it, or a recovery code."""
    used = only_a_fresh_proof(command.proof, only_registered_accounts_change(state), command.at)
    return [used, AuthenticatorTurnedOff(at=command.at)]


def renew_recovery_codes(command: RenewRecoveryCodes, state: State) -> list[Event]:
    """All earlier codes are void."""
    used = only_a_fresh_proof(command.proof, only_registered_accounts_change(state), command.at)
    return [used, RecoveryCodesIssued(hashes=command.recovery_hashes, at=command.at)]


def prove_log_in(command: ProveLogIn, state: State) -> list[Event]:
    """The log-in counts once the second factor was shown; a locked account opens for nothing (F1.7)."""
    if not isinstance(state, Registered) or state.locked:
        raise Rejected("log-in-refused")
    if state.person.suspended:
        raise Rejected("account-suspended")
    return [only_a_fresh_proof(command.proof, state, command.at), LoginSucceeded(at=command.at)]


def only_a_fresh_proof(proof: Proof, account: Registered, at: datetime) -> Event:
    """The fact that the proof was used; codes seen before, and all older ones, are wrong."""
    known = account.sign_in
    if known.step is None:
        raise Rejected("authenticator-off")
    match proof:
        case Code(step) if step > known.step:
            return AuthenticatorUsed(step=step, at=at)
        case RecoveryCode(used) if used in known.recovery:
            return RecoveryCodeUsed(hash=used, at=at)
        case Code() | RecoveryCode():
            raise Rejected("code-wrong")
        case _ as unknown:
            assert_never(unknown)


def decide(command: Command, state: State) -> list[Event]:
    """The facts that one of these commands adds."""
    match command:
        case TurnOnAuthenticator():
            return turn_on(command, state)
        case TurnOffAuthenticator():
            return turn_off(command, state)
        case RenewRecoveryCodes():
            return renew_recovery_codes(command, state)
        case ProveLogIn():
            return prove_log_in(command, state)
        case _ as unknown:
            assert_never(unknown)
