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
    return _and_perhaps_complete(account, BirthDateGiven(birth_date=command.birth_date))


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


def _and_perhaps_complete(account: Registered, *events: Event) -> list[Event]:
    """The last missing answer completes the profile (F1.12)."""
    after: State = account
    for event in events:
        after = evolve(after, event)
    return [*events, ProfileCompleted()] if _is_just_complete(after) else list(events)


def _is_just_complete(account: State) -> bool:
    return (
        isinstance(account, Registered)
        and not account.complete
        and account.address is not None
        and account.has_birth_date
        and account.wants_news is not None
    )


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
