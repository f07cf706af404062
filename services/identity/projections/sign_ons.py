"""Whom does an outside provider mean? Not a projection: the keyed hash stands in no fact, so erasure can take it away.

The primary key also decides who was first when one log-in at the provider is connected to two accounts at once.
"""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "sign_ons",
    METADATA,
    Column("subject_hash", String(64), primary_key=True),
    Column("account_id", String(60), nullable=False, unique=True),
    Column("since", Moment, nullable=False),
)


def account_with(connection: Connection, subject_hash: str) -> str | None:
    """The account that this log-in at the provider opens."""
    found = select(table.c.account_id).where(table.c.subject_hash == subject_hash)
    return connection.execute(found).scalar_one_or_none()


def since(connection: Connection, account_id: str) -> datetime | None:
    """Since when the account opens by a log-in at the provider; None where it does not."""
    found = select(table.c.since).where(table.c.account_id == account_id)
    return connection.execute(found).scalar_one_or_none()


def claim(rows: Rows, subject_hash: str, account_id: str, now: datetime) -> None:
    """Write down the owner; the transaction fails when either has another one."""
    rows.execute(insert(table).values(subject_hash=subject_hash, account_id=account_id, since=now))


def forget(rows: Rows, account_id: str) -> None:
    """The provider opens this account no more."""
    rows.execute(delete(table).where(table.c.account_id == account_id))
