"""What is forgotten of answered commands, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis import housekeeping, parking
from chassis.command_handling import Unit
from chassis.tables import commands_seen
from tests.chassis.parcels import Send

DOCUMENT = {"id": "bank/E1/0/7", "type": "certtrack.bank.Paid.v1", "subject": "C-ada"}


def remembered(office):
    return sorted(row[0] for row in office.rows(commands_seen))


def later(**time):
    return housekeeping.forgetting(datetime.now(UTC) + timedelta(**time))


@pytest.fixture
def busy_office(office):
    """One command of a client, and one that an event led to."""
    office.handle(Send(candidate_id="C-ada", parcel_id="p1", weight=1), id="client")
    from_event = office.order(Send(candidate_id="C-ada", parcel_id="p2", weight=1), id="event", from_event=True)
    office.committer.perform(Unit(orders=[from_event]), timeout=5)
    return office


def test_nothing_is_forgotten_on_the_same_day(busy_office):
    busy_office.committer.perform(later(hours=23), timeout=5)
    assert remembered(busy_office) == ["client", "event"]


def test_commands_of_events_are_forgotten_after_a_day_those_of_clients_after_thirty(busy_office):
    busy_office.committer.perform(later(days=2), timeout=5)
    assert remembered(busy_office) == ["client"]
    busy_office.committer.perform(later(days=31), timeout=5)
    assert remembered(busy_office) == []


def test_while_an_event_is_parked_commands_of_events_stay(busy_office):
    waiting = Unit()
    parking.park(waiting, DOCUMENT, reason="broken", parked_at=datetime.now(UTC))
    busy_office.committer.perform(waiting, timeout=5)
    busy_office.committer.perform(later(days=31), timeout=5)
    assert remembered(busy_office) == ["event"]
