"""One person's account: registered, confirmed, joined with a record, given an address, erased for good."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed
from services.identity.domain import guardian, log_in, passkey, person, profile, second_factor, sign_on, support_acts
from services.identity.domain.account_facts import (
    AccountErased,
    AccountMapped,
    AccountMappingRefused,
    AccountMappingRequested,
    Event,
    NameChanged,
    PasswordSet,
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
from services.identity.domain.registration import Registration, registered

UNCONFIRMED = timedelta(days=7)
"""How long a registration waits for its confirmation."""

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAccount(Registration):
    """Create the account (F1.4); `email_taken` tells whether another account has this e-mail."""

    password: Sealed
    link_hash: str
    """Of the secret in the link that is mailed to confirm the e-mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRegistration:
    """Give up an account that was never confirmed."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAccount:
    """Join account and candidate record; `name` is the full legal name, all sealed for the record's candidate."""

    outcome: Literal["new-candidate", "matched", "by-external-id", "case"]
    csco_id: str
    name: Sealed
    email: Sealed | None = None
    first_name: Sealed | None = None
    last_name: Sealed | None = None
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMapping:
    """Leave the mapping to people."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseMapping:
    """The evidence of a mapping case failed."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAccount:
    """Forget the person; `booked_only` where bookings made the record and nobody has registered."""

    on: date
    booked_only: bool = False


Command: TypeAlias = (
    RegisterAccount
    | LapseRegistration
    | MapAccount
    | RequestMapping
    | RefuseMapping
    | EraseAccount
    | log_in.Command
    | second_factor.Command
    | passkey.Command
    | sign_on.Command
    | profile.Command
    | person.Command
    | guardian.Command
    | support_acts.Command
)

# -- decisions ---------------------------------------------------------------------------------------------------------


def register_account(command: RegisterAccount, state: State) -> list[Event]:
    """A new account waits for its e-mail to be confirmed (F1.6)."""
    if state != Absent():
        return []
    link = log_in.link("confirm-email", command.link_hash, command.at)
    return [registered(command), PasswordSet(password=command.password), link]


def lapse_registration(command: LapseRegistration, state: State) -> list[Event]:
    """Only what was never confirmed lapses."""
    if not isinstance(state, Registered) or state.confirmed:
        return []
    return [RegistrationLapsed(lapsed_on=command.on)]


def map_account(command: MapAccount, state: State) -> list[Event]:
    """A confirmed account is joined once; one that began anew may still find its older record (F1.9)."""
    account = only_registered_accounts_change(state)
    if not account.confirmed:
        raise Rejected("email-not-confirmed")
    if account.mapped and not may_still_be_joined(command, account):
        return []
    mapped = AccountMapped(
        outcome=command.outcome,
        csco_id=command.csco_id,
        email=command.email,
        first_name=command.first_name,
        last_name=command.last_name,
        country=command.country,
    )
    return [mapped, NameChanged(name=command.name)]


def may_still_be_joined(command: MapAccount, account: Registered) -> bool:
    """A new candidate whose profile is not complete has done nothing yet that an older record would miss."""
    return account.mapped == "new-candidate" and command.outcome == "by-external-id" and not account.complete


def request_mapping(command: RequestMapping, state: State) -> list[Event]:
    """People are asked once, and not about what is mapped."""
    account = only_registered_accounts_change(state)
    if not account.confirmed:
        raise Rejected("email-not-confirmed")
    if account.mapped or account.mapping_reason:
        return []
    return [AccountMappingRequested(reason=command.reason)]


def refuse_mapping(command: RefuseMapping, state: State) -> list[Event]:
    """What was refused may be asked again, with better evidence."""
    account = only_registered_accounts_change(state)
    if not account.mapping_reason:
        raise Rejected("mapping-not-requested")
    return [AccountMappingRefused(reason=command.reason)]


def erase_account(command: EraseAccount, state: State) -> list[Event]:
    """Erasing twice changes nothing."""
    if isinstance(state, Erased):
        return []
    if not command.booked_only:
        only_registered_accounts_change(state)
    return [AccountErased(erased_on=command.on)]


def decide(command: Command, state: State) -> list[Event]:  # noqa: C901, PLR0911, PLR0912  a table of contents
    """The facts that a command adds."""
    if isinstance(command, log_in.Command):
        return log_in.decide(command, state)
    if isinstance(command, second_factor.Command):
        return second_factor.decide(command, state)
    if isinstance(command, passkey.Command):
        return passkey.decide(command, state)
    if isinstance(command, sign_on.Command):
        return sign_on.decide(command, state)
    if isinstance(command, profile.Command):
        return profile.decide(command, state)
    if isinstance(command, person.Command):
        return person.decide(command, state)
    if isinstance(command, guardian.Command):
        return guardian.decide(command, state)
    if isinstance(command, support_acts.Command):
        return support_acts.decide(command, state)
    match command:
        case RegisterAccount():
            return register_account(command, state)
        case LapseRegistration():
            return lapse_registration(command, state)
        case MapAccount():
            return map_account(command, state)
        case RequestMapping():
            return request_mapping(command, state)
        case RefuseMapping():
            return refuse_mapping(command, state)
        case EraseAccount():
            return erase_account(command, state)
        case _ as unknown:
            assert_never(unknown)


account: Decider[Command, State, Event] = Decider(category="account", initial=Absent(), evolve=evolve, decide=decide)
