"""From where did log-ins fail lately? Not a projection: rows are forgotten within the hour (F1.7).

A network is known by a keyed hash of its address, which the gateway makes.
"""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Index, String, Table, delete, func, insert, select

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "failed_attempts",
    METADATA,
    Column("attempt_id", String(60), primary_key=True),
    Column("network", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("failed_attempts_network", "network", "at"),
)

WINDOW = timedelta(minutes=15)


def lately(connection: Connection, network: str, now: datetime) -> int:
    """How many log-ins have failed from this network within a quarter of an hour."""
    from_there = (table.c.network == network) & (table.c.at > now - WINDOW)
    return int(connection.execute(select(func.count()).select_from(table).where(from_there)).scalar_one())


def remember(rows: Rows, attempt_id: str, network: str, now: datetime) -> None:
    """One more failure; those that no longer count are forgotten."""
    rows.execute(delete(table).where((table.c.at <= now - WINDOW) | (table.c.attempt_id == attempt_id)))
    rows.execute(insert(table).values(attempt_id=attempt_id, network=network, at=now))
