"""What holds up a batch of events: passing troubles are waited out, whatever they are, and never park anybody."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis import applying
from chassis.applying import Applying, Place, Stopped
from chassis.command_handling import CursorMoved
from chassis.decider import Rejected
from chassis.errors import Conflict, Unavailable
from chassis.tables import cursors, parked
from tests.chassis.parcels import ParcelSent, ParcelStamped, parcels

ADA = "C-ada"
EPOCH = "E1"


def document(sequence, candidate_id=ADA, name="ParcelSent", **data):
    return {
        "id": f"post/{EPOCH}/0/{sequence}",
        "type": f"certtrack.post.{name}.v1",
        "subject": candidate_id,
        "time": datetime.now(UTC).isoformat(),
        "data": {"candidate_id": candidate_id, **data},
    }


def sent(sequence, candidate_id=ADA):
    return document(sequence, candidate_id, parcel_id=f"p{sequence}", weight=1)


class Depot:
    """Applies the post's events; `troubles` are raised one after the other by its handler."""

    def __init__(self, office):
        self.office = office
        self.troubles = []
        self.told = []
        self.places = {"post": Place(EPOCH, 0, is_new=True)}
        classes = {(kind.source, kind.event_name, kind.version): kind for kind in (ParcelSent, ParcelStamped)}
        self.applying = Applying(office.database, office.committer, office.revealer, classes=classes, react=self.react)

    def react(self, fact, _unit):
        self.told.append(fact.number)
        if self.troubles:
            raise self.troubles.pop(0)

    def apply(self, *documents):
        self.applying.apply(0, self.places, list(documents))

    def parked(self):
        return [(row[2], row[6].split(":")[0], row[7]) for row in self.office.rows(parked)]

    def cursor(self):
        return [row[3] for row in self.office.rows(cursors)]


@pytest.fixture
def depot(office, monkeypatch):
    monkeypatch.setattr(applying, "RETRY_PAUSES", (0.0, 0.0))
    return Depot(office)


PASSING = [
    Unavailable("identity"),
    Conflict("busy"),
    CursorMoved("post/0"),
    OperationalError("SELECT 1", {}, Exception("server closed the connection")),
    PoolTimeout("no connection in time"),
]


@pytest.mark.parametrize("trouble", PASSING, ids=lambda trouble: type(trouble).__name__)
def test_a_passing_trouble_is_told_and_nobody_is_parked(depot, trouble):
    depot.troubles = [trouble] * 5
    with pytest.raises(applying.TRANSIENT):
        depot.apply(sent(1), sent(2))
    assert (depot.parked(), depot.cursor()) == ([], [])

    depot.troubles = []
    depot.apply(sent(1), sent(2))
    assert (depot.parked(), depot.cursor()) == ([], [2])


@pytest.mark.parametrize("failure", [ValueError("bug"), Rejected("no"), KeyError("x")], ids=lambda f: type(f).__name__)
def test_a_failure_that_stays_parks_its_event(depot, failure):
    depot.troubles = [failure] * 4
    depot.apply(sent(1))
    assert (depot.parked(), depot.cursor()) == ([(1, type(failure).__name__, "parked")], [1])


def test_a_failure_that_goes_away_parks_nobody(depot):
    depot.troubles = [ValueError("hiccup")] * 2
    depot.apply(sent(1))
    assert (depot.parked(), depot.cursor()) == ([], [1])


def test_an_event_of_another_shape_than_agreed_is_parked(depot):
    depot.apply(document(1, parcel_id="p1", weight="heavy"), sent(2, "C-grace"))
    assert [(sequence, state) for sequence, _, state in depot.parked()] == [(1, "parked")]
    assert depot.cursor() == [2]


def test_events_that_nobody_asked_for_are_passed_by(depot):
    depot.apply(document(1, name="ParcelLost"), sent(2), document(3, name="ParcelLost"))
    assert (depot.told, depot.cursor(), depot.parked()) == ([2], [3], [])
    assert [row[0] for row in depot.office.rows(parcels)] == []


def test_after_too_many_in_a_row_the_next_failure_stops_everything(depot, monkeypatch):
    monkeypatch.setattr(applying, "PARKED_IN_A_ROW", 2)
    depot.troubles = [ValueError("bug")] * 100
    depot.apply(sent(1, "C-1"))
    depot.apply(document(2, "C-1", name="ParcelLost"), sent(3, "C-1"))
    depot.apply(sent(4, "C-2"))
    with pytest.raises(Stopped, match="2 events failed in a row, last with ValueError"):
        depot.apply(sent(5, "C-3"))
    assert (depot.cursor(), [sequence for sequence, *_ in depot.parked()]) == ([4], [1, 3, 4])

    depot.troubles = []
    depot.apply(sent(5, "C-3"))
    depot.troubles = [ValueError("bug")] * 4
    depot.apply(sent(6, "C-4"))
    assert [sequence for sequence, *_ in depot.parked()] == [1, 3, 4, 6]


def test_cursors_are_read_back_after_a_restart(depot):
    depot.apply(sent(1), sent(2))
    assert depot.applying.places(0) == {"post": Place(EPOCH, 2)}
    assert depot.applying.places(1) == {}
