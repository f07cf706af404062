"""Sanctions against one candidate: a score cancelled, or no exams until a day; both can be appealed (R-X3, R-X4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, assert_never

from chassis.decider import Decider, Rejected

Kind = Literal["score-cancelled", "ban"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionImposed:
    """The programme punished misconduct; the candidate is told the reason and the last day of an appeal."""

    sanction_id: str
    kind: Kind
    reason: str
    imposed_on: date
    imposed_by: str
    appeal_until: date
    result_id: str | None = None
    banned_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted:
    """An appeal was upheld, or the programme took the sanction back."""

    sanction_id: str
    kind: Kind
    lifted_on: date
    reason: str


Event = SanctionImposed | SanctionLifted


@dataclass(frozen=True, slots=True, kw_only=True)
class ImposeSanction:
    """Sanction a candidate; a ban names its last day, a cancelled score its result."""

    sanction_id: str
    kind: Kind
    reason: str
    today: date
    imposed_by: str
    appeal_days: int
    result_id: str | None = None
    banned_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSanction:
    """Take a sanction back."""

    sanction_id: str
    today: date
    reason: str


Command = ImposeSanction | LiftSanction


@dataclass(frozen=True, slots=True)
class Sanction:
    """One sanction and whether it still holds."""

    imposed: SanctionImposed
    lifted: bool = False


State = Mapping[str, Sanction]
EMPTY: State = MappingProxyType({})


def evolve(state: State, event: Event) -> State:
    """The candidate's sanctions after one more fact."""
    match event:
        case SanctionImposed(sanction_id=sanction_id):
            return {**state, sanction_id: Sanction(event)}
        case SanctionLifted(sanction_id=sanction_id):
            known = state.get(sanction_id)
            return state if known is None else {**state, sanction_id: replace(known, lifted=True)}
        case _ as unknown:
            assert_never(unknown)


def impose_sanction(command: ImposeSanction, state: State) -> list[Event]:
    """A ban ends on a day to come; a cancelled score names its result."""
    if command.sanction_id in state:
        return []
    if command.kind == "ban" and (command.banned_until is None or command.banned_until <= command.today):
        raise Rejected("ban-needs-a-later-day")
    if command.kind == "score-cancelled" and command.result_id is None:
        raise Rejected("sanction-needs-a-result")
    return [
        SanctionImposed(
            sanction_id=command.sanction_id,
            kind=command.kind,
            reason=command.reason,
            imposed_on=command.today,
            imposed_by=command.imposed_by,
            appeal_until=command.today + timedelta(days=command.appeal_days),
            result_id=command.result_id,
            banned_until=command.banned_until if command.kind == "ban" else None,
        )
    ]


def lift_sanction(command: LiftSanction, state: State) -> list[Event]:
    """Once; lifting again changes nothing."""
    known = state.get(command.sanction_id)
    if known is None:
        raise Rejected("unknown-sanction")
    if known.lifted:
        return []
    return [
        SanctionLifted(
            sanction_id=command.sanction_id, kind=known.imposed.kind, lifted_on=command.today, reason=command.reason
        )
    ]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case ImposeSanction():
            return impose_sanction(command, state)
        case LiftSanction():
            return lift_sanction(command, state)
        case _ as unknown:
            assert_never(unknown)


sanctions: Decider[Command, State, Event] = Decider(category="sanctions", initial=EMPTY, evolve=evolve, decide=decide)
"""Streams `sanctions-<candidate id>`."""
