from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chassis.decider import Rejected
from chassis.testing import given
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.result_commands import ReportResult, RevokeResult
from services.testing.domain.results import ExamFailed, ExamPassed, ExamResultRevoked, Sitting
from services.testing.domain.sittings import result_id_of, sittings

EXAMS = exam_catalogue().exams
REPORTED_AT = datetime(2026, 4, 21, 6, 31, tzinfo=UTC)
REPORT = ReportResult(
    exam=EXAMS["350-901"],
    taken_on=date(2026, 4, 20),
    outcome="pass",
    score=871,
    exam_version=None,
    provider_reference="VUE-1",
    today=date(2026, 4, 21),
    reported_at=REPORTED_AT,
)
SITTING = Sitting(
    result_id=result_id_of("VUE-1"),
    provider_reference="VUE-1",
    exam="350-901",
    exam_version=None,
    acronym="AUTOCOR",
    title="Designing Deploying and Managing Network Automation Systems",
    role="core",
    taken_on=date(2026, 4, 20),
    score=871,
    attempt=1,
    reported_at=REPORTED_AT,
)
PASSED = ExamPassed(sitting=SITTING)
REVOKED = ExamResultRevoked(
    result_id=SITTING.result_id,
    exam="350-901",
    taken_on=date(2026, 4, 20),
    revoked_on=date(2026, 5, 1),
    reason="score-irregular",
)
REVOKE = RevokeResult(result_id=SITTING.result_id, reason="score-irregular", revoked_on=date(2026, 5, 1))


@pytest.mark.feature("F6.6")
def test_a_reported_pass_is_a_fact_with_the_names_of_the_exam_date():
    given(sittings).when(REPORT).then(PASSED)


@pytest.mark.feature("F6.6")
def test_a_reported_fail_is_a_fact_of_its_own():
    given(sittings).when(replace(REPORT, outcome="fail")).then(ExamFailed(sitting=SITTING))


def test_the_same_provider_record_again_adds_nothing():
    later = replace(REPORT, today=date(2026, 6, 1), reported_at=datetime(2026, 6, 1, tzinfo=UTC))
    given(sittings, PASSED).when(later).then_nothing()


@pytest.mark.parametrize(
    "otherwise",
    [
        {"outcome": "fail"},
        {"score": 872},
        {"taken_on": date(2026, 4, 19)},
        {"exam": EXAMS["350-401"]},
        {"exam_version": "3.0"},
    ],
)
def test_a_provider_record_that_says_something_else_is_refused(otherwise):
    contradicting = replace(REPORT, **otherwise)
    given(sittings, PASSED).when(contradicting).then_rejected(
        "provider-record-contradicts", result_id=SITTING.result_id
    )


@pytest.mark.rule("R-T5")
def test_attempts_are_counted_by_exam_code():
    other_exam = PASSED
    again = replace(REPORT, exam=EXAMS["350-401"], outcome="fail", score=None, provider_reference="VUE-2")
    first = replace(
        SITTING,
        result_id=result_id_of("VUE-2"),
        provider_reference="VUE-2",
        exam="350-401",
        exam_version="1.2",
        acronym="ENCOR",
        title="Implementing Cisco Enterprise Network Core Technologies",
        score=None,
    )
    given(sittings, other_exam).when(again).then(ExamFailed(sitting=first))
    second = replace(again, provider_reference="VUE-3", taken_on=date(2026, 4, 21))
    given(sittings, other_exam, ExamFailed(sitting=first)).when(second).then(
        ExamFailed(
            sitting=replace(
                first,
                result_id=result_id_of("VUE-3"),
                provider_reference="VUE-3",
                taken_on=date(2026, 4, 21),
                attempt=2,
            )
        )
    )


def test_the_calendar_of_a_test_site_may_be_a_day_ahead():
    ahead = replace(REPORT, taken_on=date(2026, 4, 22))
    given(sittings).when(ahead).then(ExamPassed(sitting=replace(SITTING, taken_on=date(2026, 4, 22))))


def test_an_exam_date_in_the_future_is_refused():
    given(sittings).when(replace(REPORT, taken_on=date(2026, 4, 23))).then_rejected(
        "exam-date-in-future", taken_on="2026-04-23"
    )


@pytest.mark.parametrize(("code", "day"), [("300-425", date(2026, 3, 19)), ("350-101", date(2026, 3, 18))])
def test_an_exam_outside_its_dates_is_refused(code, day):
    given(sittings).when(replace(REPORT, exam=EXAMS[code], taken_on=day)).then_rejected(
        "exam-not-available", exam=code, taken_on=day.isoformat()
    )


@pytest.mark.rule("R-X1")
def test_a_result_is_revoked_once():
    given(sittings, PASSED).when(REVOKE).then(REVOKED)
    given(sittings, PASSED, REVOKED).when(REVOKE).then_nothing()


@pytest.mark.rule("R-X1")
def test_reporting_a_revoked_record_again_does_not_bring_it_back():
    given(sittings, PASSED, REVOKED).when(REPORT).then_nothing()


def test_an_unknown_result_cannot_be_revoked():
    given(sittings).when(REVOKE).then_rejected("unknown-result")


reports = st.builds(
    replace,
    st.just(REPORT),
    outcome=st.sampled_from(["pass", "fail"]),
    score=st.sampled_from([None, 700, 871]),
    exam=st.sampled_from([EXAMS["350-901"], EXAMS["300-410"], EXAMS["LAB-EI"]]),
    provider_reference=st.sampled_from(["VUE-1", "VUE-2", "VUE-3"]),
)
revocations = st.builds(
    replace, st.just(REVOKE), result_id=st.sampled_from([result_id_of(f"VUE-{number}") for number in (1, 2, 3)])
)


@for_all(st.lists(reports | revocations, max_size=12))
def test_a_command_that_was_accepted_adds_nothing_the_second_time(commands):
    state = sittings.initial
    for command in commands:
        try:
            facts = sittings.decide(command, state)
        except Rejected:
            continue
        for fact in facts:
            state = sittings.evolve(state, fact)
        assert sittings.decide(command, state) == []
    references = [posted.sitting.provider_reference for posted in state]
    assert len(references) == len(set(references))
