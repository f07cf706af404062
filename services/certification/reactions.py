"""What exam results and their revocations mean for a candidate's record."""

from datetime import date

import contracts
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.commands import Command, RecordAgreement, RecordExam, RevokeExam


def on_exam_passed(event: contracts.ExamPassed, today: date, catalogue: Catalogue) -> list[tuple[str, Command]]:
    """Every pass is evidence, also of an exam that only a later catalogue knows."""
    return [(event.candidate_id, _record(event, today, catalogue, passed=True))]


def on_exam_failed(event: contracts.ExamFailed, today: date, catalogue: Catalogue) -> list[tuple[str, Command]]:
    """Failed labs are attempts (R-Q3); other failures change nothing here."""
    exam = catalogue.exams.get(event.exam)
    if exam is None or not exam.is_lab:
        return []
    return [(event.candidate_id, _record(event, today, catalogue, passed=False))]


def on_exam_started(event: contracts.ExamStarted, today: date, catalogue: Catalogue) -> list[tuple[str, Command]]:
    """No exam begins without the agreement (R-N3); a version that this catalogue does not know is not for it."""
    if event.agreement_version not in {each.version for each in catalogue.agreements}:
        return []
    command = RecordAgreement(
        version=event.agreement_version,
        accepted_on=event.at.date(),
        place="test-site",
        today=today,
        catalogue=catalogue,
    )
    return [(event.candidate_id, command)]


def on_exam_result_revoked(
    event: contracts.ExamResultRevoked, today: date, catalogue: Catalogue
) -> list[tuple[str, Command]]:
    """Whatever the result was: it counts as never there (R-X1)."""
    command = RevokeExam(
        result_id=event.result_id,
        revoked_on=event.revoked_on,
        reason=event.reason,
        today=today,
        catalogue=catalogue,
    )
    return [(event.candidate_id, command)]


def on_result_corrected(
    event: contracts.ResultCorrected, today: date, catalogue: Catalogue
) -> list[tuple[str, Command]]:
    """The old outcome is taken out of the record, the new one counts with the same exam date (R-H4)."""
    if event.old_outcome == event.outcome:
        return []
    counts = _counting(event, today, catalogue)
    if event.old_outcome != "pass":
        return counts
    revoked = RevokeExam(
        result_id=event.replaces,
        revoked_on=event.corrected_on,
        reason=event.reason,
        today=today,
        catalogue=catalogue,
    )
    return [(event.candidate_id, revoked), *counts]


def on_exam_result_restored(
    event: contracts.ExamResultRestored, today: date, catalogue: Catalogue
) -> list[tuple[str, Command]]:
    """What was taken back counts again, with its exam date."""
    return _counting(event, today, catalogue)


def _counting(
    event: contracts.ResultCorrected | contracts.ExamResultRestored, today: date, catalogue: Catalogue
) -> list[tuple[str, Command]]:
    exam = catalogue.exams.get(event.exam)
    if event.outcome != "pass" and (exam is None or not exam.is_lab):
        return []
    command = RecordExam(
        result_id=event.counts_as,
        exam=event.exam,
        taken_on=event.taken_on,
        passed=event.outcome == "pass",
        today=today,
        catalogue=catalogue,
    )
    return [(event.candidate_id, command)]


def _record(
    event: contracts.ExamPassed | contracts.ExamFailed, today: date, catalogue: Catalogue, *, passed: bool
) -> RecordExam:
    return RecordExam(
        result_id=event.result_id,
        exam=event.exam,
        taken_on=event.taken_on,
        passed=passed,
        today=today,
        catalogue=catalogue,
    )
