"""Which key opens this candidate's personal data? Primary data, not a projection: nothing could bring a key back.

A destroyed key leaves its row, so that no late retry can make a second key for the same candidate.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, String, Table, Text, exists, insert, literal, select

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "candidate_keys",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("wrapped", Text, nullable=True),
    Column("created_at", Moment, nullable=False),
)
"""`wrapped` is the key under the deployment's master key; null once destroyed."""


def stored(connection: Connection, candidate_ids: Collection[str]) -> dict[str, str | None]:
    """Wrapped keys by candidate; None for a destroyed one, nothing for one that was never made."""
    wanted = select(table.c.candidate_id, table.c.wrapped).where(table.c.candidate_id.in_(sorted(candidate_ids)))
    return {row.candidate_id: row.wrapped for row in connection.execute(wanted)}


def remember(rows: Rows, candidate_id: str, wrapped: str) -> None:
    """Keep a new key; whatever is there already stays, even a destroyed one."""
    here = exists(select(table.c.candidate_id).where(table.c.candidate_id == candidate_id))
    new = select(literal(candidate_id), literal(wrapped), literal(datetime.now(UTC), Moment())).where(~here)
    rows.execute(insert(table).from_select(["candidate_id", "wrapped", "created_at"], new))


def destroy(rows: Rows, candidate_id: str) -> None:
    """Take the key away for good."""
    rows.change(table, key=(candidate_id,), wrapped=None)
