"""Who of the house looked at whom, or did what to whom? Primary data, not a projection: reading leaves no fact."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, delete, func, select

from chassis.decider import Sealed
from chassis.projections import Moment, Rows
from services.identity.projections import METADATA

PAGE_SIZE = 50

table = Table(
    "accesses",
    METADATA,
    Column("entry_id", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", String(60), nullable=False),
    Column("what", String(80), nullable=False),
    Column("about", String(60), nullable=False),
    Column("place", String(200), nullable=False),
    Column("sealed_reason", Text, nullable=True),
    Index("accesses_at", "at", "entry_id"),
    Index("accesses_about", "about", "at"),
    Index("accesses_by", "by", "at"),
)
"""`about` is a candidate or empty; reasons are sealed with the key of the candidate, or of whoever gave them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One entry of the audit trail."""

    entry_id: str
    at: datetime
    by: str
    what: str
    about: str
    place: str
    sealed_reason: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries are wanted; empty fields do not matter, `until` is not included."""

    by: str = ""
    about: str = ""
    what: str = ""
    since: datetime | None = None
    until: datetime | None = None


def remember(rows: Rows, access: Access) -> None:
    """Write one entry; the same request again writes the same entry."""
    rows.put(
        table,
        entry_id=access.entry_id,
        at=access.at,
        by=access.by,
        what=access.what,
        about=access.about,
        place=access.place,
        sealed_reason=access.sealed_reason,
    )


def forget_before(rows: Rows, moment: datetime) -> None:
    """Remove what is older than its time (RET-6); what was done stays in the facts, with who did it."""
    rows.execute(delete(table).where(table.c.at < moment))


def page(connection: Connection, wanted: Filter, page: int) -> tuple[list[Access], int]:
    """One page of entries, the newest first, and how many there are."""
    matches = [
        column == value
        for column, value in ((table.c.by, wanted.by), (table.c.about, wanted.about), (table.c.what, wanted.what))
        if value
    ]
    if wanted.since is not None:
        matches.append(table.c.at >= wanted.since)
    if wanted.until is not None:
        matches.append(table.c.at < wanted.until)
    total = connection.execute(select(func.count()).select_from(table).where(*matches)).scalar_one()
    newest = select(table).where(*matches).order_by(table.c.at.desc(), table.c.entry_id.desc())
    rows = connection.execute(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [Access(**row._mapping) for row in rows], int(total)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict
