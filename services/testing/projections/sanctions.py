"""Which sanctions stand against this candidate, and until when may nothing be booked? (R-X3, R-X4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Column, Connection, Date, Index, String, Table, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.sanctions import SanctionImposed, SanctionLifted
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

table = Table(
    "testing_sanctions",
    METADATA,
    Column("sanction_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("imposed_on", Date, nullable=False),
    Column("imposed_by", String(60), nullable=False),
    Column("appeal_until", Date, nullable=False),
    Column("result_id", String(40), nullable=True),
    Column("banned_until", Date, nullable=True),
    Column("lifted", Boolean, nullable=False),
    Index("testing_sanctions_candidate", "candidate_id", "imposed_on"),
)


@dataclass(frozen=True, slots=True)
class Sanction:
    """One sanction as candidate and reviewers see it."""

    sanction_id: str
    candidate_id: str
    kind: str
    reason: str
    imposed_on: date
    imposed_by: str
    appeal_until: date
    result_id: str | None
    banned_until: date | None
    lifted: bool


def project(rows: Rows, fact: Fact) -> None:
    """One row per sanction."""
    match fact.event:
        case SanctionImposed() as imposed:
            rows.put(
                table,
                sanction_id=imposed.sanction_id,
                candidate_id=fact.subject,
                kind=imposed.kind,
                reason=imposed.reason,
                imposed_on=imposed.imposed_on,
                imposed_by=imposed.imposed_by,
                appeal_until=imposed.appeal_until,
                result_id=imposed.result_id,
                banned_until=imposed.banned_until,
                lifted=False,
            )
        case SanctionLifted(sanction_id=sanction_id):
            rows.change(table, key=(sanction_id,), lifted=True)


PROJECTION = Projection(name="sanctions", tables=(table,), project=project)

_COLUMNS = tuple(table.c[name] for name in Sanction.__dataclass_fields__)
_MINE = MERGES.is_of(table.c.candidate_id)
_BANNED = select(func.max(table.c.banned_until)).where(_MINE, table.c.lifted.is_(False))


def of_candidate(connection: Connection, candidate_id: str) -> list[Sanction]:
    """The candidate's sanctions, newest first."""
    statement = select(*_COLUMNS).where(_MINE).order_by(table.c.imposed_on.desc(), table.c.sanction_id)
    return [Sanction(*row) for row in connection.execute(statement, {"candidate_id": candidate_id})]


def one(connection: Connection, sanction_id: str) -> Sanction | None:
    """One sanction; None for an unknown one."""
    row = connection.execute(select(*_COLUMNS).where(table.c.sanction_id == sanction_id)).one_or_none()
    return None if row is None else Sanction(*row)


def banned_until(connection: Connection, candidate_id: str) -> date | None:
    """The last day of the longest ban that stands."""
    return connection.execute(_BANNED, {"candidate_id": candidate_id}).scalar_one_or_none()
