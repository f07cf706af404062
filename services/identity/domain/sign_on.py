"""Sign-on by an outside OpenID provider: connected by the person, and then enough to log in. Pure rules of the account.

The service has checked what the provider says; which provider opens which account is decided where the look-up is
written.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import EmailVerified, Event, LoginSucceeded
from services.identity.domain.account_state import Absent, Registered, State, only_registered_accounts_change
from services.identity.domain.registration import Registration, registered
from services.identity.domain.sign_in_facts import SignOnConnected, SignOnDisconnected


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBySignOn(Registration):
    """Create an account without a password; the provider has confirmed the e-mail (F1.6)."""

    issuer: str
    subject: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectSignOn:
    """Let the provider open this account from now on; the person has logged in to it."""

    issuer: str
    subject: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisconnectSignOn:
    """Let the provider open it no more."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInBySignOn:
    """Open the account; the provider has said who comes."""

    at: datetime


Command: TypeAlias = RegisterBySignOn | ConnectSignOn | DisconnectSignOn | LogInBySignOn


def register_by_sign_on(command: RegisterBySignOn, state: State) -> list[Event]:
    """The account is confirmed from its beginning, because the provider has seen the mailbox."""
    if state != Absent():
        return []
    connected = SignOnConnected(issuer=command.issuer, subject=command.subject, at=command.at)
    return [registered(command), EmailVerified(at=command.at), connected]


def connect_sign_on(command: ConnectSignOn, state: State) -> list[Event]:
    """An account opens by one log-in at the provider, not by two."""
    if only_registered_accounts_change(state).sign_in.signs_on:
        raise Rejected("sign-on-connected")
    return [SignOnConnected(issuer=command.issuer, subject=command.subject, at=command.at)]


def disconnect_sign_on(command: DisconnectSignOn, state: State) -> list[Event]:
    """Disconnecting twice changes nothing; the last way in stays."""
    account = only_registered_accounts_change(state)
    if not account.sign_in.signs_on:
        return []
    if not account.has_password and not account.sign_in.passkeys:
        raise Rejected("last-way-in")
    return [SignOnDisconnected(at=command.at)]


def log_in_by_sign_on(command: LogInBySignOn, state: State) -> list[Event]:
    """An account that is locked or suspended opens for nothing (F1.7)."""
    account = only_accounts_that_open(state)
    if not account.sign_in.signs_on:
        raise Rejected("sign-on-unknown")
    return [LoginSucceeded(at=command.at)]


def only_accounts_that_open(state: State) -> Registered:
    """The account; whoever comes from the provider may be told why it does not open."""
    account = only_registered_accounts_change(state)
    if account.locked:
        raise Rejected("account-locked")
    if account.person.suspended:
        raise Rejected("account-suspended")
    return account


def decide(command: Command, state: State) -> list[Event]:
    """The facts that one of these commands adds."""
    match command:
        case RegisterBySignOn():
            return register_by_sign_on(command, state)
        case ConnectSignOn():
            return connect_sign_on(command, state)
        case DisconnectSignOn():
            return disconnect_sign_on(command, state)
        case LogInBySignOn():
            return log_in_by_sign_on(command, state)
        case _ as unknown:
            assert_never(unknown)
