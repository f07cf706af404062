"""Consent of a guardian: asked by a mailed link, given, and withdrawn by the same link (R-M1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias, assert_never

from chassis.decider import Rejected
from services.identity.domain.account_facts import Event
from services.identity.domain.account_state import Registered, State, only_registered_accounts_change
from services.identity.domain.person_facts import (
    CameOfAge,
    GuardianAsked,
    GuardianConsentRecorded,
    GuardianConsentTakenBack,
)

AWAITED = timedelta(days=14)
"""How long a guardian may take to consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskGuardian:
    """Mail the guardian a link whose secret has this hash."""

    secret_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsGuardian:
    """Consent, or take the consent back, by the mailed link."""

    consents: bool
    secret_hash: str
    at: datetime
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeOfAge:
    """The eighteenth birthday has come."""

    on: date


Command: TypeAlias = AskGuardian | AnswerAsGuardian | ComeOfAge


def ask_guardian(command: AskGuardian, state: State) -> list[Event]:
    """Whoever needs consent may ask again, also another guardian; a newer link replaces an older one."""
    person = only_registered_accounts_change(state).person
    if person.guardian == "not-needed":
        raise Rejected("guardian-not-needed")
    if person.guardian == "consented":
        raise Rejected("guardian-consented")
    return [GuardianAsked(secret_hash=command.secret_hash, asked_at=command.at, until=command.at + AWAITED)]


def answer_as_guardian(command: AnswerAsGuardian, state: State) -> list[Event]:
    """The same answer twice changes nothing; whoever has withdrawn may consent again."""
    guardian = _by_a_known_link(state, command).person.guardian
    if command.consents:
        if guardian == "consented":
            return []
        return [GuardianConsentRecorded(consented_at=command.at, consented_on=command.on)]
    if guardian == "revoked":
        return []
    return [GuardianConsentTakenBack(revoked_at=command.at, revoked_on=command.on)]


def is_over(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a first answer comes too late."""
    return asked_at is not None and now >= asked_at + AWAITED


def _by_a_known_link(state: State, command: AnswerAsGuardian) -> Registered:
    """The account whose guardian holds this link; a first answer must come in time."""
    if isinstance(state, Registered) and state.person.guardian_link == command.secret_hash != "":
        person = state.person
        if person.guardian != "asked" or (person.guardian_until is not None and command.at < person.guardian_until):
            return state
    raise Rejected("link-not-valid")


def come_of_age(command: ComeOfAge, state: State) -> list[Event]:
    """Once."""
    person = only_registered_accounts_change(state).person
    return [] if person.guardian == "not-needed" else [CameOfAge(came_on=command.on)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that one of these commands adds."""
    match command:
        case AskGuardian():
            return ask_guardian(command, state)
        case AnswerAsGuardian():
            return answer_as_guardian(command, state)
        case ComeOfAge():
            return come_of_age(command, state)
        case _ as unknown:
            assert_never(unknown)
