"""Kits of two records of one person, once one stands for both (F1.13): none is lost, and none is sent twice."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

import contracts
from chassis.tables import events
from services.fulfillment.domain.kits import kit_id_of
from tests.fulfillment.test_fulfillment_front_door import EARNED, profile, refused

assert profile, "a fixture"

DAY = date(2026, 11, 20)
MERGED = contracts.AccountsMerged(candidate_id="C-ADA", absorbed_id="C-TWIN", merged_on=DAY)
SEPARATED = contracts.AccountsSeparated(candidate_id="C-ADA", absorbed_id="C-TWIN", separated_on=DAY)
THEIRS = replace(EARNED, candidate_id="C-TWIN", certification="ccnp-enterprise", name="Professional")
JOINED = replace(THEIRS, candidate_id="C-ADA", kit="none")
KIT = kit_id_of("C-TWIN", "ccnp-enterprise", date(2026, 11, 1))


def kits(asked_as, candidate_id: str = "C-ADA") -> dict[str, tuple[str, str | None]]:
    return {kit["certification"]: (kit["status"], kit["why_not"]) for kit in asked_as().kits(candidate_id)}


@pytest.mark.feature("F1.13")
@pytest.mark.rule("R-G1")
def test_a_kit_of_the_absorbed_record_is_ordered_with_the_name_and_address_of_the_kept_one(
    frame, told, asked_as, profile
):
    told(*profile, EARNED, THEIRS, MERGED, JOINED)
    assert kits(asked_as) == {"ccna": ("pending", None), "ccnp-enterprise": ("pending", None)}
    asked_as().claim_kit("C-ADA", KIT, "Ada Lovelace")
    assert kits(asked_as)["ccnp-enterprise"] == ("ordered", "kit-already-ordered")
    with frame.database.read() as connection:
        subjects = select(events.c.subject).where(events.c.name == "kit-claimed")
        assert connection.execute(subjects).scalar_one() == "C-TWIN"


@pytest.mark.feature("F1.13")
@pytest.mark.rule("R-G1")
def test_of_two_kits_of_one_certification_one_can_be_ordered(told, asked_as, profile):
    twin = replace(EARNED, candidate_id="C-TWIN")
    told(*profile, EARNED, twin, MERGED)
    found = {kit["kit_id"]: kit["why_not"] for kit in asked_as().kits("C-ADA")}
    doubled = kit_id_of("C-TWIN", "ccna", date(2026, 11, 1))
    assert found == {kit_id_of("C-ADA", "ccna", date(2026, 11, 1)): None, doubled: "kit-doubled"}
    refused("kit-doubled", asked_as().claim_kit, "C-ADA", doubled, "Ada Lovelace")


@pytest.mark.feature("F1.13")
def test_undone_the_kit_is_the_other_records_again(told, asked_as, profile):
    taken_back = contracts.CertificationRevoked(
        candidate_id="C-ADA", certification="ccnp-enterprise", revoked_on=DAY, reason=contracts.MERGE_UNDONE
    )
    told(*profile, EARNED, THEIRS)
    before = kits(asked_as), kits(asked_as, "C-TWIN")
    told(MERGED, JOINED, SEPARATED, taken_back)
    assert (kits(asked_as), kits(asked_as, "C-TWIN")) == before
