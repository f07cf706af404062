"""A record that stands for another one: one fold over the evidence of both, and each its own again afterwards."""

from datetime import date
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contracts
from services.certification.domain.commands import JoinEvidence, PartEvidence
from services.certification.domain.facts import CertificationEarned, CertificationRevoked
from services.certification.domain.fold import fold
from services.certification.domain.join_facts import Earning
from services.certification.domain.record import decide
from services.certification.domain.state import State, evolve
from tests.certification.examples import CATALOGUE
from tests.certification.test_record import takes
from tests.certification.test_service import passed

TODAY = date(2026, 11, 20)
KEPT, ABSORBED = "C-ADA", "C-TWIN"
MERGED = contracts.AccountsMerged(candidate_id=KEPT, absorbed_id=ABSORBED, merged_on=TODAY)
SEPARATED = contracts.AccountsSeparated(candidate_id=KEPT, absorbed_id=ABSORBED, separated_on=TODAY)

# -- decisions ---------------------------------------------------------------------------------------------------------

SITTINGS = st.lists(
    st.tuples(
        st.sampled_from(["200-301", "350-401", "300-410", "350-701"]),
        st.dates(date(2023, 1, 1), date(2026, 11, 1)).map(date.isoformat),
    ),
    max_size=4,
    unique=True,
)


def lived(sittings, who: str) -> State:
    """A record after these passes."""
    commands = [takes(exam, on, today=TODAY.isoformat(), ref=f"{who}/{exam}/{on}") for exam, on in sittings]
    return reduce(lambda state, command: reduce(evolve, decide(command, state), state), commands, State())


def joining(other: State, through: int = 7) -> JoinEvidence:
    earned = tuple(
        Earning(name, holding.active_on)
        for name, standing in fold(other.all_evidence(), CATALOGUE, TODAY).standings.items()
        for holding in standing.holdings
    )
    return JoinEvidence(
        absorbed_id=ABSORBED,
        evidence=other.all_evidence(),
        earned=earned,
        through=through,
        today=TODAY,
        catalogue=CATALOGUE,
    )


def after(state: State, command) -> State:
    return reduce(evolve, decide(command, state), state)


def standing(state: State) -> dict:
    """What was told of certifications: how each stands, not in which words."""
    return {
        name: (title.status, title.active_on, title.expires_on) for name, title in sorted(state.told.titles.items())
    }


@pytest.mark.feature("F1.13")
@settings(max_examples=40)
@given(own=SITTINGS, others=SITTINGS)
def test_a_merge_tells_what_one_record_would_have_told_and_undone_it_tells_what_was_before(own, others):
    kept, absorbed = lived(own, "own"), lived(others, "other")
    merged = after(kept, joining(absorbed))
    held = fold((*kept.evidence, *absorbed.evidence), CATALOGUE, TODAY).standings
    assert {name: (title.current.active_on, title.current.expires_on) for name, title in held.items()} == {
        name: (active_on, expires_on) for name, (_, active_on, expires_on) in standing(merged).items()
    }
    parted = after(merged, PartEvidence(absorbed_id=ABSORBED, today=TODAY, catalogue=CATALOGUE))
    assert standing(parted) == standing(kept)
    assert (parted.evidence, parted.joined) == (kept.evidence, {})


@pytest.mark.feature("F1.13")
def test_an_earning_that_the_other_record_has_told_brings_no_second_kit():
    kept, absorbed = lived([], "own"), lived([("200-301", "2025-05-02")], "other")
    [earned] = [fact for fact in decide(joining(absorbed), kept) if isinstance(fact, CertificationEarned)]
    assert (earned.heading.certification, earned.active_on, earned.kit) == ("ccna", date(2025, 5, 2), "none")


@pytest.mark.feature("F1.13")
@pytest.mark.rule("R-G1")
def test_what_only_both_together_have_earned_brings_its_kit():
    kept, absorbed = lived([("350-401", "2025-01-10")], "own"), lived([("300-410", "2025-06-01")], "other")
    facts = decide(joining(absorbed), kept)
    earned = {fact.heading.certification: fact.kit for fact in facts if isinstance(fact, CertificationEarned)}
    assert earned["ccnp-enterprise"] == "certificate"


