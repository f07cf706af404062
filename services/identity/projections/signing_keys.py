"""Which keys have signed tokens? Primary data, not a projection; the oldest key signs, all of them are published."""

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
)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A private key under the deployment's master key."""

    kid: str
    wrapped: str
    created_at: datetime


def stored(connection: Connection) -> list[StoredKey]:
    """All keys, the signing one first."""
    rows = connection.execute(select(table).order_by(table.c.created_at.desc(), table.c.kid))
    return [StoredKey(row.kid, row.wrapped, row.created_at) for row in rows]


def remember(rows: Rows, kid: str, wrapped: str) -> None:
    """Keep a new key."""
    rows.put(table, kid=kid, wrapped=wrapped, created_at=datetime.now(UTC))


def forget(rows: Rows, kid: str) -> None:
    """Publish a key no longer."""
    rows.drop(table, key=(kid,))
