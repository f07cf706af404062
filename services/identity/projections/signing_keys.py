"""Which keys have signed tokens? Primary data; of each algorithm the newest key signs, all of them are published."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, String, Table, Text, select

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "signing_keys",
    METADATA,
    Column("kid", String(64), primary_key=True),
    Column("wrapped", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("algorithm", String(10), nullable=False, server_default="Ed25519"),
)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A private key under the deployment's master key."""

    kid: str
    wrapped: str
    created_at: datetime
    algorithm: str


def stored(connection: Connection) -> list[StoredKey]:
    """All keys, the newest first."""
    rows = connection.execute(select(table).order_by(table.c.created_at.desc(), table.c.kid))
    return [StoredKey(row.kid, row.wrapped, row.created_at, row.algorithm) for row in rows]


def remember(rows: Rows, kid: str, wrapped: str, algorithm: str) -> None:
    """Keep a new key."""
    rows.put(table, kid=kid, wrapped=wrapped, created_at=datetime.now(UTC), algorithm=algorithm)


def forget(rows: Rows, kid: str) -> None:
    """Publish a key no longer."""
    rows.drop(table, key=(kid,))
