"""What exam results mean for a record."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import contracts
from services.certification.domain.commands import RecordExam, RevokeExam
from services.certification.reactions import (
    on_exam_failed,
    on_exam_passed,
    on_exam_result_restored,
    on_exam_result_revoked,
    on_result_corrected,
)
from tests.certification.examples import CATALOGUE

ADA = "CAND0000ADA"
TODAY = date(2026, 11, 20)
TAKEN = date(2026, 11, 18)


def result(exam: str) -> dict[str, object]:
    return {
        "candidate_id": ADA,
        "result_id": "r1",
        "exam": exam,
        "exam_version": None,
        "title": exam,
        "role": "core",
        "taken_on": TAKEN,
        "score": 850,
        "attempt": 1,
        "reported_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
    }


def command(exam: str, *, passed: bool) -> RecordExam:
    return RecordExam(result_id="r1", exam=exam, taken_on=TAKEN, passed=passed, today=TODAY, catalogue=CATALOGUE)


def test_a_pass_is_recorded_under_its_exam_date():
    event = contracts.ExamPassed(**result("200-301"))
    assert on_exam_passed(event, TODAY, CATALOGUE) == [(ADA, command("200-301", passed=True))]


def test_a_pass_of_an_exam_that_nobody_knows_is_kept():
    event = contracts.ExamPassed(**result("999-999"))
    assert on_exam_passed(event, TODAY, CATALOGUE) == [(ADA, command("999-999", passed=True))]


@pytest.mark.rule("R-Q3")
def test_a_failed_lab_is_an_attempt():
    event = contracts.ExamFailed(**result("LAB-EI"))
    assert on_exam_failed(event, TODAY, CATALOGUE) == [(ADA, command("LAB-EI", passed=False))]


@pytest.mark.parametrize("exam", ["200-301", "350-401", "999-999"])
def test_other_failed_exams_mean_nothing(exam):
    assert on_exam_failed(contracts.ExamFailed(**result(exam)), TODAY, CATALOGUE) == []


@pytest.mark.rule("R-X1")
def test_a_result_taken_back_is_taken_out_of_the_record():
    event = contracts.ExamResultRevoked(
        candidate_id=ADA,
        result_id="r1",
        exam="200-301",
        taken_on=TAKEN,
        revoked_on=TODAY,
        reason="misconduct",
    )
    wanted = RevokeExam(result_id="r1", revoked_on=TODAY, reason="misconduct", today=TODAY, catalogue=CATALOGUE)
    assert on_exam_result_revoked(event, TODAY, CATALOGUE) == [(ADA, wanted)]


def corrected(old: str, new: str, exam: str = "350-401") -> contracts.ResultCorrected:
    return contracts.ResultCorrected(
        candidate_id=ADA,
        result_id="r1",
        exam=exam,
        role="core",
        taken_on=TAKEN,
        old_outcome=old,
        outcome=new,
        old_score=790,
        score=830,
        corrected_on=TODAY,
        reason="rescored",
        replaces="r1",
        counts_as="r1.2",
    )


RECORDED = RecordExam(result_id="r1.2", exam="350-401", taken_on=TAKEN, passed=True, today=TODAY, catalogue=CATALOGUE)
TAKEN_OUT = RevokeExam(result_id="r1", revoked_on=TODAY, reason="rescored", today=TODAY, catalogue=CATALOGUE)


@pytest.mark.rule("R-H4")
def test_a_fail_that_becomes_a_pass_counts_from_its_exam_date():
    assert on_result_corrected(corrected("fail", "pass"), TODAY, CATALOGUE) == [(ADA, RECORDED)]


@pytest.mark.rule("R-H4")
def test_a_pass_that_becomes_a_fail_is_taken_out_and_a_lab_stays_an_attempt():
    assert on_result_corrected(corrected("pass", "fail"), TODAY, CATALOGUE) == [(ADA, TAKEN_OUT)]
    attempt = replace(RECORDED, exam="LAB-EI", passed=False)
    assert on_result_corrected(corrected("pass", "fail", "LAB-EI"), TODAY, CATALOGUE) == [
        (ADA, TAKEN_OUT),
        (ADA, attempt),
    ]


def test_another_score_of_the_same_outcome_means_nothing_to_a_record():
    assert on_result_corrected(corrected("pass", "pass"), TODAY, CATALOGUE) == []


@pytest.mark.rule("R-X3")
@pytest.mark.parametrize(("outcome", "orders"), [("pass", [(ADA, RECORDED)]), ("fail", [])])
def test_a_restored_pass_counts_again_from_its_exam_date(outcome, orders):
    event = contracts.ExamResultRestored(
        candidate_id=ADA,
        result_id="r1",
        exam="350-401",
        role="core",
        taken_on=TAKEN,
        outcome=outcome,
        score=830,
        restored_on=TODAY,
        reason="appeal-upheld",
        counts_as="r1.2",
    )
    assert on_exam_result_restored(event, TODAY, CATALOGUE) == orders