def test_the_same_evidence_again_changes_nothing():
    kept, absorbed = lived([("200-301", "2024-05-02")], "own"), lived([("350-401", "2025-05-02")], "other")
    assert decide(joining(absorbed), after(kept, joining(absorbed))) == []
    assert decide(PartEvidence(absorbed_id="C-NOBODY", today=TODAY, catalogue=CATALOGUE), kept) == []


def test_what_a_merge_alone_has_brought_is_taken_back_with_its_reason():
    absorbed = lived([("200-301", "2025-05-02")], "other")
    merged = after(State(), joining(absorbed))
    facts = decide(PartEvidence(absorbed_id=ABSORBED, today=TODAY, catalogue=CATALOGUE), merged)
    [revoked] = [fact for fact in facts if isinstance(fact, CertificationRevoked)]
    assert (revoked.heading.certification, revoked.reason) == ("ccna", contracts.MERGE_UNDONE)


# -- at the door -------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(told):
    """Ada has passed the core exam, her twin the concentration and the associate exam."""
    told(
        passed("350-401", "2025-01-10", KEPT),
        passed("300-410", "2025-06-01", ABSORBED),
        passed("200-301", "2024-05-02", ABSORBED),
    )


def titles(asked_as, candidate_id: str = KEPT) -> dict[str, tuple[str, str, str]]:
    found = asked_as().status(candidate_id)["certifications"]
    return {line["certification"]: (line["status"], line["active_on"], line["expires_on"]) for line in found}


@pytest.mark.feature("F1.13")
@pytest.mark.parametrize("early", [True, False], ids=["merge first", "evidence first"])
def test_certifications_of_both_stand_in_one_record_whichever_is_heard_first(asked_as, told, early):
    news = [passed("350-401", "2025-01-10", KEPT), passed("300-410", "2025-06-01", ABSORBED)]
    told(*([MERGED, *news] if early else [*news, MERGED]))
    assert asked_as().join_records() == {"joined": 1, "parted": 0}
    assert titles(asked_as)["ccnp-enterprise"] == ("active", "2025-06-01", "2028-06-01")
    assert asked_as().join_records() == {"joined": 0, "parted": 0}


@pytest.mark.feature("F1.13")
def test_the_preview_shows_both_and_what_one_record_of_them_would_hold(asked_as, both):
    found = asked_as().preview_join(KEPT, ABSORBED)
    lines = {line["certification"]: line for line in found["certifications"]}
    assert lines["ccna"] == {
        "certification": "ccna",
        "name": "Cisco Certified Network Associate",
        "kept": None,
        "absorbed": {"status": "active", "active_on": "2024-05-02", "expires_on": "2028-06-01"},
        "merged": {"status": "active", "active_on": "2024-05-02", "expires_on": "2028-06-01"},
    }
    assert (lines["ccnp-enterprise"]["kept"], lines["ccnp-enterprise"]["absorbed"]) == (None, None)
    assert lines["ccnp-enterprise"]["merged"]["expires_on"] == "2028-06-01"
    assert titles(asked_as).keys() == {"spec-enterprise-core"}


@pytest.mark.feature("F1.13")
def test_undone_each_holds_its_own_again_with_what_came_in_between(asked_as, told, both):
    before = titles(asked_as)
    told(MERGED)
    asked_as().join_records()
    told(passed("350-701", "2026-10-01", ABSORBED))
    asked_as().join_records()
    assert "spec-security-core" in titles(asked_as)
    told(SEPARATED)
    assert asked_as().join_records() == {"joined": 0, "parted": 1}
    assert titles(asked_as) == before
    assert "spec-security-core" in titles(asked_as, ABSORBED)


@pytest.mark.feature("F1.13")
def test_a_result_taken_back_in_the_absorbed_record_takes_back_what_rested_on_it(asked_as, told, both):
    told(MERGED)
    asked_as().join_records()
    revoked = contracts.ExamResultRevoked(
        candidate_id=ABSORBED,
        result_id=passed("300-410", "2025-06-01", ABSORBED).result_id,
        exam="300-410",
        taken_on=date(2025, 6, 1),
        revoked_on=TODAY,
        reason="misconduct",
    )
    told(revoked)
    asked_as().join_records()
    assert titles(asked_as)["ccnp-enterprise"][0] == "revoked"
