"""What is the candidate's legal name? Sealed, for the comparison at booking (R-N1); gone with the account."""

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, select

import contracts
from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.testing.projections import METADATA

table = Table(
    "testing_names",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("name", Text, nullable=False),
)


def project(rows: Rows, fact: Fact) -> None:
    """The newest name, until the account is erased."""
    match fact.event:
        case contracts.NameChanged(name=box):
            rows.put(table, candidate_id=fact.subject, name=box)
        case contracts.AccountErased():
            rows.drop(table, key=(fact.subject,))


PROJECTION = Projection(name="names", tables=(table,), project=project)

_NAME = select(table.c.name).where(table.c.candidate_id == bindparam("candidate_id"))


def of_candidate(connection: Connection, candidate_id: str) -> Sealed | None:
    """The sealed name; None for somebody not known by name."""
    box = connection.execute(_NAME, {"candidate_id": candidate_id}).scalar_one_or_none()
    return None if box is None else Sealed(box)
