"""Whose evidence counts in which record? Up to which fact it does tells which ones are behind (F1.13)."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, String, Table, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.join_facts import EvidenceJoined, EvidenceParted
from services.certification.projections import METADATA, candidates
from services.certification.projections.merges import MERGES

table = Table(
    "joined_evidence",
    METADATA,
    Column("absorbed_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("through", BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A record that has not taken over yet what the absorbed one rests on, up to a fact."""

    candidate_id: str
    absorbed_id: str
    last: int


@dataclass(frozen=True, slots=True)
class Parting:
    """A record that still counts what stands for itself again."""

    candidate_id: str
    absorbed_id: str


def project(rows: Rows, fact: Fact) -> None:
    """One row per absorbed record."""
    match fact.event:
        case EvidenceJoined(absorbed_id=absorbed_id, through=through):
            rows.put(table, absorbed_id=absorbed_id, candidate_id=fact.subject, through=through)
        case EvidenceParted(absorbed_id=absorbed_id):
            rows.drop(table, key=(absorbed_id,))


PROJECTION = Projection(name="joined", tables=(table,), project=project)

_ALIASES, _RECORDS = MERGES.table, candidates.table
_BEHIND = (
    select(_ALIASES.c.candidate_id, _ALIASES.c.alias, _RECORDS.c.last)
    .join(_RECORDS, _RECORDS.c.candidate_id == _ALIASES.c.alias)
    .outerjoin(table, table.c.absorbed_id == _ALIASES.c.alias)
    .where(_RECORDS.c.last > func.coalesce(table.c.through, 0))
    .order_by(_ALIASES.c.alias)
    .limit(100)
)
_PARTING = (
    select(table.c.candidate_id, table.c.absorbed_id)
    .outerjoin(_ALIASES, (_ALIASES.c.alias == table.c.absorbed_id) & (_ALIASES.c.candidate_id == table.c.candidate_id))
    .where(_ALIASES.c.alias.is_(None))
    .order_by(table.c.absorbed_id)
    .limit(100)
)


def behind(connection: Connection) -> list[Behind]:
    """Where evidence has come since it was last taken over."""
    return [Behind(*row) for row in connection.execute(_BEHIND)]


def parting(connection: Connection) -> list[Parting]:
    """Where a merge was undone."""
    return [Parting(*row) for row in connection.execute(_PARTING)]
