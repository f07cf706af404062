"""Which programs has this person let know something? One row per grant, until it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Connection, Index, String, Table, delete, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import AccountErased
from services.identity.domain.grant import GrantEnded, GrantGiven, RefreshTokenReplaced, grant
from services.identity.projections import METADATA

table = Table(
    "oauth_grants",
    METADATA,
    Column("grant_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("client_id", String(60), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("since", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Index("oauth_grants_candidate", "candidate_id", "client_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one program may know, until nobody has used its refresh token for too long."""

    grant_id: str
    candidate_id: str
    client_id: str
    scopes: tuple[str, ...]
    since: datetime
    used_at: datetime
    until: datetime


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    grant_id = fact.stream.removeprefix(grant.stream(""))
    match fact.event:
        case GrantGiven(client_id=client_id, scopes=scopes, until=until):
            rows.put(
                table,
                grant_id=grant_id,
                candidate_id=fact.subject,
                client_id=client_id,
                scopes=list(scopes),
                since=fact.recorded_at,
                used_at=fact.recorded_at,
                until=until,
            )
        case RefreshTokenReplaced(until=until):
            rows.change(table, key=(grant_id,), used_at=fact.recorded_at, until=until)
        case GrantEnded():
            rows.drop(table, key=(grant_id,))
        case AccountErased():
            own = rows.actual(table)
            rows.execute(delete(own).where(own.c.candidate_id == fact.subject))
        case _:
            pass


PROJECTION = Projection(name="grants", tables=(table,), project=project)


def of_candidate(connection: Connection, candidate_id: str, now: datetime) -> Sequence[Grant]:
    """The candidate's grants that have not ended, the oldest first."""
    own = select(table).where(table.c.candidate_id == candidate_id, table.c.until > now)
    rows = connection.execute(own.order_by(table.c.since, table.c.grant_id))
    return [Grant(**{**row._mapping, "scopes": tuple(row.scopes)}) for row in rows]  # noqa: SLF001  as elsewhere
