"""Challenges: windows, fees, two reviewers; sanctions and their appeals; seats."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.decider import Sealed
from chassis.testing import given
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.challenge_commands import (
    DecideChallenge,
    OpenChallenge,
    ProposeRuling,
    RecordSkillChallenge,
    RequestEvidence,
    StartReview,
    SupplyEvidence,
    WithdrawChallenge,
)
from services.testing.domain.challenges import challenges
from services.testing.domain.objections import (
    ChallengeDenied,
    ChallengeEvidenceRequested,
    ChallengeEvidenceSupplied,
    ChallengeFeeRefunded,
    ChallengeOpened,
    ChallengeReviewStarted,
    ChallengeRulingProposed,
    ChallengeRulingReturned,
    ChallengeUpheld,
    ChallengeWithdrawn,
    Matter,
    Ruling,
    SkillChallengeRecorded,
)
from services.testing.domain.sanctions import (
    ImposeSanction,
    LiftSanction,
    SanctionImposed,
    SanctionLifted,
    sanctions,
)
from services.testing.domain.seats import FreeSeat, SeatFreed, SeatTaken, TakeSeat, seats

TERMS = exam_catalogue().challenges
SAT = date(2026, 11, 2)  # a Monday
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = Sealed("sealed")
RESULT = Matter(kind="result", id="R-1", since=SAT, exam="LAB-EI", role="expert_lab", outcome="fail")
OPEN = OpenChallenge(
    challenge_id="CH-1",
    terms=TERMS["lab_rescore"],
    matter=RESULT,
    question=None,
    statement=WORDS,
    today=SAT + timedelta(days=14),
    opened_at=AT,
    order_number="C-1",
)
OPENED = ChallengeOpened(
    challenge_id="CH-1",
    kind="lab_rescore",
    matter=RESULT,
    question=None,
    statement=WORDS,
    opened_at=AT,
    answer_until=date(2026, 12, 28),
    fee_cents=100_000,
    order_number="C-1",
)
ABOUT = {"challenge_id": "CH-1", "kind": "lab_rescore", "exam": "LAB-EI"}
TAKEN = ChallengeReviewStarted(**ABOUT, reviewer="S-REVIEWER", at=AT)
RULING = Ruling(remedy="correct", outcome="pass", score=830)
PROPOSE = ProposeRuling(
    challenge_id="CH-1", reviewer="S-REVIEWER", upheld=True, reason="scoring-error", ruling=RULING, at=AT
)
PROPOSED = ChallengeRulingProposed(
    challenge_id="CH-1", reviewer="S-REVIEWER", upheld=True, reason="scoring-error", ruling=RULING, at=AT
)
DECIDE = DecideChallenge(challenge_id="CH-1", reviewer="S-SECOND", agrees=True, reason="", at=AT)
UPHELD = ChallengeUpheld(**ABOUT, reviewer="S-SECOND", reason="scoring-error", ruling=RULING, at=AT)
REFUNDED = ChallengeFeeRefunded(challenge_id="CH-1", order_number="C-1", amount_cents=100_000, at=AT)


def opened(kind, **more):
    return replace(OPEN, terms=TERMS[kind], order_number=None, **more)


@pytest.mark.rule("R-H3")
def test_a_failed_lab_is_rescored_on_request_within_fourteen_days_for_a_fee():
    given(challenges).when(OPEN).then(OPENED)
    given(challenges, OPENED).when(OPEN).then_nothing()
    given(challenges).when(replace(OPEN, today=SAT + timedelta(days=15))).then_rejected(
        "challenge-too-late", closes_on="2026-11-16"
    )
    given(challenges).when(replace(OPEN, order_number=None)).then_rejected("challenge-fee-unpaid", fee_cents=100_000)


@pytest.mark.rule("R-H3")
def test_only_failed_labs_are_rescored_and_each_once():
    passed = replace(RESULT, outcome="pass")
    written = replace(RESULT, role="core")
    given(challenges).when(replace(OPEN, matter=passed)).then_rejected("challenge-is-for-failed-exams")
    given(challenges).when(replace(OPEN, matter=written)).then_rejected("challenge-is-for-labs")
    withdrawn = ChallengeWithdrawn(**ABOUT, at=AT)
    given(challenges, OPENED, withdrawn).when(replace(OPEN, challenge_id="CH-2")).then_rejected(
        "challenge-made-before", challenge_id="CH-1"
    )


@pytest.mark.rule("R-H1")
def test_an_item_challenge_names_one_question_within_fifteen_days():
    about = replace(RESULT, role="core", outcome="pass")
    item = opened("exam_item", matter=about, question=12, today=SAT + timedelta(days=15))
    (fact,) = challenges.decide(item, challenges.initial)
    assert (fact.question, fact.fee_cents, fact.answer_until) == (12, 0, date(2026, 12, 17))
    given(challenges).when(replace(item, today=SAT + timedelta(days=16))).then_rejected("challenge-too-late")
    given(challenges).when(replace(item, question=None)).then_rejected("challenge-names-one-question")
    given(challenges, fact).when(replace(item, challenge_id="CH-2")).then_rejected("challenge-made-before")
    (other,) = challenges.decide(replace(item, challenge_id="CH-2", question=13), given(challenges, fact).state)
    assert other.question == 13


@pytest.mark.rule("R-H2")
@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("missing_or_wrong_result", date(2026, 11, 9), "challenge-too-early"),
        ("missing_or_wrong_result", date(2026, 11, 10), None),
        ("missing_or_wrong_result", date(2026, 12, 2), None),
        ("missing_or_wrong_result", date(2026, 12, 3), "challenge-too-late"),
        ("testing_conditions", date(2026, 10, 31), "challenge-too-early"),
        ("testing_conditions", date(2026, 11, 1), None),  # taken where it was the 2nd already
        ("testing_conditions", date(2026, 11, 7), None),
        ("testing_conditions", date(2026, 11, 8), "challenge-too-late"),
    ],
)
def test_windows_open_and_close_on_their_day(kind, day, code):
    outcome = given(challenges).when(opened(kind, matter=replace(RESULT, role="core"), today=day))
    if code is None:
        assert [type(fact) for fact in outcome.outcome] == [ChallengeOpened]
    else:
        outcome.then_rejected(code)


@pytest.mark.feature("F6.4")
def test_a_review_asks_and_goes_on_with_the_answer():
    given(challenges, OPENED).when(StartReview(challenge_id="CH-1", reviewer="S-REVIEWER", at=AT)).then(TAKEN)
    ask = RequestEvidence(challenge_id="CH-1", reviewer="S-REVIEWER", question=WORDS, at=AT)
    asked = ChallengeEvidenceRequested(**ABOUT, reviewer="S-REVIEWER", question=WORDS, at=AT)
    given(challenges, OPENED, TAKEN).when(ask).then(asked)
    answer = SupplyEvidence(challenge_id="CH-1", answer=WORDS, files=("F-1",), at=AT)
    supplied = ChallengeEvidenceSupplied(challenge_id="CH-1", answer=WORDS, files=("F-1",), at=AT, was_awaited=True)
    given(challenges, OPENED, TAKEN, asked).when(answer).then(supplied)
    given(challenges, OPENED, TAKEN, asked, supplied).when(PROPOSE).then(PROPOSED)
    given(challenges, OPENED, TAKEN, asked).when(PROPOSE).then_rejected("challenge-not-there-yet", status="waiting")


@pytest.mark.rule("R-H4")
def test_two_reviewers_uphold_and_the_fee_goes_back():
    given(challenges, OPENED, TAKEN).when(PROPOSE).then(PROPOSED)
    given(challenges, OPENED, TAKEN, PROPOSED).when(DECIDE).then(UPHELD, REFUNDED)
    given(challenges, OPENED, TAKEN, PROPOSED, UPHELD, REFUNDED).when(DECIDE).then_nothing()


def test_nobody_decides_alone():
    alone = replace(DECIDE, reviewer="S-REVIEWER")
    given(challenges, OPENED, TAKEN, PROPOSED).when(alone).then_rejected("second-person-needed")


def test_a_second_reviewer_may_send_it_back_or_deny_with_the_first():
    back = replace(DECIDE, agrees=False, reason="look-again")
    returned = ChallengeRulingReturned(challenge_id="CH-1", reviewer="S-SECOND", reason="look-again", at=AT)
    given(challenges, OPENED, TAKEN, PROPOSED).when(back).then(returned)
    denial = replace(PROPOSED, upheld=False, reason="score-confirmed", ruling=Ruling(remedy="none"))
    given(challenges, OPENED, TAKEN, denial).when(DECIDE).then(
        ChallengeDenied(**ABOUT, reviewer="S-SECOND", reason="score-confirmed", at=AT)
    )


@pytest.mark.parametrize(
    ("ruling", "code"),
    [(Ruling(remedy="lift"), "remedy-does-not-fit"), (Ruling(remedy="correct"), "correction-names-the-result")],
)
def test_a_remedy_fits_what_was_challenged(ruling, code):
    given(challenges, OPENED, TAKEN).when(replace(PROPOSE, ruling=ruling)).then_rejected(code)


@pytest.mark.rule("R-X3")
def test_whoever_imposed_a_sanction_does_not_judge_its_appeal():
    matter = Matter(kind="sanction", id="S-1", since=SAT, decided_by="S-REVIEWER")
    appeal = opened("sanction_appeal", matter=matter, today=SAT + timedelta(days=14))
    (fact,) = challenges.decide(appeal, challenges.initial)
    lift = replace(PROPOSE, ruling=Ruling(remedy="lift"))
    history = given(challenges, fact, TAKEN)
    history.when(lift).then_rejected("second-person-needed")
    given(challenges, fact, TAKEN, replace(PROPOSED, reviewer="S-SECOND", ruling=Ruling(remedy="lift"))).when(
        replace(DECIDE, reviewer="S-REVIEWER")
    ).then_rejected("second-person-needed")


def test_a_challenge_is_withdrawn_until_a_ruling_is_proposed():
    withdraw = WithdrawChallenge(challenge_id="CH-1", at=AT)
    given(challenges, OPENED).when(withdraw).then(ChallengeWithdrawn(**ABOUT, at=AT))
    given(challenges, OPENED, TAKEN, PROPOSED).when(withdraw).then_rejected("challenge-not-there-yet")


@pytest.mark.feature("F6.4")
def test_skill_challenges_are_only_listed():
    record = RecordSkillChallenge(challenge_id="SC-1", name="Routing sprint", taken_on=SAT, result="Gold")
    fact = SkillChallengeRecorded(challenge_id="SC-1", name="Routing sprint", taken_on=SAT, result="Gold")
    given(challenges).when(record).then(fact)
    given(challenges, fact).when(record).then_nothing()
    given(challenges, fact).when(replace(record, result="Silver")).then_rejected("provider-record-contradicts")


@pytest.mark.rule("R-X4")
def test_a_sanction_tells_its_reason_and_the_last_day_of_an_appeal():
    ban = ImposeSanction(
        sanction_id="S-1",
        kind="ban",
        reason="item-disclosure",
        today=SAT,
        imposed_by="S-REVIEWER",
        appeal_days=14,
        banned_until=date(2027, 11, 2),
    )
    imposed = SanctionImposed(
        sanction_id="S-1",
        kind="ban",
        reason="item-disclosure",
        imposed_on=SAT,
        imposed_by="S-REVIEWER",
        appeal_until=date(2026, 11, 16),
        banned_until=date(2027, 11, 2),
    )
    given(sanctions).when(ban).then(imposed)
    given(sanctions, imposed).when(ban).then_nothing()
    given(sanctions).when(replace(ban, banned_until=SAT)).then_rejected("ban-needs-a-later-day")
    given(sanctions).when(replace(ban, kind="score-cancelled")).then_rejected("sanction-needs-a-result")
    lift = LiftSanction(sanction_id="S-1", today=SAT, reason="appeal-upheld")
    lifted = SanctionLifted(sanction_id="S-1", kind="ban", lifted_on=SAT, reason="appeal-upheld")
    given(sanctions, imposed).when(lift).then(lifted)
    given(sanctions, imposed, lifted).when(lift).then_nothing()
    given(sanctions).when(lift).then_rejected("unknown-sanction")


@pytest.mark.feature("F10.1")
def test_a_seat_is_never_sold_twice():
    def take(appointment_id):
        return TakeSeat(session="s", appointment_id=appointment_id, capacity=1)

    taken = SeatTaken(session="s", appointment_id="A-1")
    given(seats).when(take("A-1")).then(taken)
    given(seats, taken).when(take("A-1")).then_nothing()
    given(seats, taken).when(take("A-2")).then_rejected("no-seat-left", session="s")
    freed = SeatFreed(session="s", appointment_id="A-1")
    free = FreeSeat(session="s", appointment_id="A-1")
    given(seats, taken).when(free).then(freed)
    given(seats, taken, freed).when(free).then_nothing()
    given(seats, taken, freed).when(take("A-2")).then(SeatTaken(session="s", appointment_id="A-2"))
