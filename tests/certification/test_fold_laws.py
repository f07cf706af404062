"""Laws of the fold, for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certification.domain.evidence import Credits, EmeritusGrant, Extension, Revocation, Sitting
from services.certification.domain.fold import fold
from services.certification.domain.standing import balance_on
from tests.certification.examples import CATALOGUE
from tests.certification.literal_fold import Outcome, in_progress, later, lifetime_from, literally

EXAMS = [
    "100-150", "800-150", "200-301", "350-401", "300-410", "300-415", "300-420", "LAB-EI", "350-701", "300-730",
    "350-101", "LAB-WL", "300-435", "350-901", "500-220", "400-007", "LAB-DE",
]  # fmt: skip
START = date(2022, 1, 1)
TIMES = st.integers(0, 365 * 12)
DAYS = TIMES.map(lambda number: START + timedelta(days=number))
ANY_DAY = st.dates()


@st.composite
def sittings(draw, days=DAYS):
    taken_on = draw(days)
    known_on = taken_on + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 60, 400]))) if days is DAYS else draw(days)
    exam = draw(st.sampled_from(EXAMS))
    return Sitting(
        result_id=f"r{draw(st.integers(0, 40))}",
        exam=exam,
        taken_on=taken_on,
        passed=draw(st.sampled_from([True, True, True, False])),
        known_on=known_on,
    )


@st.composite
def claims(draw, days=DAYS):
    completed_on = draw(days)
    submitted_on = completed_on + timedelta(days=draw(st.sampled_from([0, 0, 90, 91]))) if days is DAYS else draw(days)
    return Credits(
        item=draw(st.sampled_from("abcdefgh")),
        credits=draw(st.sampled_from([8, 16, 30, 40, 64])),
        completed_on=completed_on,
        submitted_on=submitted_on,
        known_on=completed_on if draw(st.booleans()) else draw(days),
    )


def evidence(days=DAYS):
    return st.one_of(
        sittings(days),
        sittings(days),
        sittings(days),
        claims(days),
        st.builds(
            Revocation,
            result_id=st.integers(0, 40).map(lambda number: f"r{number}"),
            revoked_on=days,
            reason=st.just("misconduct"),
            known_on=days,
        ),
        st.builds(Extension, days=st.sampled_from([30, 180]), extended_on=days, known_on=days),
        st.builds(EmeritusGrant, granted_on=days, known_on=days),
    )


def histories(days=DAYS):
    return st.lists(evidence(days), max_size=40)


@pytest.mark.rule("R-F")
@pytest.mark.rule("R-O2")
@settings(deadline=None)
@given(history=histories(), today=DAYS, shuffle=st.randoms(use_true_random=False))
def test_order_and_repetition_of_evidence_never_matter(history, today, shuffle):
    again = history * 2
    shuffle.shuffle(again)
    assert fold(again, CATALOGUE, today) == fold(history, CATALOGUE, today)


@pytest.mark.rule("R-F")
@settings(deadline=None)
@given(history=histories(ANY_DAY), today=ANY_DAY)
def test_folding_any_history_never_raises(history, today):
    record = fold(history, CATALOGUE, today)
    for standing in record.standings.values():
        assert all(
            holding.expires_on is None or holding.expires_on >= holding.active_on for holding in standing.holdings
        )


@pytest.mark.rule("R-V2")
@settings(deadline=None)
@given(history=histories(), today=DAYS)
def test_nothing_is_active_after_its_expire_date_nor_expires_before_its_active_date(history, today):
    for standing in fold(history, CATALOGUE, today).standings.values():
        expires_on = standing.current.expires_on
        if standing.status_on(today) == "active" and expires_on is not None:
            assert today <= expires_on
        assert expires_on is None or standing.current.active_on <= expires_on


@pytest.mark.rule("R-F")
@settings(max_examples=300, deadline=None)
@given(history=histories(), today=DAYS)
def test_the_fold_does_what_the_reference_algorithm_says_word_by_word(history, today):
    record = fold(history, CATALOGUE, today)
    wanted = literally(history, CATALOGUE, today)
    still_held = {title: standing for title, standing in record.standings.items() if standing.revoked_on is None}
    assert {title: (each.current.active_on, each.current.expires_on) for title, each in still_held.items()} == {
        title: (each.active, each.expire) for title, each in wanted.held.items()
    }
    with_void = literally([one for one in history if not isinstance(one, Revocation)], CATALOGUE, today)
    assert {title: (each.active_on, each.expires_on) for title, each in record.only_with_void.items()} == {
        title: (each.active, each.expire) for title, each in with_void.held.items() if title not in wanted.held
    }
    assert balance_on(record.balance, today) == credits_in_hand(wanted, today)
    assert set(record.in_progress_on(today)) == in_progress(wanted, history, CATALOGUE, today)


@st.composite
def careers(draw):
    """An expert for nine to twenty years, and then terms, exams and extensions as they come."""
    day = date(1996, 1, 1) + timedelta(days=draw(st.integers(0, 1000)))
    found = [passed_on("350-401", day), passed_on("LAB-EI", day + timedelta(days=200))]
    for _ in range(draw(st.integers(3, 7))):
        day += timedelta(days=draw(st.sampled_from([900, 1000, 1090])))
        found.append(passed_on(draw(st.sampled_from(["LAB-EI", "LAB-EI", "LAB-DE"])), day))
    for _ in range(draw(st.integers(1, 10))):
        day += timedelta(days=draw(st.sampled_from([30, 200, 300, 365, 900, 1100])))
        what = draw(st.sampled_from(["grant"] * 4 + ["extend", "LAB-EI", "400-007", "300-410"]))
        found.append(happens(what, day))
    return found


def happens(what, day):
    match what:
        case "grant":
            return EmeritusGrant(granted_on=day, known_on=day)
        case "extend":
            return Extension(days=180, extended_on=day, known_on=day)
    return passed_on(what, day)


def passed_on(exam, day):
    return Sitting(result_id=f"{exam}/{day}", exam=exam, taken_on=day, passed=True, known_on=day)


@pytest.mark.rule("R-E1")
@pytest.mark.rule("R-E3")
@pytest.mark.rule("R-E4")
@settings(max_examples=100, deadline=None)
@given(history=careers(), later_on=st.integers(0, 1500))
def test_emeritus_lifetime_and_the_way_back_are_as_the_literal_reading_says(history, later_on):
    today = max(piece.known_on for piece in history) + timedelta(days=later_on)
    record = fold(history, CATALOGUE, today)
    wanted = literally(history, CATALOGUE, today)
    assert {title: dates_of(standing.current) for title, standing in record.standings.items()} == {
        title: (each.active, each.expire, each.emeritus_until, lifetime_from(wanted, each) if each.is_expert else None)
        for title, each in wanted.held.items()
    }


def dates_of(holding):
    return holding.active_on, holding.expires_on, holding.emeritus_until, holding.lifetime_from


def credits_in_hand(wanted: Outcome, today: date) -> int:
    """Nothing without an active certification that takes credits; else what is left of the cycle and not too old."""
    titles = [each for each in wanted.held.values() if each.certification.level.earns_credits and each.expire]
    if not any(each.expire >= today for each in titles):
        return 0
    left = [claim for claim in wanted.credits if claim.completed_on > wanted.ce_start]
    return sum(claim.credits for claim in left if today <= later(claim.completed_on, 3))
