"""Expert numbers: ascending, never given twice, one per person and series."""

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from chassis.testing import given
from services.certification.domain.expert_numbers import (
    AssignExpertNumber,
    ExpertNumberAssigned,
    expert_numbers,
    series_of,
)
from tests.certification.examples import CATALOGUE, day

TODAY = day("2026-11-20")


def assigns(candidate, series="ccie", first=70001):
    return AssignExpertNumber(candidate_id=candidate, series=series, first=first, today=TODAY)


def assigned(candidate, number, series="ccie"):
    return ExpertNumberAssigned(candidate_id=candidate, series=series, number=number, assigned_on=TODAY)


@pytest.mark.rule("R-E6")
@pytest.mark.feature("F4.8")
def test_numbers_ascend_from_the_first_of_their_series():
    given(expert_numbers).when(assigns("ADA")).then(assigned("ADA", 70001))
    given(expert_numbers, assigned("ADA", 70001)).when(assigns("GRACE")).then(assigned("GRACE", 70002))
    given(expert_numbers, assigned("ADA", 70001)).when(assigns("GRACE", "ccde", 2001)).then(
        assigned("GRACE", 2001, "ccde")
    )


@pytest.mark.rule("R-E6")
def test_one_person_has_one_number_for_all_internetwork_tracks_and_another_for_design():
    given(expert_numbers, assigned("ADA", 70001)).when(assigns("ADA")).then_nothing()
    given(expert_numbers, assigned("ADA", 70001)).when(assigns("ADA", "ccde", 2001)).then(assigned("ADA", 2001, "ccde"))
    experts = [each for each in CATALOGUE.certifications.values() if each.level.id == "expert"]
    assert {each.id: series_of(each.track) for each in experts if each.id in {"ccde", "ccie-security"}} == {
        "ccde": "ccde",
        "ccie-security": "ccie",
    }


@pytest.mark.rule("R-E6")
@for_any(people=st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(["ccie", "ccde"])), max_size=40))
def test_whoever_asks_in_whatever_order_no_number_comes_twice(people):
    state, facts = expert_numbers.initial, []
    for candidate, series in people:
        for fact in expert_numbers.decide(assigns(candidate, series, 1), state):
            state = expert_numbers.evolve(state, fact)
            facts.append(fact)
    for series in ("ccie", "ccde"):
        numbers = [fact.number for fact in facts if fact.series == series]
        assert numbers == list(range(1, len({one for one, of in people if of == series}) + 1))
