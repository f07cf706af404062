"""What is done every hour: forget answered commands that nobody can repeat, and close proposals out of time."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, exists, select

from chassis import proposals
from chassis.approval import Lapse, approval
from chassis.command_handling import Order, Unit
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


def lapsing(connection: Connection, today: date) -> Unit:
    """A unit that lets proposals lapse that nobody decided in time."""
    return Unit(
        orders=[
            Order(
                decider=approval,
                stream=approval.stream(proposal_id),
                command=Lapse(today=today),
                subject=subject,
                id=f"lapse|{proposal_id}|{today}",
                cause=f"lapse-{today}",
            )
            for proposal_id, subject in proposals.overdue(connection, today)
        ]
    )
