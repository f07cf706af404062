"""Events that cannot be applied wait with their candidate's later ones, and hold up nobody else."""

import pytest

from chassis.errors import Failure, Invalid, NotFound
from tests.chassis.services_under_test.depot import HEAVY, MISSHAPEN, arrivals

pytestmark = pytest.mark.server

POISON = {"candidate_id": "C-ada", "parcel_id": "poison", "weight": HEAVY}


def parked(town, subject):
    """(type, state) of what waits or waited for a candidate, in the log's order."""
    rows = [row for row in town.call("depot", "parked_list") if row["subject"] == subject]
    return [(row["type"].split(".")[2], row["state"]) for row in sorted(rows, key=lambda row: row["sequence"])]


def send(town, candidate_id, parcel_id, weight=1):
    town.call("post", "send", candidate_id=candidate_id, parcel_id=parcel_id, weight=weight)


def stamp(town, candidate_id, parcel_id, times=1):
    town.call("post", "stamp", candidate_id=candidate_id, parcel_id=parcel_id, times=times)


def differences(town):
    return town.call("depot", "verify_projections", timeout=30)["differences"]


@pytest.fixture
def poisoned(empty_town):
    """Ada's poison is parked with what followed; Grace's events went on."""
    town = empty_town
    town.start("post", "depot")
    stamp(town, "C-ada", "before")
    send(town, **POISON)
    send(town, "C-grace", "g1")
    stamp(town, "C-ada", "poison", times=2)
    stamp(town, "C-grace", "g1")
    send(town, "C-ada", "after")
    town.wait(town.is_complete)
    return town


def test_a_poison_event_parks_its_candidate_only(poisoned):
    assert parked(poisoned, "C-ada") == [
        ("ParcelSent", "parked"),
        ("ParcelStamped", "parked"),
        ("ParcelStamped", "parked"),
        ("ParcelSent", "parked"),
    ]
    assert poisoned.diary("C-ada") == [("before", 1)]
    assert poisoned.diary("C-grace") == [("g1", 0), ("g1", 1)]
    assert differences(poisoned) == {}


def test_the_reason_says_where_it_failed_and_not_with_what(poisoned):
    rows = poisoned.call("depot", "parked_list")
    assert rows[0]["reason"].startswith("ValueError: DepotService.on_parcel_sent:")
    assert {row["reason"] for row in rows[1:]} == {"waits behind an earlier event"}


def test_a_retry_applies_all_in_order_or_nothing(poisoned):
    with pytest.raises(Failure, match="internal"):
        poisoned.caller.call("depot", "parked_retry", source="post", subject="C-ada", timeout=10)
    assert [state for _, state in parked(poisoned, "C-ada")] == ["parked"] * 4
    assert poisoned.diary("C-ada") == [("before", 1)]

    (poisoned.folder / "crane").touch()
    assert poisoned.call("depot", "parked_retry", source="post", subject="C-ada") == {"applied": 4}
    assert [state for _, state in parked(poisoned, "C-ada")] == ["retried"] * 4
    assert poisoned.diary("C-ada") == [("before", 1), ("poison", 0), ("poison", 1), ("poison", 2), ("after", 0)]
    assert differences(poisoned) == {}

    stamp(poisoned, "C-ada", "after")
    poisoned.wait(lambda: poisoned.diary("C-ada")[-1] == ("after", 1))


def test_parked_events_survive_a_restart(poisoned):
    poisoned.stop("depot", how=poisoned.KILL)
    poisoned.start("depot")
    stamp(poisoned, "C-ada", "later")
    poisoned.wait(poisoned.is_complete)
    assert [state for _, state in parked(poisoned, "C-ada")] == ["parked"] * 5
    assert poisoned.diary("C-ada") == [("before", 1)]


def test_a_skipped_event_is_left_out_for_good(empty_town):
    town = empty_town
    town.start("post", "depot")
    send(town, "C-ada", "odd", weight=MISSHAPEN)
    send(town, "C-ada", "next")
    town.wait(town.is_complete)
    assert parked(town, "C-ada") == [("ParcelSent", "parked"), ("ParcelSent", "parked")]

    place = {"source": "post", "partition": 0, "sequence": 1}
    assert town.call("depot", "parked_skip", **place, why="sent by mistake") == {"skipped": 1}
    assert town.call("depot", "parked_retry", source="post", subject="C-ada") == {"applied": 1}
    assert parked(town, "C-ada") == [("ParcelSent", "skipped"), ("ParcelSent", "retried")]
    assert [row["why"] for row in town.call("depot", "parked_list") if row["sequence"] == 1] == ["sent by mistake"]

    assert differences(town) == {}
    for projection in town.call("depot", "projections"):
        town.call("depot", "rebuild", projection=projection, timeout=30)
    assert [row.parcel_id for row in town.rows("depot", arrivals)] == ["next"]
    assert (differences(town), town.diary("C-ada")) == ({}, [("next", 0)])


def test_what_is_not_parked_can_be_neither_retried_nor_skipped(poisoned):
    place = {"source": "post", "partition": 0}
    call = poisoned.caller.call
    with pytest.raises(NotFound, match="nothing-parked"):
        call("depot", "parked_retry", source="post", subject="C-grace")
    with pytest.raises(NotFound, match="nothing-parked"):
        call("depot", "parked_skip", **place, sequence=1, why="because")
    with pytest.raises(Invalid, match="why-missing"):
        call("depot", "parked_skip", **place, sequence=2, why=" ")


def test_too_many_parked_in_a_row_stop_the_subscription(empty_town):
    town = empty_town
    town.knobs["chassis.applying.PARKED_IN_A_ROW"] = 3
    town.start("post", "depot")
    for number in range(8):
        send(town, f"C-{number}", f"p{number}", weight=HEAVY)
        stamp(town, f"C-{number}", f"p{number}")  # waits behind its candidate's poison and is no sign of health

    town.wait(lambda: "3 events failed in a row" in town.alarm("depot"))
    assert [row["reason"][:10] for row in town.call("depot", "parked_list")].count("ValueError") == 3
    assert not town.health("depot")["ok"]

    (town.folder / "crane").touch()
    town.wait(town.is_complete)
    town.wait(lambda: town.health("depot")["ok"])
    assert town.diary("C-7") == [("p7", 0), ("p7", 1)]
