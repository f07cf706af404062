"""Which accommodations did this candidate ask for, which are granted, and what waits for a decision? (F10.8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, Row, String, Table, Text, select

from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.testing.domain.accommodations import (
    AccommodationApproved,
    AccommodationDenied,
    AccommodationRequested,
)
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

table = Table(
    "testing_accommodations",
    METADATA,
    Column("request_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("accommodation", String(60), nullable=False),
    Column("statement", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("decided_on", Date, nullable=True),
    Column("reason", String(60), nullable=True),
    Index("testing_accommodations_candidate", "candidate_id", "requested_on"),
    Index("testing_accommodations_status", "status", "requested_on"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request; the statement is sealed."""

    request_id: str
    candidate_id: str
    accommodation: str
    statement: Sealed
    status: str
    requested_on: date
    decided_on: date | None
    reason: str | None


def project(rows: Rows, fact: Fact) -> None:
    """A row per request."""
    match fact.event:
        case AccommodationRequested() as asked:
            rows.put(
                table,
                request_id=asked.request_id,
                candidate_id=fact.subject,
                accommodation=asked.accommodation,
                statement=asked.statement,
                status="pending",
                requested_on=asked.requested_on,
            )
        case AccommodationApproved(request_id=one, decided_on=day):
            rows.change(table, key=(one,), status="approved", decided_on=day)
        case AccommodationDenied(request_id=one, decided_on=day, reason=reason):
            rows.change(table, key=(one,), status="denied", decided_on=day, reason=reason)


PROJECTION = Projection(name="accommodations", tables=(table,), project=project)

_COLUMNS = tuple(table.c[name] for name in Request.__dataclass_fields__)
_MINE = (
    select(*_COLUMNS)
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.requested_on.desc(), table.c.request_id)
)
_WAITING = (
    select(*_COLUMNS).where(table.c.status == "pending").order_by(table.c.requested_on, table.c.request_id).limit(100)
)


def of_candidate(connection: Connection, candidate_id: str) -> list[Request]:
    """The candidate's requests, newest first."""
    return [_request(row) for row in connection.execute(_MINE, {"candidate_id": candidate_id})]


def waiting(connection: Connection) -> list[Request]:
    """What waits for a decision, the oldest first."""
    return [_request(row) for row in connection.execute(_WAITING)]


def one(connection: Connection, request_id: str) -> Request | None:
    """One request; None for an unknown one."""
    row = connection.execute(select(*_COLUMNS).where(table.c.request_id == request_id)).one_or_none()
    return None if row is None else _request(row)


def _request(row: Row[Any]) -> Request:
    return Request(**{**row._mapping, "statement": Sealed(row.statement)})  # noqa: SLF001  a documented attribute
