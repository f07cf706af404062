"""What support does to an account by a case: name, log-in, birth date, suspension; and the person's own farewell."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import Event, NameChanged
from services.identity.domain.account_state import State, only_registered_accounts_change
from services.identity.domain.person_facts import (
    AccountReinstated,
    AccountSuspended,
    BirthDateCorrected,
    CameOfAge,
    EmailChanged,
    ErasureRequested,
    ErasureWithdrawn,
    GuardianConsentRequired,
    LegalNameCorrected,
)

COOLING_OFF = timedelta(days=14)
"""Between asking for erasure and being forgotten (R-P1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectName:
    """Another legal name; `name` is the full one."""

    first_name: Sealed
    last_name: Sealed
    name: Sealed
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEmail:
    """Another log-in."""

    email: Sealed
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectBirthDate:
    """Another birth date; `of_age_on` is None for somebody of age."""

    birth_date: Sealed
    of_age_on: Sealed | None
    on: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendAccount:
    """Let nobody log in."""

    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateAccount:
    """Lift the suspension."""

    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestErasure:
    """Ask to be forgotten; whoever gives up the kits that are on their way need not wait for them."""

    at: datetime
    on: date
    gives_up_kits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawErasure:
    """Stay after all."""

    at: datetime


Command: TypeAlias = (
    CorrectName | ChangeEmail | CorrectBirthDate | SuspendAccount | ReinstateAccount | RequestErasure | WithdrawErasure
)


def correct_name(command: CorrectName, state: State) -> list[Event]:
    """Others hear of the full name only."""
    only_registered_accounts_change(state)
    corrected = LegalNameCorrected(first_name=command.first_name, last_name=command.last_name, by=command.by)
    return [corrected, NameChanged(name=command.name)]


def correct_birth_date(command: CorrectBirthDate, state: State) -> list[Event]:
    """A correction may make somebody a minor, or of age."""
    account = only_registered_accounts_change(state)
    if not account.has_birth_date:
        raise Rejected("birth-date-not-given")
    corrected: list[Event] = [BirthDateCorrected(birth_date=command.birth_date, by=command.by)]
    if command.of_age_on is None:
        return corrected if account.person.guardian == "not-needed" else [*corrected, CameOfAge(came_on=command.on)]
    if account.person.guardian == "not-needed":
        return [*corrected, GuardianConsentRequired(of_age_on=command.of_age_on)]
    return corrected


def suspend_account(command: SuspendAccount, state: State) -> list[Event]:
    """Once."""
    person = only_registered_accounts_change(state).person
    return [] if person.suspended else [AccountSuspended(by=command.by)]


def reinstate_account(command: ReinstateAccount, state: State) -> list[Event]:
    """Once."""
    person = only_registered_accounts_change(state).person
    return [AccountReinstated(by=command.by)] if person.suspended else []


def request_erasure(command: RequestErasure, state: State) -> list[Event]:
    """Whoever asks again does not wait longer, and may give up what was waited for."""
    person = only_registered_accounts_change(state).person
    gives_up = person.gives_up_kits or command.gives_up_kits
    if person.erased_on is not None and gives_up == person.gives_up_kits:
        return []
    due_on = person.erased_on or command.on + COOLING_OFF
    return [ErasureRequested(requested_at=command.at, due_on=due_on, gives_up_kits=gives_up)]


def withdraw_erasure(command: WithdrawErasure, state: State) -> list[Event]:
    """As long as it was not carried out."""
    person = only_registered_accounts_change(state).person
    return [] if person.erased_on is None else [ErasureWithdrawn(withdrawn_at=command.at)]


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911  a table of contents
    """The facts that one of these commands adds."""
    match command:
        case CorrectName():
            return correct_name(command, state)
        case ChangeEmail(email=email, by=by):
            only_registered_accounts_change(state)
            return [EmailChanged(email=email, by=by)]
        case CorrectBirthDate():
            return correct_birth_date(command, state)
        case SuspendAccount():
            return suspend_account(command, state)
        case ReinstateAccount():
            return reinstate_account(command, state)
        case RequestErasure():
            return request_erasure(command, state)
        case WithdrawErasure():
            return withdraw_erasure(command, state)
        case _ as unknown:
            assert_never(unknown)
