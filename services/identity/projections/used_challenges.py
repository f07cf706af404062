"""Which challenges were answered already? Not a projection: rows are forgotten once the challenge is too old anyway."""

from datetime import datetime

from sqlalchemy import Column, Index, String, Table, delete, insert

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "used_challenges",
    METADATA,
    Column("challenge_hash", String(64), primary_key=True),
    Column("until", Moment, nullable=False),
    Index("used_challenges_until", "until"),
)


def use(rows: Rows, challenge_hash: str, until: datetime, now: datetime) -> None:
    """Write it down; the transaction fails when it was answered before."""
    rows.execute(delete(table).where(table.c.until <= now))
    rows.execute(insert(table).values(challenge_hash=challenge_hash, until=until))
