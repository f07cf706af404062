"""One person's account: registered once, given an address, erased for good; personal fields are sealed throughout."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One document accepted in the version that was shown (F1.5)."""

    document: Literal["privacy-statement", "site-terms"]
    version: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRegistered:
    """A person created an account."""

    email: Sealed
    first_name: Sealed
    last_name: Sealed
    country: str
    consents: tuple[Consent, ...]
    registered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChanged:
    """The full legal name is this one from now on."""

    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet:
    """Log-ins are checked against this hash from now on."""

    password: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMapped:
    """Account and candidate record were joined."""

    outcome: Literal["new-candidate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged:
    """The mailing address is this one from now on; `address` is sealed JSON."""

    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCompleted:
    """Every required personal field is filled for the first time (F1.12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSucceeded:
    """The right password was given."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginFailed:
    """A wrong password was given."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountErased:
    """The candidate's key is destroyed; nothing personal can be read again (R-P1)."""

    erased_on: date


Event: TypeAlias = (
    AccountRegistered
    | NameChanged
    | PasswordSet
    | AccountMapped
    | AddressChanged
    | ProfileCompleted
    | LoginSucceeded
    | LoginFailed
    | AccountErased
)

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAccount:
    """Create the account (F1.4); `email_taken` tells whether another account has this e-mail."""

    email: Sealed
    email_taken: bool
    first_name: Sealed
    last_name: Sealed
    name: Sealed
    password: Sealed
    country: str
    privacy_version: str
    terms_version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAddress:
    """Replace the mailing address (F2.1) by one that was checked."""

    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLogIn:
    """Note a log-in attempt and how it ended."""

    succeeded: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAccount:
    """Forget the person (F2.11)."""

    on: date


Command: TypeAlias = RegisterAccount | ChangeAddress | RecordLogIn | EraseAccount

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody registered under this id."""


@dataclass(frozen=True, slots=True)
class Registered:
    """An account in use; `address` is None until the profile is complete."""

    address: AddressChanged | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Erased:
    """The person is forgotten; the id stays as a pseudonym."""


State: TypeAlias = Absent | Registered | Erased


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case AccountRegistered():
            return Registered()
        case AddressChanged():
            return Registered(event, state.complete) if isinstance(state, Registered) else state
        case ProfileCompleted():
            return Registered(state.address, complete=True) if isinstance(state, Registered) else state
        case AccountErased():
            return Erased()
        case NameChanged() | PasswordSet() | AccountMapped() | LoginSucceeded() | LoginFailed():
            return state
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def register_account(command: RegisterAccount, state: State) -> list[Event]:
    """A new account is a new candidate until mapping can find an older record (F1.9)."""
    if not isinstance(state, Absent):
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
    return [
        registered,
        NameChanged(name=command.name),
        PasswordSet(password=command.password),
        AccountMapped(outcome="new-candidate"),
    ]


def change_address(command: ChangeAddress, state: State) -> list[Event]:
    """The first address also completes the profile."""
    account = only_registered_accounts_change(state)
    changed = AddressChanged(country=command.country, address=command.address)
    if account.address == changed:
        return []
    return [changed] if account.complete else [changed, ProfileCompleted()]


def record_log_in(command: RecordLogIn, state: State) -> list[Event]:
    """Attempts are kept on the account; an erased or unknown account cannot be told from a wrong password (F1.2)."""
    if not isinstance(state, Registered):
        raise Rejected("log-in-refused")
    return [LoginSucceeded(at=command.at) if command.succeeded else LoginFailed(at=command.at)]


def erase_account(command: EraseAccount, state: State) -> list[Event]:
    """Erasing twice changes nothing."""
    if isinstance(state, Erased):
        return []
    only_registered_accounts_change(state)
    return [AccountErased(erased_on=command.on)]


def only_registered_accounts_change(state: State) -> Registered:
    """The account, if there is one to act on."""
    match state:
        case Registered():
            return state
        case Absent():
            raise Rejected("account-unknown")
        case Erased():
            raise Rejected("account-erased")
        case _ as unknown:
            assert_never(unknown)


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case RegisterAccount():
            return register_account(command, state)
        case ChangeAddress():
            return change_address(command, state)
        case RecordLogIn():
            return record_log_in(command, state)
        case EraseAccount():
            return erase_account(command, state)
        case _ as unknown:
            assert_never(unknown)


account: Decider[Command, State, Event] = Decider(category="account", initial=Absent(), evolve=evolve, decide=decide)
