"""What the calendar alone brings: reminders, an expert's days, credits that run out; and days on which nothing ran."""

from datetime import date, timedelta

import pytest
from hypothesis import example, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from chassis.testing import given
from services.certification.domain.commands import Review
from services.certification.domain.milestones import STAGES
from services.certification.domain.programme_facts import (
    EmeritusEligibilityReached,
    ExpertAnniversaryMissed,
    ExpertAnniversaryReached,
    ExpiryReminderDue,
)
from services.certification.domain.record import record
from services.certification.domain.state import State, evolve
from tests.certification.examples import CATALOGUE, day
from tests.certification.test_record import after, claims, news, reviews, takes


def told_by(outcome, kind, *days):
    """The facts of one kind that reviews on these days bring, one review after the other."""
    found, facts = [], list(outcome.facts)
    for each in days:
        new = given(record, *facts).when(reviews(each)).outcome
        facts += new
        found += [fact for fact in new if isinstance(fact, kind)]
    return found


def every_day(first, last):
    count = (day(last) - day(first)).days
    return [(day(first) + timedelta(days=number)).isoformat() for number in range(count + 1)]


CCNA = (takes("200-301", "2024-05-29"),)


@pytest.mark.feature("F12.4")
def test_reminders_come_at_each_stage_and_on_the_expire_date_and_once():
    told = told_by(after(*CCNA), ExpiryReminderDue, *every_day("2026-11-01", "2027-06-02"))
    assert [(due.stage, due.days_left) for due in told] == [(stage, stage) for stage in STAGES]


@pytest.mark.feature("F12.4")
def test_a_job_that_was_down_reminds_of_the_latest_stage_only_and_with_the_true_days():
    told = told_by(after(*CCNA), ExpiryReminderDue, "2026-11-20", "2027-05-10", "2027-05-10", "2027-05-25")
    assert [(due.stage, due.days_left, due.next_on) for due in told] == [
        (30, 19, day("2027-05-22")),
        (7, 4, day("2027-05-29")),
    ]


@pytest.mark.feature("F12.4")
def test_a_renewed_certification_is_not_reminded_until_its_new_date_comes_near():
    renewed = after(*CCNA, reviews("2027-05-01"), takes("200-901", "2027-05-02"))
    assert told_by(renewed, ExpiryReminderDue, "2027-05-29") == []
    assert [due.stage for due in told_by(renewed, ExpiryReminderDue, "2029-11-03")] == [180, 180]


EXPERT_ROWS = [
    pytest.param("2001-10-08", "2026-10-08", id="A01"),
    pytest.param("2004-02-29", "2029-02-28", id="A02"),
    pytest.param("2000-02-29", "2025-02-28", id="A03"),
]


def expert_since(first, until):
    """Somebody who became an expert on a day and has renewed by labs ever since."""
    since, labs = day(first), []
    while since.year <= day(until).year:
        since = date(since.year + 2, since.month, min(since.day, 28))
        labs.append(takes("LAB-EI", since.isoformat(), today=until))
    return (takes("350-401", first, today=until), takes("LAB-EI", first, ref="first-lab", today=until), *labs[:-1])


@pytest.mark.rule("R-E5")
@pytest.mark.parametrize(("first", "reached_on"), EXPERT_ROWS)
def test_the_anniversary_is_told_once_on_its_day(first, reached_on):
    eve = (day(reached_on) - timedelta(days=1)).isoformat()
    expert = after(*expert_since(first, eve))
    told = told_by(expert, ExpertAnniversaryReached, eve, reached_on, reached_on)
    assert told == [ExpertAnniversaryReached(first_expert_on=day(first), years=25, reached_on=day(reached_on))]


@pytest.mark.rule("R-E5")
def test_whoever_is_not_active_as_an_expert_that_day_has_no_anniversary():
    lapsed = after(takes("350-401", "2001-10-08"), takes("LAB-EI", "2001-10-08", ref="lab"))
    assert told_by(lapsed, ExpertAnniversaryReached | ExpertAnniversaryMissed, "2026-10-08", "2026-10-09") == [
        ExpertAnniversaryMissed(first_expert_on=day("2001-10-08"), years=25, missed_on=day("2026-10-08"))
    ]


@pytest.mark.rule("R-E5")
def test_a_late_renewal_turns_a_missed_anniversary_into_a_reached_one():
    first, renewals = "2001-10-08", ("2004-09-01", "2007-08-01", "2010-07-01", "2013-06-01", "2016-05-01", "2019-04-01")
    labs = [takes("LAB-EI", each) for each in (*renewals, "2022-03-01")]
    missed = after(takes("350-401", first), takes("LAB-EI", first), *labs, reviews("2026-10-08"))
    late = missed.when(takes("LAB-EI", "2025-02-01", today="2026-10-20")).outcome
    assert [fact for fact in late if isinstance(fact, ExpertAnniversaryReached)] == [
        ExpertAnniversaryReached(first_expert_on=day(first), years=25, reached_on=day("2026-10-08"))
    ]


