import json
from datetime import date

import pytest
from sqlalchemy import select

import contracts
from chassis.errors import NotFound, Rejected
from chassis.tables import events, outbox
from services.fulfillment.domain.kits import kit_id_of
from services.fulfillment.projections import METADATA

KIT = kit_id_of("C-ADA", "ccna", date(2026, 11, 1))
EARNED = contracts.CertificationEarned(
    candidate_id="C-ADA",
    certification="ccna",
    name="Certified Associate",
    abbreviation="CCNA",
    group="Associate",
    level="associate",
    track="networking",
    kit="certificate",
    pdf=True,
    active_on=date(2026, 11, 1),
    expires_on=date(2029, 11, 1),
    evidence=("R-1",),
    catalogue="2026-11",
)
ERASED = contracts.AccountErased(candidate_id="C-ADA", erased_on=date(2026, 11, 20))


@pytest.fixture
def profile(sealed):
    address = json.dumps({"lines": ["12 St James's Square"], "city": "London"})
    return (
        contracts.NameChanged(candidate_id="C-ADA", name=sealed("C-ADA", "Ada Lovelace")),
        contracts.AddressChanged(candidate_id="C-ADA", country="GB", address=sealed("C-ADA", address)),
        contracts.ProfileCompleted(candidate_id="C-ADA"),
    )


def refused(code, call, *arguments):
    with pytest.raises(Rejected) as refusal:
        call(*arguments)
    assert refusal.value.code == code


def told_to_all(frame):
    with frame.database.read() as connection:
        return list(connection.execute(select(outbox.c.name).order_by(outbox.c.sequence)).scalars())


PENDING = {
    "kit_id": KIT,
    "certification": "ccna",
    "name": "Certified Associate",
    "kind": "certificate",
    "status": "pending",
    "offered_on": "2026-11-20",
    "claimed_on": None,
    "order_number": None,
    "promise_from": None,
    "promise_until": None,
    "claimable": True,
    "why_not": None,
}


@pytest.mark.feature("F8.2")
def test_an_earned_certification_shows_a_pending_kit(told, asked_as, profile):
    told(*profile, EARNED)
    assert asked_as().kits("C-ADA") == [PENDING]


@pytest.mark.feature("F8.2")
@pytest.mark.feature("F8.3")
@pytest.mark.feature("F8.5")
def test_a_claimed_kit_is_ordered_and_promised(told, asked_as, profile):
    told(*profile, EARNED)
    answer = asked_as().claim_kit("C-ADA", KIT, "ADA LOVELACE")
    assert asked_as().kits("C-ADA") == [
        {
            **PENDING,
            "status": "ordered",
            "claimed_on": "2026-11-20",
            "order_number": answer["order_number"],
            "promise_from": "2027-02-12",
            "promise_until": "2027-03-12",
            "claimable": False,
            "why_not": "kit-already-ordered",
        }
    ]


@pytest.mark.rule("R-G2")
def test_twenty_clicks_make_one_order(told, asked_as, profile, frame):
    told(*profile, EARNED)
    answers = [asked_as("ada|claim|1").claim_kit("C-ADA", KIT, "Ada Lovelace") for _ in range(20)]
    assert answers == [answers[0]] * 20
    refused("kit-already-ordered", asked_as("ada|claim|2").claim_kit, "C-ADA", KIT, "Ada Lovelace")
    assert told_to_all(frame) == ["KitOffered", "KitClaimed"]


@pytest.mark.rule("R-G2")
def test_a_kit_waits_until_the_profile_is_complete(told, asked_as, profile):
    told(EARNED)
    assert asked_as().kits("C-ADA") == [{**PENDING, "claimable": False, "why_not": "profile-incomplete"}]
    refused("profile-incomplete", asked_as().claim_kit, "C-ADA", KIT, "Ada Lovelace")
    told(*profile)
    assert asked_as().kits("C-ADA") == [PENDING]


@pytest.mark.rule("R-G2")
def test_a_kit_waits_for_the_certification_to_be_active_again(told, asked_as, profile):
    expired = contracts.CertificationExpired(candidate_id="C-ADA", certification="ccna", expires_on=date(2026, 11, 19))
    reinstated = contracts.CertificationReinstated(
        candidate_id="C-ADA", certification="ccna", expires_on=date(2029, 11, 1)
    )
    told(*profile, EARNED, expired)
    assert asked_as().kits("C-ADA") == [{**PENDING, "claimable": False, "why_not": "certification-not-active"}]
    told(reinstated)
    assert asked_as().kits("C-ADA") == [PENDING]


def test_a_stranger_finds_no_kit(told, asked_as, profile):
    told(*profile, EARNED)
    with pytest.raises(NotFound):
        asked_as().claim_kit("C-GRACE", KIT, "Ada Lovelace")
    assert asked_as().kits("C-GRACE") == []


def test_a_revoked_certification_takes_its_pending_kit_along(told, asked_as, profile):
    revoked = contracts.CertificationRevoked(
        candidate_id="C-ADA", certification="ccna", revoked_on=date(2026, 11, 20), reason="result-revoked"
    )
    told(*profile, EARNED, revoked)
    assert asked_as().kits("C-ADA") == [
        {**PENDING, "status": "withdrawn", "claimable": False, "why_not": "kit-withdrawn"}
    ]


@pytest.mark.rule("R-P1")
@pytest.mark.parametrize("order", [(EARNED, ERASED), (ERASED, EARNED)])
def test_an_erased_candidate_keeps_no_pending_kit(told, asked_as, profile, keys, order):
    told(*profile)
    keys.erased.add("C-ADA")
    told(*order)
    assert [(kit["status"], kit["claimable"]) for kit in asked_as().kits("C-ADA")] == [("withdrawn", False)]


@pytest.mark.rule("R-P1")
def test_no_name_or_address_is_ever_written_in_the_clear(told, asked_as, profile, frame):
    told(*profile, EARNED)
    asked_as().claim_kit("C-ADA", KIT, "Ada Lovelace")
    with frame.database.read() as connection:
        tables = (events, outbox, *METADATA.sorted_tables)
        written = [str(tuple(row)) for table in tables for row in connection.execute(select(table))]
    assert [row for row in written if "Lovelace" in row or "James" in row] == []


@pytest.mark.feature("F3.4")
def test_the_dashboard_is_told_of_kits_and_when_each_was_offered(told, asked_as, profile):
    told(*profile, EARNED)
    asked_as().claim_kit("C-ADA", KIT, "Ada Lovelace")

    overview = asked_as().overview("C-ADA")

    assert [(line["code"], line["details"]["name"]) for line in overview["activity"]] == [
        ("kit-claimed", "Certified Associate"),
        ("kit-offered", "Certified Associate"),
    ]
    assert overview["offered"] == {KIT: overview["activity"][1]["at"]}
    assert overview["kits"] == asked_as().kits("C-ADA")
    assert [line["code"] for line in asked_as().activity("C-ADA", 1)] == ["kit-claimed"]
