"""How many people hold what, in which country, and in which month does it end? Numbers only."""

from datetime import date

from sqlalchemy import Column, Connection, Index, String, Table, extract, func, or_, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.projections import METADATA
from services.certification.projections.status import table as status

countries = Table(
    "certification_countries",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("country", String(2), nullable=False),
    Index("certification_countries_country", "country"),
)
"""Where candidates live, as identity tells it."""


def project(rows: Rows, fact: Fact) -> None:
    """Apply one event of identity."""
    match fact.event:
        case contracts.AccountRegistered(candidate_id=candidate_id, country=country):
            rows.put(countries, candidate_id=candidate_id, country=country)
        case contracts.AddressChanged(candidate_id=candidate_id, country=country):
            rows.put(countries, candidate_id=candidate_id, country=country)
        case contracts.AccountErased(candidate_id=candidate_id):
            rows.drop(countries, key=(candidate_id,))
        case _:
            pass


PROJECTION = Projection(name="countries", tables=(countries,), project=project)


def active_by_country(connection: Connection, today: date) -> list[tuple[str, str, str | None, int]]:
    """(certification, name, country, holders); no country where none is known any more."""
    is_active = status.c.revoked_on.is_(None) & or_(status.c.expires_on.is_(None), status.c.expires_on >= today)
    held = (
        select(status.c.certification, func.max(status.c.name), countries.c.country, func.count())
        .select_from(status.outerjoin(countries, countries.c.candidate_id == status.c.candidate_id))
        .where(is_active)
        .group_by(status.c.certification, countries.c.country)
        .order_by(func.max(status.c.name), status.c.certification, countries.c.country)
    )
    return [(certification, name, country, count) for certification, name, country, count in connection.execute(held)]


def expiring_by_month(connection: Connection, first: date, end: date) -> list[tuple[str, str, str, int]]:
    """(month, certification, name, holders) from the first day on, the end not included."""
    year, month = extract("year", status.c.expires_on), extract("month", status.c.expires_on)
    ending = (
        select(year, month, status.c.certification, func.max(status.c.name), func.count())
        .where(status.c.revoked_on.is_(None), status.c.expires_on >= first, status.c.expires_on < end)
        .group_by(year, month, status.c.certification)
        .order_by(year, month, func.max(status.c.name), status.c.certification)
    )
    return [
        (f"{int(in_year)}-{int(in_month):02}", certification, name, count)
        for in_year, in_month, certification, name, count in connection.execute(ending)
    ]