@pytest.mark.rule("R-E1")
def test_the_eligibility_for_emeritus_is_told_nine_years_and_nine_months_after_the_first_expert_day():
    expert = after(takes("350-401", "2016-03-01"), takes("LAB-EI", "2016-08-31"))
    assert told_by(expert, EmeritusEligibilityReached, "2026-05-30", "2026-05-31", "2026-06-01") == [
        EmeritusEligibilityReached(first_expert_on=day("2016-08-31"), eligible_on=day("2026-05-31"))
    ]


@pytest.mark.rule("R-CE8")
def test_credits_that_nothing_is_left_to_renew_for_are_told_as_lost():
    with_credits = after(*CCNA, claims("LIVE-8H", 8, "2026-10-05"))
    assert news(with_credits, reviews("2027-05-30")) == [
        "CertificationExpired ccna 2024-05-29 2027-05-29",
        "CreditBalanceChanged 0",
        "CreditsExpired",
    ]


EVIDENCE = st.lists(
    st.tuples(
        st.sampled_from(["200-301", "350-401", "300-410", "LAB-EI", "350-701"]),
        st.integers(0, 365 * 6),
        st.sampled_from([0, 0, 0, 5, 200]),
    ),
    max_size=8,
)


def lived(evidence, review_days):
    """The state after evidence and reviews in the order in which they arrive."""
    start = date(2020, 3, 1)
    arrivals = [
        (start + timedelta(days=taken + late), 0, takes(exam, (start + timedelta(days=taken)).isoformat(),
         today=(start + timedelta(days=taken + late)).isoformat(), ref=f"{exam}/{taken}"))
        for exam, taken, late in evidence
    ]  # fmt: skip
    arrivals += [(each, 1, Review(today=each, catalogue=CATALOGUE)) for each in review_days]
    state, told = State(), []
    for _, _, command in sorted(arrivals, key=lambda arrival: arrival[:2]):
        for fact in record.decide(command, state):
            state = evolve(state, fact)
            told.append(fact)
    return state, told


@settings(max_examples=20, deadline=None)
@example(evidence=[("350-401", 305, 0), ("350-401", 1501, 0)], skipped={15})  # over and begun anew while no job ran
@example(evidence=[("350-401", 504, 0), ("LAB-EI", 1404, 0)], skipped={17})  # in progress again while no job ran
@for_any(evidence=EVIDENCE, skipped=st.sets(st.integers(0, 24), max_size=25))
def test_nothing_is_lost_when_the_job_skips_days(evidence, skipped):
    months = [date(2020, 3, 1) + timedelta(days=100 * number) for number in range(26)]
    some = [each for number, each in enumerate(months) if number not in skipped]
    all_days, _ = lived(evidence, months)
    few_days, _ = lived(evidence, [*some, months[-1]])
    assert stands(all_days) == stands(few_days)
    assert all_days.evidence == few_days.evidence


@pytest.mark.rule("R-O1")
@pytest.mark.rule("R-O3")
@settings(max_examples=25, deadline=None)
@for_any(evidence=EVIDENCE, waits=st.lists(st.sampled_from([0, 3, 90, 700]), min_size=8, max_size=8))
def test_any_split_of_a_history_over_any_number_of_deliveries_gives_the_same_state(evidence, waits):
    end = date(2026, 10, 1)
    last = (end - date(2020, 3, 1)).days
    taken_and_wait = [(exam, taken, wait) for (exam, taken, _), wait in zip(evidence, waits, strict=False)]
    otherwise = [(exam, taken, min(wait, last - taken)) for exam, taken, wait in taken_and_wait]
    at_once = [(exam, taken, last - taken) for exam, taken, _ in evidence]
    as_it_came, _ = lived(evidence, [end])
    for deliveries in (otherwise, at_once, [*otherwise, *at_once]):
        state, _ = lived(deliveries, [end])
        assert stands(state)[0] == stands(as_it_came)[0]
        assert stands(state)[2:] == stands(as_it_came)[2:]
        assert going(state) == going(as_it_came)


def going(state):
    """What is in progress until when; since when it was told so depends on the delivery."""
    return {name: progress.span.until for name, progress in state.told.progress.items()}


def stands(state):
    """What was told of every title, reminders aside: those of days without a job are not made up."""
    return (
        {name: (title.status, title.active_on, title.expires_on, title.emeritus_until)
         for name, title in state.told.titles.items()},
        state.told.progress, state.told.fates, state.told.first_expert_on, state.eligibility_told, state.anniversary,
    )  # fmt: skip
