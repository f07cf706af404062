"""Whose open session is this, and until when? Secrets are known by their hash."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.session import SessionEnded, SessionExtended, SessionStarted, session
from services.identity.projections import METADATA

table = Table(
    "sessions",
    METADATA,
    Column("session_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("until", Moment, nullable=False),
    Column("started_at", Moment, nullable=True),
    Column("device", Text, nullable=True),
    Column("opened_by", String(20), nullable=True),
    Index("sessions_candidate", "candidate_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that was not ended; it may have lapsed at `until`."""

    session_id: str
    candidate_id: str
    secret_hash: str
    until: datetime
    started_at: datetime | None
    device: str | None
    opened_by: str | None


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    session_id = fact.stream.removeprefix(session.stream(""))
    match fact.event:
        case SessionStarted() as started:
            rows.put(
                table,
                session_id=session_id,
                candidate_id=fact.subject,
                secret_hash=started.secret_hash,
                until=started.until,
                started_at=started.started_at,
                opened_by=started.opened_by or None,
                device=None if started.device is None else fact.reveal(started.device),
            )
        case SessionExtended(until=until):
            rows.change(table, key=(session_id,), until=until)
        case SessionEnded():
            rows.drop(table, key=(session_id,))
        case _:
            pass


PROJECTION = Projection(name="sessions", tables=(table,), project=project)


def with_id(connection: Connection, session_id: str) -> Session | None:
    """The session, if it was not ended."""
    row = connection.execute(select(table).where(table.c.session_id == session_id)).one_or_none()
    return None if row is None else Session(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def of_candidate(connection: Connection, candidate_id: str) -> list[str]:
    """Ids of the candidate's sessions, the one that ends first first."""
    return [one.session_id for one in all_of(connection, candidate_id)]


def all_of(connection: Connection, candidate_id: str) -> list[Session]:
    """The candidate's sessions, the one that ends first first; some may have lapsed."""
    own = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.until, table.c.session_id)
    return [Session(**row._mapping) for row in connection.execute(own)]  # noqa: SLF001  as in with_id
