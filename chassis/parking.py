"""Events that could not be applied wait here, each candidate's in order, until an operator retries or skips them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from chassis import outbox
from chassis.command_handling import Unit
from chassis.errors import Conflict, Invalid, NotFound
from chassis.projections import Rows
from chassis.tables import parked

OPEN = "parked"
RETRIED = "retried"
SKIPPED = "skipped"


def open_subjects(connection: Connection) -> set[tuple[str, str]]:
    """(source, subject) pairs behind which later events must wait."""
    rows = connection.execute(select(parked.c.source, parked.c.subject).where(parked.c.state == OPEN).distinct())
    return {(row.source, row.subject) for row in rows}


def park(unit: Unit, document: dict[str, Any], *, reason: str, parked_at: datetime) -> None:
    """Add a parked event to the unit that advances the cursor past it."""
    source, epoch, partition, sequence = outbox.place(document)

    def write(rows: Rows) -> None:
        rows.put(
            parked,
            source=source,
            partition=partition,
            sequence=sequence,
            epoch=epoch,
            subject=document.get("subject", ""),
            envelope=document,
            reason=reason,
            state=OPEN,
            parked_at=parked_at,
        )

    unit.writes.append(write)


def park_behind(unit: Unit, document: dict[str, Any]) -> None:
    """Let an event wait behind an earlier one of its candidate; undone if that one is settled meanwhile."""
    source, subject = outbox.place(document)[0], document.get("subject", "")
    park(unit, document, reason="waits behind an earlier event", parked_at=datetime.now(UTC))

    def still_parked(connection: Connection) -> None:
        if not waiting(connection, source, subject):
            raise Conflict("parked-meanwhile-settled")

    unit.guards.append(still_parked)


def waiting(connection: Connection, source: str, subject: str) -> list[Any]:
    """Open rows of one subject, in the log's order."""
    statement = (
        select(parked)
        .where(parked.c.source == source, parked.c.subject == subject, parked.c.state == OPEN)
        .order_by(parked.c.partition, parked.c.sequence)
    )
    return list(connection.execute(statement))


def listed(connection: Connection) -> list[dict[str, Any]]:
    """All that was ever parked, open ones first."""
    rows = connection.execute(select(parked).order_by(parked.c.state, parked.c.parked_at))
    return [
        {
            "source": row.source,
            "partition": row.partition,
            "sequence": row.sequence,
            "type": row.envelope["type"],
            "subject": row.subject,
            "reason": row.reason,
            "state": row.state,
            "why": row.why,
            "parked_at": row.parked_at.isoformat(),
        }
        for row in rows
    ]


def retry_unit(rows: list[Any], apply: Callable[[dict[str, Any], Unit], None]) -> Unit:
    """One unit that applies all open events of a subject, in order; refused if another one has joined meanwhile."""
    if not rows:
        raise NotFound("nothing-parked")
    unit = Unit()
    for row in rows:
        apply(row.envelope, unit)
    source, subject = rows[0].source, rows[0].subject
    numbers = [row.sequence for row in rows]

    def unchanged(connection: Connection) -> None:
        if [row.sequence for row in waiting(connection, source, subject)] != numbers:
            raise Conflict("parked-meanwhile-changed")

    unit.guards.append(unchanged)
    unit.writes.append(lambda written: _settle(written, rows, RETRIED, None))
    return unit


def skip_unit(connection: Connection, source: str, partition: int, sequence: int, why: str) -> Unit:
    """One unit that gives an event up for good; the row stays, so that rebuilds leave it out too."""
    if not why.strip():
        raise Invalid("why-missing")
    place = (parked.c.source == source, parked.c.partition == partition, parked.c.sequence == sequence)
    row = connection.execute(select(parked).where(*place, parked.c.state == OPEN)).one_or_none()
    if row is None:
        raise NotFound("nothing-parked")
    return Unit(writes=[lambda written: _settle(written, [row], SKIPPED, why)])


def left_out(connection: Connection) -> set[tuple[str, int, int]]:
    """(source, partition, sequence) of events that count as not applied."""
    rows = connection.execute(select(parked).where(parked.c.state.in_((OPEN, SKIPPED))))
    return {(row.source, row.partition, row.sequence) for row in rows}


def _settle(written: Rows, rows: list[Any], state: str, why: str | None) -> None:
    for row in rows:
        key = (row.source, row.partition, row.sequence)
        written.change(parked, key=key, state=state, why=why, settled_at=datetime.now(UTC))
