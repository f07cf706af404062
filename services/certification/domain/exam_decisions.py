"""Evidence from exams, credits entered by operators, blanket extensions, and the passing of time."""

from chassis.decider import Rejected
from services.certification.domain.commands import (
    Extend,
    GrantEmeritus,
    RecordClaim,
    RecordExam,
    RestoreExam,
    Review,
    RevokeExam,
)
from services.certification.domain.days import years_after
from services.certification.domain.evidence import Credits, Revocation, RevocationLifted, Sitting
from services.certification.domain.facts import (
    CreditsRecorded,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusRecorded,
    Event,
    ExamEvidenceRecorded,
    ExamEvidenceRevoked,
    ExtensionRecorded,
)
from services.certification.domain.milestones import reminders
from services.certification.domain.programme_facts import ExamEvidenceRestored
from services.certification.domain.scribe import Scribe
from services.certification.domain.state import State, day_of, evolve, folded, is_known, news_of, with_news


def record_exam(command: RecordExam, state: State) -> list[Event]:
    """Once per result id (R-O1)."""
    if any(isinstance(piece, Sitting) and piece.result_id == command.result_id for piece in state.evidence):
        return []
    return with_news(
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
    """Once per result id, whether its result is here or not, until it is given back (R-X1)."""
    if is_revoked(command.result_id, state):
        return []
    return with_news(
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


def is_revoked(result_id: str, state: State) -> bool:
    """Whether the last word about a result is that it was taken back."""
    taken = [each for each in state.evidence if isinstance(each, Revocation) and each.result_id == result_id]
    given = [each for each in state.evidence if isinstance(each, RevocationLifted) and each.result_id == result_id]
    return len(taken) > len(given)


def restore_exam(command: RestoreExam, state: State) -> list[Event]:
    """An appeal was upheld: the result counts as if it had never been taken back; also told before its revocation."""
    if is_known(_restored(command), state):
        return []
    return with_news(_restored(command), command, state, "result-restored")


def _restored(command: RestoreExam) -> ExamEvidenceRestored:
    return ExamEvidenceRestored(result_id=command.result_id, restored_on=command.restored_on, recorded_on=command.today)


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
    if is_known(fact, state):
        return []
    only_one_claim_per_item_and_day(command, state)
    refusal = folded(evolve(state, fact), command).refused.get((command.item, command.completed_on))
    if refusal is not None:
        raise Rejected(refusal, item=command.item, completed_on=command.completed_on.isoformat())
    return with_news(fact, command, state, "late-evidence")


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
    if is_known(fact, state):
        return []
    first = folded(state, command).first_expert_on
    if first is None:
        raise Rejected("no-expert-certification")
    eligible_on = years_after(first, command.catalogue.emeritus_rules.eligible_after_years)
    if command.granted_on < eligible_on:
        raise Rejected("emeritus-too-early", eligible_on=eligible_on.isoformat())
    facts = with_news(fact, command, state, "late-evidence")
    if not any(isinstance(each, EmeritusForeseen | EmeritusGranted) for each in facts):
        raise Rejected("emeritus-term-not-open")
    return facts


def extend(command: Extend, state: State) -> list[Event]:
    """Keep the decision in every record, so that evidence that comes late profits as well (R-V6)."""
    if command.extended_on > command.today:
        raise Rejected("extended-in-future")
    fact = ExtensionRecorded(days=command.days, extended_on=command.extended_on, recorded_on=command.today)
    return [] if is_known(fact, state) else with_news(fact, command, state, "late-evidence")


def review(command: Review, state: State) -> list[Event]:
    """Nothing new came in; time went by."""
    facts = news_of(state, command, "catalogue-changed")
    later = state
    for fact in facts:
        later = evolve(later, fact)
    scribe = Scribe(command.catalogue, day_of(later, command), "catalogue-changed")
    return [*facts, *reminders(later.told, folded(later, command), scribe)]
