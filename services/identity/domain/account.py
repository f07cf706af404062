"""One person's account: registered, confirmed, joined with a record, given an address, erased for good."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed
from services.identity.domain import log_in
from services.identity.domain.account_facts import (
    AccountErased,
    AccountMapped,
    AccountRegistered,
    AddressChanged,
    Consent,
    Event,
    NameChanged,
    PasswordSet,
    ProfileCompleted,
    RegistrationLapsed,
)
from services.identity.domain.account_state import (
    Absent,
    Erased,
    Registered,
    State,
    evolve,
    only_registered_accounts_change,
)

UNCONFIRMED = timedelta(days=7)
"""How long a registration waits for its confirmation."""

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAccount:
    """Create the account (F1.4); `email_taken` tells whether another account has this e-mail."""

    email: Sealed
    email_taken: bool
    first_name: Sealed
    last_name: Sealed
    password: Sealed
    country: str
    privacy_version: str
    terms_version: str
    link_hash: str
    """Of the secret in the link that is mailed to confirm the e-mail."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRegistration:
    """Give up an account that was never confirmed."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAccount:
    """Join account and candidate record; `name` is the full legal name."""

    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAddress:
    """Replace the mailing address (F2.1) by one that was checked."""

    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAccount:
    """Forget the person."""

    on: date


Command: TypeAlias = RegisterAccount | LapseRegistration | MapAccount | ChangeAddress | EraseAccount | log_in.Command

# -- decisions ---------------------------------------------------------------------------------------------------------


def register_account(command: RegisterAccount, state: State) -> list[Event]:
    """A new account waits for its e-mail to be confirmed (F1.6)."""
    if state != Absent():
        return []
    if command.email_taken:
        raise Rejected("email-taken")
    registered = AccountRegistered(
        email=command.email,
        first_name=command.first_name,
        last_name=command.last_name,
        country=command.country,
        consents=(
            Consent(document="privacy-statement", version=command.privacy_version, given_at=command.at),
            Consent(document="site-terms", version=command.terms_version, given_at=command.at),
        ),
        registered_at=command.at,
    )
    link = log_in.link("confirm-email", command.link_hash, command.at)
    return [registered, PasswordSet(password=command.password), link]


def lapse_registration(command: LapseRegistration, state: State) -> list[Event]:
    """Only what was never confirmed lapses."""
    if not isinstance(state, Registered) or state.confirmed:
        return []
    return [RegistrationLapsed(lapsed_on=command.on)]


def map_account(command: MapAccount, state: State) -> list[Event]:
    """A confirmed account becomes a new candidate at its first log-in (F1.9)."""
    account = only_registered_accounts_change(state)
    if account.mapped:
        return []
    if not account.confirmed:
        raise Rejected("email-not-confirmed")
    return [AccountMapped(outcome="new-candidate"), NameChanged(name=command.name)]


def change_address(command: ChangeAddress, state: State) -> list[Event]:
    """The first address also completes the profile."""
    account = only_registered_accounts_change(state)
    changed = AddressChanged(country=command.country, address=command.address)
    if account.address == changed:
        return []
    return [changed] if account.complete else [changed, ProfileCompleted()]


def erase_account(command: EraseAccount, state: State) -> list[Event]:
    """Erasing twice changes nothing."""
    if isinstance(state, Erased):
        return []
    only_registered_accounts_change(state)
    return [AccountErased(erased_on=command.on)]


def decide(command: Command, state: State) -> list[Event]:  # noqa: C901, PLR0911  a table of contents
    """The facts that a command adds."""
    match command:
        case RegisterAccount():
            return register_account(command, state)
        case LapseRegistration():
            return lapse_registration(command, state)
        case MapAccount():
            return map_account(command, state)
        case ChangeAddress():
            return change_address(command, state)
        case EraseAccount():
            return erase_account(command, state)
        case log_in.RecordLogIn():
            return log_in.record_log_in(command, state)
        case log_in.IssueLink():
            return log_in.issue_link(command, state)
        case log_in.ConfirmEmail():
            return log_in.confirm_email(command, state)
        case log_in.UnlockAccount():
            return log_in.unlock_account(command, state)
        case log_in.ResetPassword():
            return log_in.reset_password(command, state)
        case log_in.ChangePassword():
            return log_in.change_password(command, state)
        case _ as unknown:
            assert_never(unknown)


account: Decider[Command, State, Event] = Decider(category="account", initial=Absent(), evolve=evolve, decide=decide)
