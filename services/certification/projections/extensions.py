"""Blanket extensions, and up to which candidate each has come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Column, Connection, Date, Integer, String, Table, false, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.extension import ExtensionDecided, extension
from services.certification.projections import METADATA

table = Table(
    "extensions",
    METADATA,
    Column("extension_id", String(60), primary_key=True),
    Column("days", Integer, nullable=False),
    Column("extended_on", Date, nullable=False),
    Column("reason", String(200), nullable=False),
)
progress = Table(
    "extension_progress",
    METADATA,
    Column("extension_id", String(60), primary_key=True),
    Column("after", String(60), nullable=False),
    Column("reached", Integer, nullable=False),
    Column("done", Boolean, nullable=False, server_default=false()),
)
"""A job's mark, no projection: doing a page again changes nothing."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision and how far it has come."""

    extension_id: str
    days: int
    extended_on: date
    reason: str
    after: str
    reached: int
    done: bool


def project(rows: Rows, fact: Fact) -> None:
    """A row per decision."""
    match fact.event:
        case ExtensionDecided(days=days, extended_on=day, reason=reason):
            key = fact.stream.removeprefix(extension.stream(""))
            rows.put(table, extension_id=key, days=days, extended_on=day, reason=reason)


PROJECTION = Projection(name="extensions", tables=(table,), project=project)


def everything(connection: Connection) -> list[Extension]:
    """All of them, the newest first."""
    after, reached = func.coalesce(progress.c.after, ""), func.coalesce(progress.c.reached, 0)
    done = func.coalesce(progress.c.done, false())
    columns = (*table.c, after.label("after"), reached.label("reached"), done.label("done"))
    both = table.outerjoin(progress, progress.c.extension_id == table.c.extension_id)
    rows = connection.execute(select(*columns).select_from(both).order_by(table.c.extended_on.desc()))
    return [Extension(**row._mapping) for row in rows]  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def has_come_to(rows: Rows, extension_id: str, after: str, reached: int, *, done: bool) -> None:
    """Remember how far it is."""
    rows.put(progress, extension_id=extension_id, after=after, reached=reached, done=done)
