from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Fact
from services.testing.announcements import announce
from services.testing.domain.results import ExamFailed, ExamPassed, ExamResultRevoked, Sitting

REPORTED_AT = datetime(2026, 4, 21, 6, 31, tzinfo=UTC)
SITTING = Sitting(
    result_id="R-1",
    provider_reference="VUE-1",
    exam="300-410",
    exam_version=None,
    acronym="ENARSI",
    title="Implementing Cisco Enterprise Advanced Routing and Services",
    role="concentration",
    taken_on=date(2026, 4, 20),
    score=871,
    attempt=2,
    reported_at=REPORTED_AT,
)
PUBLIC = {
    "candidate_id": "C-ADA",
    "result_id": "R-1",
    "exam": "300-410",
    "exam_version": None,
    "title": "Implementing Cisco Enterprise Advanced Routing and Services",
    "role": "concentration",
    "taken_on": date(2026, 4, 20),
    "score": 871,
    "attempt": 2,
    "reported_at": REPORTED_AT,
}


def announced(event):
    return announce(Fact(event=event, source="testing", subject="C-ADA", number=1, recorded_at=REPORTED_AT))


@pytest.mark.feature("F13.1")
def test_a_pass_is_told_without_the_providers_reference():
    assert announced(ExamPassed(sitting=SITTING)) == contracts.ExamPassed(**PUBLIC)


@pytest.mark.feature("F13.1")
def test_a_fail_is_told_in_the_same_words():
    assert announced(ExamFailed(sitting=replace(SITTING, attempt=3))) == contracts.ExamFailed(
        **{**PUBLIC, "attempt": 3}
    )


@pytest.mark.rule("R-X1")
def test_a_revocation_is_told_with_its_reason():
    revoked = ExamResultRevoked(
        result_id="R-1",
        exam="300-410",
        taken_on=date(2026, 4, 20),
        revoked_on=date(2026, 5, 1),
        reason="score-irregular",
    )
    assert announced(revoked) == contracts.ExamResultRevoked(
        candidate_id="C-ADA",
        result_id="R-1",
        exam="300-410",
        taken_on=date(2026, 4, 20),
        revoked_on=date(2026, 5, 1),
        reason="score-irregular",
    )
