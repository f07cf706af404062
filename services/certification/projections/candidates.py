"""Which candidates have a record? Beside each stands its last fact of evidence."""

from typing import get_args

from sqlalchemy import BigInteger, Column, Connection, String, Table, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.facts import EvidenceFact
from services.certification.domain.join_facts import EvidenceJoined
from services.certification.projections import METADATA

table = Table(
    "recorded_candidates",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("last", BigInteger, nullable=False, server_default="0"),
)
EVIDENCE = (*get_args(EvidenceFact), EvidenceJoined)


def project(rows: Rows, fact: Fact) -> None:
    """A row per candidate with evidence."""
    if isinstance(fact.event, EVIDENCE):
        rows.put(table, candidate_id=fact.subject, last=fact.number)


PROJECTION = Projection(name="candidates", tables=(table,), project=project)


def page(connection: Connection, *, after: str = "", limit: int = 200) -> list[str]:
    """One page of ids, ascending from `after` on."""
    wanted = select(table.c.candidate_id).where(table.c.candidate_id > after).order_by(table.c.candidate_id)
    return list(connection.execute(wanted.limit(limit)).scalars())


def count(connection: Connection) -> int:
    """How many they are."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
