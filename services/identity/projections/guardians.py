"""Who consents for this minor? Not a projection: it stands in no fact, so that its time can end it (RET-8)."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, delete, select

from chassis.projections import Rows
from services.identity.projections import METADATA, people

table = Table(
    "guardians",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Whom to write to."""

    candidate_id: str
    name: str
    email: str


_GUARDIAN = select(table).where(table.c.candidate_id == bindparam("candidate_id"))


def of_candidate(connection: Connection, candidate_id: str) -> Guardian | None:
    """The guardian who was asked last."""
    row = connection.execute(_GUARDIAN, {"candidate_id": candidate_id}).one_or_none()
    return None if row is None else Guardian(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def remember(rows: Rows, guardian: Guardian) -> None:
    """Keep whom to write to, instead of whoever it was before."""
    rows.put(table, candidate_id=guardian.candidate_id, name=guardian.name, email=guardian.email)


def forget(rows: Rows, candidate_id: str) -> None:
    """Remove the guardian of an erased candidate."""
    rows.drop(table, key=(candidate_id,))


def forget_of_age_before(rows: Rows, day: str) -> None:
    """Remove guardians of people who came of age before a day (RET-8)."""
    grown = select(people.table.c.candidate_id).where(people.table.c.of_age_on < day)
    rows.execute(delete(table).where(table.c.candidate_id.in_(grown)))
