"""A candidate's facts, straight from the event store: newest first, in pages, without what is sealed."""

from collections.abc import Iterator

import pytest

from chassis.frame import Frame, Plan
from chassis.rpc import Request
from chassis.service import DeskAtWork
from tests.chassis import parcels
from tests.chassis.parcels import Send, Stamp, parcel
from tests.front_door import KeyRing, opened

PLAN = Plan(
    source="post",
    vocabulary=parcels.VOCABULARY,
    announce=parcels.announce,
    projections=(parcels.PROJECTION,),
    metadata=parcels.METADATA,
    reveals=True,
)


@pytest.fixture
def frame(database_url, tmp_path) -> Iterator[Frame]:
    with opened(PLAN, database_url, tmp_path, KeyRing()) as frame:
        desk = DeskAtWork(frame, Request(command="c1"))
        for name, greeting in (("ADA", desk.seal("ADA", "Dear Ada")), ("GRACE", None)):
            sent = Send(candidate_id=name, parcel_id=f"P-{name}", weight=2, greeting=greeting)
            desk.handle(parcel, sent.parcel_id, sent, subject=name)
            stamped = Stamp(candidate_id=name, parcel_id=sent.parcel_id, times=3)
            desk.handle(parcel, sent.parcel_id, stamped, subject=name)
        yield frame


def told(lines):
    return [(line["name"], line["fields"]) for line in lines]


def stamp(number):
    return ("parcel-stamped", {"candidate_id": "ADA", "parcel_id": "P-ADA", "number": number})


def test_facts_of_one_candidate_come_newest_first_without_sealed_fields(frame):
    sent = ("parcel-sent", {"candidate_id": "ADA", "parcel_id": "P-ADA", "weight": 2})
    assert told(frame.timeline("ADA")) == [stamp(3), stamp(2), stamp(1), sent]


def test_pages_follow_one_another_without_gap_or_repetition(frame):
    first = frame.timeline("ADA", limit=3)
    second = frame.timeline("ADA", before=first[-1]["position"], limit=3)
    assert told(first) + told(second) == told(frame.timeline("ADA"))


def test_some_facts_can_be_left_out(frame):
    assert [line["name"] for line in frame.timeline("ADA", without=["parcel-stamped"])] == ["parcel-sent"]


def test_nothing_is_known_of_a_stranger(frame):
    assert frame.timeline("LINUS") == []
