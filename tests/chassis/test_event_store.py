"""Stored facts: read back in order, in pages, in today's shape."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from chassis import event_store
from chassis.decider import Sealed
from chassis.event_store import Vocabulary
from chassis.serialization import from_plain, sealed_fields, to_json
from tests.chassis.office import Office, prepare
from tests.chassis.parcels import VOCABULARY, Deliver, Delivered, Send, Sent, Stamp, Stamped

ADA = "C-ada"


def read_newer(office, known):
    with office.database.read() as connection:
        return list(event_store.newer(connection, known, office.vocabulary))


def test_facts_newer_than_what_is_known_come_back_stream_by_stream(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"))
    office.handle(Send(candidate_id=ADA, parcel_id="p2"))
    office.handle(Stamp(candidate_id=ADA, parcel_id="p1", times=2))
    office.handle(Deliver(parcel_id="p3", delivered_on=date(2026, 5, 1)))

    assert read_newer(office, {"parcel-p2": 0, "parcel-p1": 1, "parcel-p3": 1, "parcel-p4": 0}) == [
        ("parcel-p1", 2, Stamped(candidate_id=ADA, parcel_id="p1", number=1)),
        ("parcel-p1", 3, Stamped(candidate_id=ADA, parcel_id="p1", number=2)),
        ("parcel-p2", 1, Sent(candidate_id=ADA, parcel_id="p2", weight=1)),
    ]
    assert read_newer(office, {}) == []


def test_pages_follow_each_other_without_gap_up_to_where_they_are_told(office):
    for number in range(7):
        office.handle(Stamp(candidate_id=ADA, parcel_id=f"p{number}"))

    with office.database.read() as connection:
        pages = [
            [
                fact.number
                for fact in event_store.page(connection, office.vocabulary, "post", after=after, limit=3, up_to=up_to)
            ]
            for after, up_to in ((0, None), (3, None), (6, None), (7, None), (3, 5))
        ]
    assert pages == [[1, 2, 3], [4, 5, 6], [7], [], [4, 5]]


def test_a_stored_fact_is_told_with_all_that_is_known_of_it(office):
    before = datetime.now(UTC)
    office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=4), cause="ada|send|1", correlation="c-77")
    with office.database.read() as connection:
        fact = event_store.page(connection, office.vocabulary, "post", after=0, limit=1)[0]

    assert fact.event == Sent(candidate_id=ADA, parcel_id="p1", weight=4)
    assert (fact.source, fact.subject, fact.number, fact.stream, fact.version) == ("post", ADA, 1, "parcel-p1", 1)
    assert (fact.cause, fact.correlation) == ("ada|send|1", "c-77")
    assert before <= fact.recorded_at <= datetime.now(UTC)


def posted(data):
    """Long ago the post noted pounds."""
    pounds = data.pop("pounds")
    return "parcel-noted", 2, data | {"ounces": pounds * 16}


def noted(data):
    """Later it noted ounces."""
    return "parcel-sent", 1, data | {"weight": data.pop("ounces") // 35}


UPCASTS = {("parcel-noted", 1): posted, ("parcel-noted", 2): noted}


def test_an_old_shape_is_read_as_todays_step_by_step():
    vocabulary = Vocabulary(VOCABULARY, UPCASTS)
    old = {"candidate_id": ADA, "parcel_id": "p1", "pounds": 11}
    expected = Sent(candidate_id=ADA, parcel_id="p1", weight=5)

    assert vocabulary.read("parcel-noted", 1, old) == expected
    assert vocabulary.read("parcel-noted", 2, {"candidate_id": ADA, "parcel_id": "p1", "ounces": 176}) == expected
    assert vocabulary.name_of(expected) == ("parcel-sent", 1)


def test_decisions_stand_on_old_shapes_too(database_url):
    prepare(database_url)
    with Office(database_url) as before:
        before.handle(Send(candidate_id=ADA, parcel_id="p1"))
        with before.database.write() as transaction:
            old = {"candidate_id": ADA, "parcel_id": "p1", "pounds": 11}
            transaction.execute(event_store.events.update().values(name="parcel-noted", data=old))
    with Office(database_url, upcasts=UPCASTS) as after:
        assert after.handle(Send(candidate_id=ADA, parcel_id="p1")).code == "parcel-already-sent"
        assert read_newer(after, {"parcel-p1": 0}) == [
            ("parcel-p1", 1, Sent(candidate_id=ADA, parcel_id="p1", weight=5))
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    on: date
    at: datetime
    flag: bool
    maybe: str | None
    items: tuple[Item, ...]
    name: Sealed
    nickname: Sealed | None = None


EVERYTHING = Everything(
    on=date(2024, 2, 29),
    at=datetime(2026, 5, 1, 12, 30, tzinfo=UTC),
    flag=True,
    maybe=None,
    items=(Item(title="a", count=1), Item(title="b", count=2)),
    name=Sealed("box"),
)


def plain(event):
    import json

    return json.loads(to_json(event))


def test_facts_survive_the_way_to_disk_and_back():
    assert from_plain(Everything, plain(EVERYTHING)) == EVERYTHING
    assert plain(EVERYTHING)["at"] == "2026-05-01T12:30:00+00:00"


def test_fields_that_a_producer_has_added_are_ignored():
    assert from_plain(Everything, plain(EVERYTHING) | {"later": 1}) == EVERYTHING


@pytest.mark.parametrize(
    ("field", "wrong"), [("flag", 1), ("maybe", 5), ("items", [{"title": None, "count": 1}]), ("on", "soon")]
)
def test_a_wrong_type_is_an_error_and_never_made_to_fit(field, wrong):
    with pytest.raises(Exception):  # noqa: B017, PT011  cattrs wraps what it finds in groups
        from_plain(Everything, plain(EVERYTHING) | {field: wrong})


def test_sealed_fields_are_known_by_their_type():
    assert sealed_fields(Everything) == ("name", "nickname")
    assert sealed_fields(Delivered) == ()
