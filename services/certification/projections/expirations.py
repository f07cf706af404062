"""Which certifications expire soon (F3.5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Column, Connection, Date, Index, String, Table, bindparam, func, select, tuple_

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
)
from services.certification.projections import METADATA

table = Table(
    "certification_expirations",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("expires_on", Date, nullable=False),
    Index("certification_expirations_day", "candidate_id", "expires_on"),
)


@dataclass(frozen=True, slots=True)
class Expiration:
    """A certification and its last day."""

    certification: str
    name: str
    expires_on: date


def project(rows: Rows, fact: Fact) -> None:
    """A row per certification whose end is to come; one without an end has none (R-V5)."""
    match fact.event:
        case CertificationEarned(expires_on=None) | CertificationRestored(expires_on=None):
            pass
        case (
            CertificationEarned(heading=heading, expires_on=day)
            | CertificationRecertified(heading=heading, expires_on=day)
            | CertificationExtended(heading=heading, expires_on=day)
            | CertificationReinstated(heading=heading, expires_on=day)
            | CertificationReactivated(heading=heading, expires_on=day)
            | CertificationRestored(heading=heading, expires_on=day)
        ):
            rows.put(
                table,
                candidate_id=fact.subject,
                certification=heading.certification,
                name=heading.name,
                expires_on=day,
            )
        case CertificationExpiryCorrected(heading=heading, expires_on=day):
            rows.change(table, key=(fact.subject, heading.certification), name=heading.name, expires_on=day)
        case CertificationExpired(heading=heading) | CertificationRevoked(heading=heading):
            rows.drop(table, key=(fact.subject, heading.certification))


PROJECTION = Projection(name="expirations", tables=(table,), project=project)

_WITHIN = (
    select(table.c.certification, table.c.name, table.c.expires_on)
    .where(
        table.c.candidate_id == bindparam("candidate_id"),
        table.c.expires_on.between(bindparam("first"), bindparam("last")),
    )
    .order_by(table.c.expires_on, table.c.certification)
)


def within(connection: Connection, candidate_id: str, *, today: date, days: int) -> list[Expiration]:
    """What ends from today to some days later, soonest first."""
    asked = {"candidate_id": candidate_id, "first": today, "last": today + timedelta(days=days)}
    return [Expiration(*row) for row in connection.execute(_WITHIN, asked)]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certification ends when."""

    candidate_id: str
    certification: str
    name: str
    expires_on: date

    @property
    def place(self) -> str:
        """Where a list goes on behind this one."""
        return f"{self.candidate_id}|{self.certification}"


def active_on(connection: Connection, day: date) -> tuple[int, int]:
    """How many certifications of how many people end on that day or later."""
    wanted = select(func.count(), func.count(table.c.candidate_id.distinct())).where(table.c.expires_on >= day)
    row = connection.execute(wanted).one()
    return int(row[0]), int(row[1])


def page_active_on(connection: Connection, day: date, *, after: str = "", limit: int) -> list[Holder]:
    """One page of them by candidate; `after` is the place of the last one seen."""
    wanted = select(table.c.candidate_id, table.c.certification, table.c.name, table.c.expires_on)
    wanted = wanted.where(table.c.expires_on >= day)
    if after:
        candidate_id, _, certification = after.partition("|")
        wanted = wanted.where(tuple_(table.c.candidate_id, table.c.certification) > (candidate_id, certification))
    rows = connection.execute(wanted.order_by(table.c.candidate_id, table.c.certification).limit(limit))
    return [Holder(*row) for row in rows]
