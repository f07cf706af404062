"""To what has this person agreed for which program? One row each, until it is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Connection, Index, String, Table, delete, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import AccountErased
from services.identity.domain.consent import ConsentGiven, ConsentWithdrawn, consent
from services.identity.projections import METADATA

table = Table(
    "oauth_consents",
    METADATA,
    Column("consent_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("client_id", String(60), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("given_at", Moment, nullable=False),
    Index("oauth_consents_candidate", "candidate_id", "client_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one program may ask for without a question, and since when."""

    consent_id: str
    candidate_id: str
    client_id: str
    scopes: tuple[str, ...]
    given_at: datetime


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    consent_id = fact.stream.removeprefix(consent.stream(""))
    match fact.event:
        case ConsentGiven(client_id=client_id, scopes=scopes):
            rows.put(
                table,
                consent_id=consent_id,
                candidate_id=fact.subject,
                client_id=client_id,
                scopes=list(scopes),
                given_at=fact.recorded_at,
            )
        case ConsentWithdrawn():
            rows.drop(table, key=(consent_id,))
        case AccountErased():
            own = rows.actual(table)
            rows.execute(delete(own).where(own.c.candidate_id == fact.subject))
        case _:
            pass


PROJECTION = Projection(name="consents", tables=(table,), project=project)


def of_candidate(connection: Connection, candidate_id: str) -> Sequence[Consent]:
    """The candidate's consents, by program."""
    own = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.client_id)
    rows = connection.execute(own)
    return [Consent(**{**row._mapping, "scopes": tuple(row.scopes)}) for row in rows]  # noqa: SLF001  SQLAlchemy's public name
