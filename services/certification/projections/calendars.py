"""Private calendar links: found by a keyed hash of their code; the code itself is sealed for its owner."""

from sqlalchemy import Column, Connection, String, Table, delete, select

from chassis.decider import Sealed
from chassis.projections import Rows
from services.certification.projections import METADATA

table = Table(
    "calendar_links",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code", String, nullable=False),
)


def keep(rows: Rows, candidate_id: str, code_hash: str, code: Sealed) -> None:
    """One link per candidate; a new one replaces the old."""
    rows.put(table, candidate_id=candidate_id, code_hash=code_hash, code=code)


def forget(rows: Rows, candidate_id: str) -> None:
    """It works no more."""
    rows.execute(delete(table).where(table.c.candidate_id == candidate_id))


def code_of(connection: Connection, candidate_id: str) -> Sealed | None:
    """The sealed code of a candidate's link."""
    found = connection.execute(select(table.c.code).where(table.c.candidate_id == candidate_id)).scalar_one_or_none()
    return None if found is None else Sealed(found)


def candidate_with(connection: Connection, code_hash: str) -> str | None:
    """Whose link this is."""
    return connection.execute(select(table.c.candidate_id).where(table.c.code_hash == code_hash)).scalar_one_or_none()
