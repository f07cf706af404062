"""Where the results of one candidate stand, after each fact (3.3)."""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from chassis.decider import Rejected
from services.testing.domain.results import (
    DomainScore,
    Event,
    ExamFailed,
    ExamPassed,
    ExamResultRestored,
    ExamResultRevoked,
    ResultAwaited,
    ResultCorrected,
    ResultHeld,
    ResultReleased,
    ScoreDetailed,
    ScoreKept,
    Sitting,
)

Standing = Literal["pass", "fail", "pending", "held", "invalidated"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A result on the candidate's record; `evidence` is the id under which others count it."""

    sitting: Sitting
    outcome: Literal["pass", "fail", "pending"]
    evidence: str
    held: bool = False
    revoked: bool = False
    changes: int = 0

    @property
    def standing(self) -> Standing:
        """The word that the candidate reads (F6.6)."""
        if self.revoked:
            return "invalidated"
        return "held" if self.held else self.outcome


State = tuple[Posted, ...]


def evolve(state: State, event: Event) -> State:  # noqa: C901, PLR0911 - one line per fact
    """The candidate's results after one more fact."""
    match event:
        case ResultAwaited(sitting=sitting):
            return _with(state, sitting, "pending")
        case ExamPassed(sitting=sitting):
            return _with(state, sitting, "pass")
        case ExamFailed(sitting=sitting):
            return _with(state, sitting, "fail")
        case ScoreKept(sitting=sitting, outcome=outcome):
            return _changed(state, sitting.result_id, sitting=sitting, outcome=outcome)
        case ScoreDetailed(result_id=result_id, domains=domains):
            return _detailed(state, result_id, domains)
        case ResultHeld(result_id=result_id):
            return _changed(state, result_id, held=True)
        case ResultReleased(result_id=result_id):
            return _changed(state, result_id, held=False)
        case ResultCorrected() as corrected:
            return _corrected(state, corrected)
        case ExamResultRevoked(result_id=result_id):
            return _changed(state, result_id, revoked=True)
        case ExamResultRestored(result_id=result_id, counts_as=evidence):
            return _renamed(state, result_id, evidence, revoked=False)
        case _ as unknown:
            assert_never(unknown)


def _with(state: State, sitting: Sitting, outcome: Literal["pass", "fail", "pending"]) -> State:
    """A new result at the end, or the same one with its outcome known."""
    if find(state, sitting.result_id) is None:
        return (*state, Posted(sitting, outcome, evidence=sitting.result_id))
    return _changed(state, sitting.result_id, sitting=sitting, outcome=outcome)


def _detailed(state: State, result_id: str, domains: tuple[DomainScore, ...]) -> State:
    known = find(state, result_id)
    return state if known is None else _changed(state, result_id, sitting=replace(known.sitting, domains=domains))


def _corrected(state: State, fact: ResultCorrected) -> State:
    known = find(state, fact.result_id)
    if known is None:
        return state
    sitting = replace(known.sitting, score=fact.score)
    return _renamed(state, fact.result_id, fact.counts_as, sitting=sitting, outcome=fact.outcome)


def _renamed(state: State, result_id: str, evidence: str, **changes: object) -> State:
    known = find(state, result_id)
    changed = 0 if known is None else known.changes + 1
    return _changed(state, result_id, evidence=evidence, changes=changed, **changes)


def _changed(state: State, result_id: str, **changes: object) -> State:
    return tuple(
        replace(one, **changes) if one.sitting.result_id == result_id else one  # type: ignore[arg-type]  # fields by name
        for one in state
    )


def find(state: State, result_id: str) -> Posted | None:
    """The result with this id."""
    return next((one for one in state if one.sitting.result_id == result_id), None)


def known_in(state: State, result_id: str) -> Posted:
    """The result; Rejected for an unknown one."""
    known = find(state, result_id)
    if known is None:
        raise Rejected("unknown-result")
    return known


def valid_in(state: State, result_id: str) -> Posted:
    """The result, if it counts; Rejected for an invalidated one."""
    known = known_in(state, result_id)
    if known.revoked:
        raise Rejected("result-invalidated")
    return known
