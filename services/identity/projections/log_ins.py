"""When and with what did people open this account, or try to? Primary data, not a projection: a year later it goes.

The retention period (RET-6) is shorter than the life of facts, so the device stands here and in no fact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, delete, select

from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

table = Table(
    "log_ins",
    METADATA,
    Column("entry_id", String(60), primary_key=True),
    Column("account_id", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("what", String(20), nullable=False),
    Column("device", Text, nullable=False),
    Index("log_ins_account", "account_id", "at"),
    Index("log_ins_at", "at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line; `what` is what happened, such as succeeded, by-provider, failed or password-set."""

    at: datetime
    what: str
    device: str


def note(rows: Rows, entry_id: str, account_id: str, entry: Entry) -> None:
    """Add a line to the history."""
    rows.put(table, entry_id=entry_id, account_id=account_id, at=entry.at, what=entry.what, device=entry.device)


def forget(rows: Rows, account_id: str) -> None:
    """Remove the history of an erased account."""
    rows.execute(delete(table).where(table.c.account_id == account_id))


def forget_before(rows: Rows, moment: datetime) -> None:
    """Remove what is older than its time (RET-6)."""
    rows.execute(delete(table).where(table.c.at < moment))


def of_account(connection: Connection, account_id: str, limit: int) -> Sequence[Entry]:
    """The last entries, newest first."""
    own = select(table).where(table.c.account_id == account_id).order_by(table.c.at.desc(), table.c.entry_id)
    return [Entry(at=row.at, what=row.what, device=row.device) for row in connection.execute(own.limit(limit))]
