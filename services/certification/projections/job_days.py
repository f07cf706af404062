"""Up to which day each daily job has done its work, so that days on which nothing ran are caught up with in order."""

from datetime import date

from sqlalchemy import Column, Connection, Date, String, Table, select

from chassis.projections import Rows
from services.certification.projections import METADATA

table = Table(
    "job_days",
    METADATA,
    Column("job", String(40), primary_key=True),
    Column("done_through", Date, nullable=False),
)


def done_through(connection: Connection, job: str) -> date | None:
    """The last day that is done; None before the first."""
    return connection.execute(select(table.c.done_through).where(table.c.job == job)).scalar_one_or_none()


def is_done(rows: Rows, job: str, day: date) -> None:
    """Remember it."""
    rows.put(table, job=job, done_through=day)
