"""Forgetting answered commands once nobody can repeat them any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, select

from chassis.command_handling import Unit
from chassis.parking import OPEN
from chassis.projections import Rows
from chassis.tables import commands_seen, parked

CLIENTS = timedelta(days=30)
"""How long a client may repeat a command with its Idempotency-Key."""
EVENTS = timedelta(days=1)
"""The cursor already keeps events from coming twice; only parked ones can still be applied again."""
EVERY_SECONDS = 3600.0


def forgetting(now: datetime | None = None) -> Unit:
    """A unit that deletes what is too old: of clients by age, of events by age and only while nothing is parked."""
    moment = now or datetime.now(UTC)
    of_clients = delete(commands_seen).where(
        commands_seen.c.from_event.is_(False), commands_seen.c.recorded_at < moment - CLIENTS
    )
    of_events = delete(commands_seen).where(
        commands_seen.c.from_event.is_(True),
        commands_seen.c.recorded_at < moment - EVENTS,
        ~exists(select(parked.c.source).where(parked.c.state == OPEN)),
    )

    def forget(rows: Rows) -> None:
        rows.execute(of_clients)
        rows.execute(of_events)

    return Unit(writes=[forget])
