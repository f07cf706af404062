"""The required personal data: address, birth date, and the question about news (F1.12, F1.15, F2.1, F2.3)."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from chassis.decider import Rejected, Sealed
from services.identity.domain.account_facts import (
    AddressChanged,
    BirthDateGiven,
    Event,
    NotificationPreferenceChanged,
    ProfileCompleted,
)
from services.identity.domain.account_state import Registered, State, evolve, only_registered_accounts_change
from services.identity.domain.person_facts import GuardianConsentRequired

YOUNGEST = 13
OF_AGE = 18
OLDEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAddress:
    """Replace the mailing address (F2.1) by one that was checked."""

    country: str
    address: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBirthDate:
    """Say when one was born; the age was checked before the date was sealed."""

    birth_date: Sealed
    of_age_on: Sealed | None = None
    """For somebody under 18: the day from which on no guardian is needed (R-M1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNews:
    """Say whether one wants mail about training, offers and events."""

    wanted: bool


Command: TypeAlias = ChangeAddress | GiveBirthDate | AnswerNews


def change_address(command: ChangeAddress, state: State) -> list[Event]:
    """The same address again changes nothing."""
    account = only_registered_accounts_change(state)
    changed = AddressChanged(country=command.country, address=command.address)
    return [] if account.address == changed else _and_perhaps_complete(account, changed)


def give_birth_date(command: GiveBirthDate, state: State) -> list[Event]:
    """It is given once; whoever made a mistake opens a case (F1.15)."""
    account = only_registered_accounts_change(state)
    if account.has_birth_date:
        raise Rejected("birth-date-given")
    given: list[Event] = [BirthDateGiven(birth_date=command.birth_date)]
    if command.of_age_on is not None:
        given.append(GuardianConsentRequired(of_age_on=command.of_age_on))
    return _and_perhaps_complete(account, *given)


def answer_news(command: AnswerNews, state: State) -> list[Event]:
    """No answer is preset; the same one again changes nothing (F2.3)."""
    account = only_registered_accounts_change(state)
    if account.wants_news == command.wanted:
        return []
    return _and_perhaps_complete(account, NotificationPreferenceChanged(wanted=command.wanted))


def only_people_of_age_13(birth_date: date, today: date) -> date:
    """The birth date as given; raises Rejected for one in the future or too long ago, and for children (R-M1)."""
    age = age_on(birth_date, today)
    if not 0 <= age <= OLDEST:
        raise Rejected("birth-date-impossible")
    if age < YOUNGEST:
        raise Rejected("too-young", youngest=YOUNGEST)
    return birth_date


def age_on(birth_date: date, today: date) -> int:
    """Full years; a birthday on 29 February is over on 1 March of other years."""
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def age_of(birth_date: str | None, today: date) -> int:
    """Full years by a stored date; nobody whose birth date is unknown is of age."""
    return 0 if birth_date is None else age_on(date.fromisoformat(birth_date), today)


def of_age_on(birth_date: date) -> date:
    """The eighteenth birthday; of somebody born on 29 February it is 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + OF_AGE)
    except ValueError:
        return date(birth_date.year + OF_AGE, 3, 1)


def _and_perhaps_complete(account: Registered, *events: Event) -> list[Event]:
    """The last missing answer completes the profile (F1.12)."""
    after: State = account
    for event in events:
        after = evolve(after, event)
    return [*events, ProfileCompleted()] if _is_just_complete(after) else list(events)


def _is_just_complete(account: State) -> bool:
    return isinstance(account, Registered) and not account.complete and not account.lacks_something


def decide(command: Command, state: State) -> list[Event]:
    """The facts that one of these commands adds."""
    match command:
        case ChangeAddress():
            return change_address(command, state)
        case GiveBirthDate():
            return give_birth_date(command, state)
        case AnswerNews():
            return answer_news(command, state)
        case _ as unknown:
            assert_never(unknown)
