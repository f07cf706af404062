"""All exam results of one candidate: a provider's record becomes exactly one result, whatever happens to it later."""

from dataclasses import replace
from hashlib import blake2b
from typing import Any, assert_never

from chassis.decider import Decider, Rejected
from services.testing.domain.policies import MOST_AHEAD
from services.testing.domain.result_commands import (
    Command,
    CorrectResult,
    DetailScore,
    HoldResult,
    ReleaseResult,
    ReportResult,
    RestoreResult,
    RevokeResult,
)
from services.testing.domain.result_states import Posted, State, evolve, find, known_in, valid_in
from services.testing.domain.results import (
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


def result_id_of(provider_reference: str) -> str:
    """The same provider record always has the same result id."""
    return "R-" + blake2b(provider_reference.encode(), digest_size=10).hexdigest()


def report_result(command: ReportResult, state: State) -> list[Event]:
    """A new record is one fact, a repeated one none; a record that says something else is refused."""
    result_id = result_id_of(command.provider_reference)
    known = find(state, result_id)
    if known is None:
        _the_exam_could_be_sat(command)
        attempt = 1 + sum(one.sitting.exam == command.exam.code for one in state)
        return [_reported(command, _sitting(command, result_id, attempt))]
    _a_record_never_changes(command, known)
    if known.outcome != "pending" or command.outcome == "pending":
        return []
    sitting = replace(
        known.sitting,
        score=command.score,
        domains=command.domains or known.sitting.domains,
        reported_at=command.reported_at,
    )
    return [ScoreKept(sitting=sitting, outcome=command.outcome) if known.held else _reported(command, sitting)]


def _reported(command: ReportResult, sitting: Sitting) -> Event:
    match command.outcome:
        case "pass":
            return ExamPassed(sitting=sitting)
        case "fail":
            return ExamFailed(sitting=sitting)
        case "pending":
            return ResultAwaited(sitting=sitting)
        case _ as unknown:
            assert_never(unknown)


def detail_score(command: DetailScore, state: State) -> list[Event]:
    """The percentages of a known result; the same ones again change nothing."""
    known = known_in(state, result_id_of(command.provider_reference))
    if known.sitting.domains == command.domains:
        return []
    return [ScoreDetailed(result_id=known.sitting.result_id, domains=command.domains)]


def hold_result(command: HoldResult, state: State) -> list[Event]:
    """Whatever is not invalidated can be held, once at a time."""
    known = valid_in(state, command.result_id)
    if known.held:
        return []
    return [ResultHeld(**_about(known), held_on=command.held_on, reason=command.reason)]


def release_result(command: ReleaseResult, state: State) -> list[Event]:
    """A released result is told once more, now for good (3.3)."""
    known = valid_in(state, command.result_id)
    if not known.held:
        raise Rejected("result-not-held")
    released = ResultReleased(**_about(known), released_on=command.released_on, reason=command.reason)
    match known.outcome:
        case "pass":
            return [released, ExamPassed(sitting=known.sitting)]
        case "fail":
            return [released, ExamFailed(sitting=known.sitting)]
        case "pending":
            return [released]
        case _ as unknown:
            assert_never(unknown)


def correct_result(command: CorrectResult, state: State) -> list[Event]:
    """Only a result that is known and stands can be corrected; the exam date stays (R-H4)."""
    known = valid_in(state, command.result_id)
    if known.held:
        raise Rejected("result-held")
    if known.outcome == "pending":
        raise Rejected("result-pending")
    if (known.outcome, known.sitting.score) == (command.outcome, command.score):
        return []
    return [
        ResultCorrected(
            **_about(known),
            role=known.sitting.role,
            old_outcome=known.outcome,
            outcome=command.outcome,
            old_score=known.sitting.score,
            score=command.score,
            corrected_on=command.corrected_on,
            reason=command.reason,
            replaces=known.evidence,
            counts_as=_next_evidence(known) if known.outcome != command.outcome else known.evidence,
        )
    ]


def revoke_result(command: RevokeResult, state: State) -> list[Event]:
    """A result is revoked once; asking again changes nothing."""
    known = known_in(state, command.result_id)
    if known.revoked:
        return []
    return [
        ExamResultRevoked(
            **_about(known),
            revoked_on=command.revoked_on,
            reason=command.reason,
            counted_as=None if known.evidence == known.sitting.result_id else known.evidence,
        )
    ]


def restore_result(command: RestoreResult, state: State) -> list[Event]:
    """An invalidated result returns to what it was."""
    known = known_in(state, command.result_id)
    if not known.revoked:
        raise Rejected("result-not-invalidated")
    if known.outcome == "pending":
        raise Rejected("result-pending")
    return [
        ExamResultRestored(
            **_about(known),
            role=known.sitting.role,
            outcome=known.outcome,
            score=known.sitting.score,
            restored_on=command.restored_on,
            reason=command.reason,
            counts_as=_next_evidence(known),
        )
    ]


def _about(known: Posted) -> dict[str, Any]:
    """What every fact about a known result names."""
    sitting = known.sitting
    return {"result_id": sitting.result_id, "exam": sitting.exam, "taken_on": sitting.taken_on}


def _next_evidence(known: Posted) -> str:
    """Evidence that was taken back never counts again, so a result that changes counts under a new id."""
    return f"{known.sitting.result_id}.{known.changes + 2}"


def _a_record_never_changes(command: ReportResult, known: Posted) -> None:
    about = known.sitting
    same = (command.exam.code, command.taken_on) == (about.exam, about.taken_on)
    same &= command.exam_version in {None, about.exam_version}
    if known.outcome != "pending" and command.outcome != "pending" and not known.changes:
        same &= (command.outcome, command.score) == (known.outcome, about.score)
    if not same:
        raise Rejected("provider-record-contradicts", result_id=about.result_id)


def _the_exam_could_be_sat(command: ReportResult) -> None:
    if command.taken_on > command.today + MOST_AHEAD:
        raise Rejected("exam-date-in-future", taken_on=command.taken_on.isoformat())
    if not command.exam.can_be_taken_on(command.taken_on):
        raise Rejected("exam-not-available", exam=command.exam.code, taken_on=command.taken_on.isoformat())


def _sitting(command: ReportResult, result_id: str, attempt: int) -> Sitting:
    name = command.exam.name_on(command.taken_on)
    return Sitting(
        result_id=result_id,
        provider_reference=command.provider_reference,
        exam=command.exam.code,
        exam_version=command.exam_version or command.exam.version_on(command.taken_on),
        acronym=name.acronym,
        title=name.title,
        role=command.exam.role,
        taken_on=command.taken_on,
        score=command.score,
        attempt=attempt,
        reported_at=command.reported_at,
        language=command.language,
        delivery=command.delivery,
        site=command.site,
        domains=command.domains,
    )


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911 - one line per command
    """The facts that a command adds; raises Rejected."""
    match command:
        case ReportResult():
            return report_result(command, state)
        case DetailScore():
            return detail_score(command, state)
        case HoldResult():
            return hold_result(command, state)
        case ReleaseResult():
            return release_result(command, state)
        case CorrectResult():
            return correct_result(command, state)
        case RevokeResult():
            return revoke_result(command, state)
        case RestoreResult():
            return restore_result(command, state)
        case _ as unknown:
            assert_never(unknown)


sittings: Decider[Command, State, Event] = Decider(category="sittings", initial=(), evolve=evolve, decide=decide)
"""Streams `sittings-<candidate id>`."""
