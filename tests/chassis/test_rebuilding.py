"""Projections made again equal the live ones; what does not equal is found, named and healed."""

import threading

import pytest
from sqlalchemy import func, select

from chassis.errors import NotFound
from chassis.tables import cursors, effects, events
from tests.chassis import parcels
from tests.chassis.services_under_test.depot import arrivals, notes, stamps_seen

pytestmark = pytest.mark.server


def fill(town, name, count=6):
    for number in range(count):
        town.call("post", "send", candidate_id=f"C-{name}", parcel_id=f"{name}-{number}", weight=1 + number % 4)
        town.call("post", "stamp", candidate_id=f"C-{name}", parcel_id=f"{name}-{number}", times=2)
    town.wait(town.is_complete)


def differences(town, service="depot"):
    return town.call(service, "verify_projections", timeout=30)["differences"]


def everything(town, service):
    tables = {"post": (parcels.parcels, parcels.stamps), "depot": (arrivals, stamps_seen, notes)}[service]
    return {table.name: town.rows(service, table) for table in tables}


def test_a_replay_equals_what_is_live(any_town):
    fill(any_town, "ada")
    for service in ("post", "depot"):
        report = any_town.call(service, "verify_projections", timeout=30)
        assert (report["service"], report["differences"]) == (service, {})
        rows = {name: len(rows) for name, rows in everything(any_town, service).items()}
        assert report["tables"] == {**rows, "proposals": 0}


def test_a_row_falsified_by_hand_is_found_and_healed(any_town):
    fill(any_town, "grace", count=3)
    before = everything(any_town, "depot")
    with any_town.databases["depot"].write() as transaction:
        transaction.execute(arrivals.update().where(arrivals.c.parcel_id == "grace-0").values(weight=99))
        transaction.execute(stamps_seen.delete().where(stamps_seen.c.parcel_id == "grace-1"))
        transaction.execute(arrivals.insert().values(parcel_id="phantom", candidate_id="C-x", weight=1, sequence=1))

    assert differences(any_town) == {
        "arrivals": [["grace-0"], ["phantom"]],
        "stamps_seen": [["grace-1", "1"], ["grace-1", "2"]],
    }

    answer = any_town.call("depot", "rebuild", projection="arrivals", timeout=30)
    assert (answer["service"], answer["projection"]) == ("depot", "arrivals")
    assert differences(any_town) == {}
    assert everything(any_town, "depot") == before


def test_a_rebuild_neither_reacts_nor_causes_effects(any_town):
    fill(any_town, "linus", count=2)

    def traces():
        with any_town.reading("depot") as connection:
            counts = [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in (events, effects)]
        return counts, any_town.rows("depot", cursors)

    before = traces()
    for projection in any_town.call("depot", "projections"):
        any_town.call("depot", "rebuild", projection=projection, timeout=30)
    assert traces() == before


def test_events_go_on_into_a_rebuilt_projection(any_town):
    fill(any_town, "margaret", count=1)
    any_town.call("depot", "rebuild", projection="arrivals", timeout=30)
    any_town.call("post", "rebuild", projection="parcels", timeout=30)
    fill(any_town, "barbara", count=2)
    assert [row.parcel_id for row in any_town.rows("depot", arrivals) if row.candidate_id == "C-barbara"] == [
        "barbara-0",
        "barbara-1",
    ]
    assert (differences(any_town), differences(any_town, "post")) == ({}, {})


@pytest.mark.timeout(300)
def test_a_rebuild_while_everybody_writes_ends_equal_to_live(any_town):
    town = any_town
    fill(town, "edsger", count=2)
    stopping = threading.Event()

    def write(name):
        number = 0
        while not stopping.is_set():
            number += 1
            town.call("post", "stamp", candidate_id=f"C-{name}", parcel_id=f"{name}-{number % 5}", times=1)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("w1", "w2")]
    for writer in writers:
        writer.start()
    try:
        rebuilt = [
            town.caller.call(service, "rebuild", projection=projection, timeout=100)["projection"]
            for _ in range(2)
            for service, projection in (("depot", "arrivals"), ("depot", "notes"), ("post", "parcels"))
        ]
    finally:
        stopping.set()
        for writer in writers:
            writer.join()
    town.wait(town.is_complete)

    assert rebuilt == ["arrivals", "notes", "parcels"] * 2
    assert (differences(town), differences(town, "post")) == ({}, {})
    assert len(town.rows("depot", stamps_seen)) == len(town.rows("post", parcels.stamps))


def test_an_unknown_projection_is_refused(town):
    with pytest.raises(NotFound, match="no-such-projection") as refused:
        town.caller.call("depot", "rebuild", projection="arrival")
    assert refused.value.details == {"known": ["arrivals", "notes", "proposals"]}


def test_a_projection_is_found_by_one_of_its_tables(town):
    assert town.caller.call("depot", "rebuild", projection="stamps_seen")["projection"] == "arrivals"
