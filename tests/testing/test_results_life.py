"""What may happen to a result after it was reported: held, released, corrected, revoked, restored."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from chassis.decider import Rejected
from chassis.testing import given
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.result_commands import (
    CorrectResult,
    DetailScore,
    HoldResult,
    ReleaseResult,
    ReportResult,
    RestoreResult,
    RevokeResult,
)
from services.testing.domain.result_states import find
from services.testing.domain.results import (
    DomainScore,
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
from services.testing.domain.sittings import result_id_of, sittings

ID = result_id_of("VUE-1")
DAY = date(2026, 4, 20)
LATER = date(2026, 5, 4)
AWAITED = Sitting(
    result_id=ID,
    provider_reference="VUE-1",
    exam="350-401",
    exam_version="1.2",
    acronym="ENCOR",
    title="Implementing Cisco Enterprise Network Core Technologies",
    role="core",
    taken_on=DAY,
    score=None,
    attempt=1,
    reported_at=datetime(2026, 4, 20, 18, tzinfo=UTC),
)
SCORED = replace(AWAITED, score=790, reported_at=datetime(2026, 4, 22, 6, tzinfo=UTC))
REPORT = ReportResult(
    exam=exam_catalogue().exams["350-401"],
    taken_on=DAY,
    outcome="fail",
    score=790,
    exam_version=None,
    provider_reference="VUE-1",
    today=date(2026, 4, 22),
    reported_at=SCORED.reported_at,
)
PENDING = ResultAwaited(sitting=AWAITED)
FAILED = ExamFailed(sitting=SCORED)
HELD = ResultHeld(result_id=ID, exam="350-401", taken_on=DAY, held_on=LATER, reason="score-irregular")
RELEASED = ResultReleased(result_id=ID, exam="350-401", taken_on=DAY, released_on=LATER, reason="review-passed")
HOLD = HoldResult(result_id=ID, reason="score-irregular", held_on=LATER)
RELEASE = ReleaseResult(result_id=ID, reason="review-passed", released_on=LATER)
CORRECT = CorrectResult(result_id=ID, outcome="pass", score=835, reason="rescored", corrected_on=LATER)
CORRECTED = ResultCorrected(
    result_id=ID,
    exam="350-401",
    role="core",
    taken_on=DAY,
    old_outcome="fail",
    outcome="pass",
    old_score=790,
    score=835,
    corrected_on=LATER,
    reason="rescored",
    replaces=ID,
    counts_as=f"{ID}.2",
)
REVOKE = RevokeResult(result_id=ID, reason="misconduct", revoked_on=LATER)
REVOKED = ExamResultRevoked(result_id=ID, exam="350-401", taken_on=DAY, revoked_on=LATER, reason="misconduct")
RESTORE = RestoreResult(result_id=ID, reason="appeal-upheld", restored_on=LATER)


def restored(outcome, score, counts_as):
    return ExamResultRestored(
        result_id=ID,
        exam="350-401",
        role="core",
        taken_on=DAY,
        outcome=outcome,
        score=score,
        restored_on=LATER,
        reason="appeal-upheld",
        counts_as=counts_as,
    )


@pytest.mark.feature("F6.6")
def test_a_delivered_exam_waits_for_its_score_and_stays_the_same_attempt():
    awaiting = replace(REPORT, outcome="pending", score=None, reported_at=AWAITED.reported_at)
    given(sittings).when(awaiting).then(PENDING)
    given(sittings, PENDING).when(awaiting).then_nothing()
    given(sittings, PENDING).when(REPORT).then(FAILED)


def test_a_score_is_not_taken_back_by_an_older_record():
    given(sittings, PENDING, FAILED).when(replace(REPORT, outcome="pending", score=None)).then_nothing()


@pytest.mark.feature("F6.6")
def test_any_result_can_be_held_and_is_told_again_when_it_is_released():
    given(sittings, FAILED).when(HOLD).then(HELD)
    given(sittings, FAILED, HELD).when(HOLD).then_nothing()
    given(sittings, FAILED, HELD).when(RELEASE).then(RELEASED, FAILED)
    given(sittings, PENDING, HELD).when(RELEASE).then(RELEASED)


def test_what_is_not_held_cannot_be_released():
    given(sittings, FAILED).when(RELEASE).then_rejected("result-not-held")


def test_a_score_that_comes_during_a_hold_is_told_with_the_release():
    kept = ScoreKept(sitting=SCORED, outcome="fail")
    given(sittings, PENDING, HELD).when(REPORT).then(kept)
    given(sittings, PENDING, HELD, kept).when(RELEASE).then(RELEASED, FAILED)


@pytest.mark.rule("R-H4")
def test_a_correction_carries_old_and_new_and_keeps_the_exam_date():
    given(sittings, FAILED).when(CORRECT).then(CORRECTED)
    given(sittings, FAILED, CORRECTED).when(CORRECT).then_nothing()


@pytest.mark.rule("R-H4")
def test_a_better_score_of_the_same_outcome_counts_under_the_same_id():
    state = given(sittings, FAILED).state
    (fact,) = sittings.decide(replace(CORRECT, outcome="fail", score=795), state)
    assert (fact.replaces, fact.counts_as, fact.score) == (ID, ID, 795)


@pytest.mark.parametrize(
    ("history", "code"),
    [
        pytest.param([PENDING], "result-pending", id="pending"),
        pytest.param([FAILED, HELD], "result-held", id="held"),
        pytest.param([FAILED, REVOKED], "result-invalidated", id="invalidated"),
        pytest.param([], "unknown-result", id="unknown"),
    ],
)
def test_only_a_result_that_stands_is_corrected(history, code):
    given(sittings, *history).when(CORRECT).then_rejected(code)


@pytest.mark.rule("R-X3")
def test_a_restored_result_is_what_it_was_and_counts_under_a_new_id():
    given(sittings, FAILED, REVOKED).when(RESTORE).then(restored("fail", 790, f"{ID}.2"))
    given(sittings, FAILED).when(RESTORE).then_rejected("result-not-invalidated")


@pytest.mark.rule("R-X1")
def test_what_is_revoked_after_a_correction_is_the_corrected_result():
    given(sittings, FAILED, CORRECTED).when(REVOKE).then(replace(REVOKED, counted_as=f"{ID}.2"))
    back = restored("pass", 835, f"{ID}.3")
    again = replace(REVOKED, counted_as=f"{ID}.2")
    given(sittings, FAILED, CORRECTED, again).when(RESTORE).then(back)


def test_the_original_record_does_not_contradict_a_correction():
    given(sittings, FAILED, CORRECTED).when(REPORT).then_nothing()


@pytest.mark.feature("F10.9")
def test_percentages_may_come_after_the_result():
    domains = (DomainScore(name="Architecture", percent=70),)
    detail = DetailScore(provider_reference="VUE-1", domains=domains)
    given(sittings, FAILED).when(detail).then(ScoreDetailed(result_id=ID, domains=domains))
    given(sittings, FAILED, ScoreDetailed(result_id=ID, domains=domains)).when(detail).then_nothing()
    given(sittings).when(detail).then_rejected("unknown-result")


commands = st.sampled_from(
    [REPORT, replace(REPORT, outcome="pending", score=None), HOLD, RELEASE, CORRECT, REVOKE, RESTORE]
)


@for_all(st.lists(commands, max_size=14))
def test_whatever_happens_there_is_one_result_per_record_and_evidence_is_never_used_again(happening):
    state, evidence = sittings.initial, []
    for command in happening:
        try:
            facts = sittings.decide(command, state)
        except Rejected:
            continue
        for fact in facts:
            state = sittings.evolve(state, fact)
            if isinstance(fact, ResultCorrected | ExamResultRestored) and fact.counts_as != getattr(
                fact, "replaces", None
            ):
                evidence.append(fact.counts_as)
    assert len(state) <= 1
    assert len(evidence) == len(set(evidence))
    assert not state or find(state, ID).sitting.attempt == 1


def test_a_passed_exam_is_told_again_in_the_same_words_after_a_hold():
    passed = ExamPassed(sitting=replace(SCORED, score=900))
    given(sittings, passed, HELD).when(RELEASE).then(RELEASED, passed)
