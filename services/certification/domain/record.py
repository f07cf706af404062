"""A candidate's record: evidence comes in, the fold is made anew, and what came out differently is told."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.days import years_after
from services.certification.domain.differences import news
from services.certification.domain.evidence import Credits, EmeritusGrant, Evidence, Extension, Revocation, Sitting
from services.certification.domain.facts import (
    CreditsRecorded,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusRecorded,
    Event,
    EvidenceFact,
    ExamEvidenceRecorded,
    ExamEvidenceRevoked,
    ExtensionRecorded,
)
from services.certification.domain.fold import fold
from services.certification.domain.scribe import Cause, Scribe
from services.certification.domain.standing import Record
from services.certification.domain.told import Told, after


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExam:
    """A result was reported; results that nothing can be folded from are the caller's to leave out."""

    result_id: str
    exam: str
    taken_on: date
    passed: bool
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeExam:
    """A result was taken back, perhaps one that never came."""

    result_id: str
    revoked_on: date
    reason: str
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClaim:
    """An approved claim of credits is entered."""

    item: str
    credits: int
    completed_on: date
    submitted_on: date
    decided_on: date
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEmeritus:
    """A term of emeritus was applied for and paid."""

    granted_on: date
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """The operator's blanket decision reaches this candidate."""

    days: int
    extended_on: date
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Tell what time, or a new version of the catalogue, has brought."""

    today: date
    catalogue: Catalogue


Command: TypeAlias = RecordExam | RevokeExam | RecordClaim | GrantEmeritus | Extend | Review


@dataclass(frozen=True, slots=True)
class State:
    """The evidence known, and what was told about it."""

    evidence: tuple[Evidence, ...] = ()
    told: Told = field(default_factory=Told)


def evolve(state: State, event: Event) -> State:
    """Append evidence, apply news; never raises."""
    match event:
        case (
            ExamEvidenceRecorded()
            | ExamEvidenceRevoked()
            | CreditsRecorded()
            | ExtensionRecorded()
            | EmeritusRecorded()
        ):
            return replace(state, evidence=(*state.evidence, _evidence(event)))
        case news_told:
            return replace(state, told=after(state.told, (news_told,)))


def _evidence(event: EvidenceFact) -> Evidence:
    known_on = event.recorded_on
    match event:
        case ExamEvidenceRecorded(result_id=result_id, exam=exam, taken_on=day, passed=passed):
            return Sitting(result_id=result_id, exam=exam, taken_on=day, passed=passed, known_on=known_on)
        case ExamEvidenceRevoked(result_id=result_id, revoked_on=day, reason=reason):
            return Revocation(result_id=result_id, revoked_on=day, reason=reason, known_on=known_on)
        case CreditsRecorded(item=item, credits=amount, completed_on=day, submitted_on=submitted_on):
            return Credits(item=item, credits=amount, completed_on=day, submitted_on=submitted_on, known_on=known_on)
        case ExtensionRecorded(days=days, extended_on=day):
            return Extension(days=days, extended_on=day, known_on=known_on)
        case EmeritusRecorded(granted_on=day):
            return EmeritusGrant(granted_on=day, known_on=known_on)
        case _ as unknown:
            assert_never(unknown)


def record_exam(command: RecordExam, state: State) -> list[Event]:
    """Once per result id (R-O1)."""
    if any(isinstance(piece, Sitting) and piece.result_id == command.result_id for piece in state.evidence):
        return []
    return _with(
        ExamEvidenceRecorded(
            result_id=command.result_id,
            exam=command.exam,
            taken_on=command.taken_on,
            passed=command.passed,
            recorded_on=command.today,
        ),
        command,
        state,
        "late-evidence",
    )


def revoke_exam(command: RevokeExam, state: State) -> list[Event]:
    """Once per result id, whether its result is here or not (R-X1)."""
    if any(isinstance(piece, Revocation) and piece.result_id == command.result_id for piece in state.evidence):
        return []
    return _with(
        ExamEvidenceRevoked(
            result_id=command.result_id,
            revoked_on=command.revoked_on,
            reason=command.reason,
            recorded_on=command.today,
        ),
        command,
        state,
        "result-revoked",
    )


def record_claim(command: RecordClaim, state: State) -> list[Event]:
    """Refuse what can never count, with the reason shown to the candidate (R-CE2, R-CE3, R-CE5)."""
    dates_of_a_claim_ascend(command)
    fact = CreditsRecorded(
        item=command.item,
        credits=command.credits,
        completed_on=command.completed_on,
        submitted_on=command.submitted_on,
        decided_on=command.decided_on,
        recorded_on=command.today,
    )
    if _is_known(fact, state):
        return []
    only_one_claim_per_item_and_day(command, state)
    refusal = _folded(evolve(state, fact), command).refused.get((command.item, command.completed_on))
    if refusal is not None:
        raise Rejected(refusal, item=command.item, completed_on=command.completed_on.isoformat())
    return _with(fact, command, state, "late-evidence")


def only_one_claim_per_item_and_day(command: RecordClaim, state: State) -> None:
    """The same completion cannot be credited twice (R-CE5)."""
    for piece in state.evidence:
        if isinstance(piece, Credits) and (piece.item, piece.completed_on) == (command.item, command.completed_on):
            raise Rejected("repeated-in-cycle", item=command.item, completed_on=command.completed_on.isoformat())


def dates_of_a_claim_ascend(command: RecordClaim) -> None:
    """Completed, handed in, decided, and not in the future."""
    if command.submitted_on < command.completed_on:
        raise Rejected("submitted-before-completion")
    if command.decided_on < command.submitted_on:
        raise Rejected("decided-before-submission")
    if command.decided_on > command.today:
        raise Rejected("decided-in-future")


def grant_emeritus(command: GrantEmeritus, state: State) -> list[Event]:
    """From the tenth anniversary of the first expert certification on, one term at a time (R-E1)."""
    if command.granted_on > command.today:
        raise Rejected("granted-in-future")
    fact = EmeritusRecorded(granted_on=command.granted_on, recorded_on=command.today)
    if _is_known(fact, state):
        return []
    first = _folded(state, command).first_expert_on
    if first is None:
        raise Rejected("no-expert-certification")
    eligible_on = years_after(first, command.catalogue.emeritus_rules.eligible_after_years)
    if command.granted_on < eligible_on:
        raise Rejected("emeritus-too-early", eligible_on=eligible_on.isoformat())
    facts = _with(fact, command, state, "late-evidence")
    if not any(isinstance(each, EmeritusForeseen | EmeritusGranted) for each in facts):
        raise Rejected("emeritus-term-not-open")
    return facts


def extend(command: Extend, state: State) -> list[Event]:
    """Keep the decision in every record, so that evidence that comes late profits as well (R-V6)."""
    if command.extended_on > command.today:
        raise Rejected("extended-in-future")
    fact = ExtensionRecorded(days=command.days, extended_on=command.extended_on, recorded_on=command.today)
    return [] if _is_known(fact, state) else _with(fact, command, state, "late-evidence")


def review(command: Review, state: State) -> list[Event]:
    """Nothing new came in; time went by."""
    return list(_news(state, command, "catalogue-changed"))


def _is_known(fact: EvidenceFact, state: State) -> bool:
    """Whether the same was recorded before, on whatever day."""
    piece = _evidence(fact)
    return any(replace(known, known_on=piece.known_on) == piece for known in state.evidence)


def _with(fact: EvidenceFact, command: Command, state: State, cause: Cause) -> list[Event]:
    return [fact, *_news(evolve(state, fact), command, cause)]


def _news(state: State, command: Command, cause: Cause) -> list[Event]:
    scribe = Scribe(command.catalogue, _today(state, command), cause)
    return list(news(state.told, _folded(state, command), scribe))


def _folded(state: State, command: Command) -> Record:
    return fold(state.evidence, command.catalogue, _today(state, command))


def _today(state: State, command: Command) -> date:
    """The programme day, but no day before the last evidence: a clock that goes back makes nothing unknown."""
    return max(command.today, *(piece.known_on for piece in state.evidence), date.min)


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case RecordExam():
            return record_exam(command, state)
        case RevokeExam():
            return revoke_exam(command, state)
        case RecordClaim():
            return record_claim(command, state)
        case GrantEmeritus():
            return grant_emeritus(command, state)
        case Extend():
            return extend(command, state)
        case Review():
            return review(command, state)
        case _ as unknown:
            assert_never(unknown)


record: Decider[Command, State, Event] = Decider(category="record", initial=State(), evolve=evolve, decide=decide)
"""Streams `record-<candidate id>`."""
