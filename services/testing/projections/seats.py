"""How many seats of a session are taken? One row per taken seat, so that repeated facts count once."""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, String, Table, bindparam, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.seats import SeatFreed, SeatTaken
from services.testing.projections import METADATA

table = Table(
    "testing_seats",
    METADATA,
    Column("session", String(80), primary_key=True),
    Column("appointment_id", String(40), primary_key=True),
)


def project(rows: Rows, fact: Fact) -> None:
    """Put and drop rows."""
    match fact.event:
        case SeatTaken(session=session, appointment_id=one):
            rows.put(table, session=session, appointment_id=one)
        case SeatFreed(session=session, appointment_id=one):
            rows.drop(table, key=(session, one))


PROJECTION = Projection(name="seats", tables=(table,), project=project)

_TAKEN = (
    select(table.c.session, func.count())
    .where(table.c.session.in_(bindparam("sessions", expanding=True)))
    .group_by(table.c.session)
)


def taken(connection: Connection, sessions: Iterable[str]) -> dict[str, int]:
    """Taken seats by session; a session without any is left out."""
    asked = sorted(set(sessions))
    return dict(tuple(row) for row in connection.execute(_TAKEN, {"sessions": asked})) if asked else {}
