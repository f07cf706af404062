"""All exam results of one candidate: a provider's record becomes exactly one fact, and may be revoked once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Literal, assert_never

from chassis.decider import Decider, Rejected
from services.testing.domain.exam import Exam


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One sitting as it was reported; acronym and title are those of the exam date."""

    result_id: str
    provider_reference: str
    exam: str
    exam_version: str | None
    acronym: str
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPassed:
    """The provider reported a pass."""

    sitting: Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFailed:
    """The provider reported a fail."""

    sitting: Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRevoked:
    """The programme invalidated a result; it counts as never passed (R-X1)."""

    result_id: str
    exam: str
    taken_on: date
    revoked_on: date
    reason: str


Event = ExamPassed | ExamFailed | ExamResultRevoked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """Record what the provider says about one sitting; `exam` is the catalogue's entry of the reported code."""

    exam: Exam
    taken_on: date
    outcome: Literal["pass", "fail"]
    score: int | None
    exam_version: str | None
    provider_reference: str
    today: date
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeResult:
    """Invalidate a result; `reason` is a code, never free text about a person."""

    result_id: str
    reason: str
    revoked_on: date


Command = ReportResult | RevokeResult


@dataclass(frozen=True, slots=True)
class Posted:
    """A result on the candidate's record."""

    sitting: Sitting
    outcome: Literal["pass", "fail"]
    revoked: bool = False


State = tuple[Posted, ...]


def evolve(state: State, event: Event) -> State:
    """The candidate's results after one more fact."""
    match event:
        case ExamPassed(sitting=sitting):
            return (*state, Posted(sitting, "pass"))
        case ExamFailed(sitting=sitting):
            return (*state, Posted(sitting, "fail"))
        case ExamResultRevoked(result_id=revoked):
            return tuple(replace(one, revoked=True) if one.sitting.result_id == revoked else one for one in state)
        case _ as unknown:
            assert_never(unknown)


def result_id_of(provider_reference: str) -> str:
    """The same provider record always has the same result id."""
    return "R-" + blake2b(provider_reference.encode(), digest_size=10).hexdigest()


def report_result(command: ReportResult, state: State) -> list[Event]:
    """A new record is one fact, a repeated one none; a record that says something else is refused."""
    result_id = result_id_of(command.provider_reference)
    known = next((one for one in state if one.sitting.result_id == result_id), None)
    if known is not None:
        _a_record_never_changes(command, known)
        return []
    _the_exam_could_be_sat(command)
    sitting = _sitting(command, result_id, attempt=1 + sum(one.sitting.exam == command.exam.code for one in state))
    return [ExamPassed(sitting=sitting) if command.outcome == "pass" else ExamFailed(sitting=sitting)]


def revoke_result(command: RevokeResult, state: State) -> list[Event]:
    """A result is revoked once; asking again changes nothing."""
    known = next((one for one in state if one.sitting.result_id == command.result_id), None)
    if known is None:
        raise Rejected("unknown-result")
    if known.revoked:
        return []
    return [
        ExamResultRevoked(
            result_id=command.result_id,
            exam=known.sitting.exam,
            taken_on=known.sitting.taken_on,
            revoked_on=command.revoked_on,
            reason=command.reason,
        )
    ]


def _a_record_never_changes(command: ReportResult, known: Posted) -> None:
    reported = (command.exam.code, command.taken_on, command.outcome, command.score)
    recorded = (known.sitting.exam, known.sitting.taken_on, known.outcome, known.sitting.score)
    other_version = command.exam_version is not None and command.exam_version != known.sitting.exam_version
    if reported != recorded or other_version:
        raise Rejected("provider-record-contradicts", result_id=known.sitting.result_id)


def _the_exam_could_be_sat(command: ReportResult) -> None:
    # The exam date is the test site's, and its calendar may be a day ahead of the programme's (UTC).
    if command.taken_on > command.today + timedelta(days=1):
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
    )


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case ReportResult():
            return report_result(command, state)
        case RevokeResult():
            return revoke_result(command, state)
        case _ as unknown:
            assert_never(unknown)


sittings: Decider[Command, State, Event] = Decider(category="sittings", initial=(), evolve=evolve, decide=decide)
