"""What a candidate holds, and what is in progress (F4.1, F4.2, F4.4).

Rows hold dates, and the query compares them with the day of the reader, so that no answer waits for a timer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Date, Integer, String, Table, case, literal, null, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationProgressed,
    CertificationProgressForeseen,
    CertificationProgressLapsed,
    CertificationProgressMoved,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRevoked,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusLapsed,
    EndFact,
    Heading,
    ValidityFact,
)
from services.certification.projections import METADATA


def _what() -> list[Column[Any]]:
    return [
        Column("candidate_id", String(60), primary_key=True),
        Column("certification", String(80), primary_key=True),
        Column("name", String(200), nullable=False),
        Column("abbreviation", String(120), nullable=False),
        Column("group_name", String(60), nullable=False),
        Column("level", String(40), nullable=False),
        Column("rank", Integer, nullable=False),
    ]


table = Table(
    "certification_status",
    METADATA,
    *_what(),
    Column("active_on", Date, nullable=False),
    Column("expires_on", Date, nullable=True),
    Column("emeritus_until", Date, nullable=True),
    Column("revoked_on", Date, nullable=True),
)

progress = Table(
    "certification_progress",
    METADATA,
    *_what(),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the status view; an in-progress one has `until`, the last day for the missing part."""

    certification: str
    name: str
    abbreviation: str
    group: str
    level: str
    status: str
    active_on: date | None
    expires_on: date | None
    emeritus_until: date | None
    until: date | None


def project(rows: Rows, fact: Fact) -> None:
    """A row per certification ever earned, and one per certification in progress now or later."""
    match fact.event:
        case CertificationEarned(heading=heading) as event:
            rows.drop(progress, key=(fact.subject, heading.certification))
            _put(rows, fact.subject, event)
        case (
            CertificationRecertified()
            | CertificationExtended()
            | CertificationExpiryCorrected()
            | CertificationReinstated()
            | CertificationExpired()
            | CertificationRevoked()
            | EmeritusForeseen()
            | EmeritusGranted()
            | EmeritusLapsed() as event
        ):
            _put(rows, fact.subject, event)
        case CertificationProgressed() | CertificationProgressForeseen() as event:
            what = _columns(fact.subject, event.heading)
            rows.put(progress, **what, since=event.since, until=event.until)
        case CertificationProgressMoved(heading=heading, until=until):
            rows.change(progress, key=(fact.subject, heading.certification), until=until)
        case CertificationProgressLapsed(heading=heading):
            rows.drop(progress, key=(fact.subject, heading.certification))


def _put(rows: Rows, candidate_id: str, event: ValidityFact | EndFact) -> None:
    rows.put(
        table,
        **_columns(candidate_id, event.heading),
        active_on=event.active_on,
        expires_on=event.expires_on,
        emeritus_until=event.until if isinstance(event, EmeritusForeseen | EmeritusGranted) else None,
        revoked_on=event.revoked_on if isinstance(event, CertificationRevoked) else None,
    )


def _columns(candidate_id: str, heading: Heading) -> dict[str, Any]:
    return {
        "candidate_id": candidate_id,
        "certification": heading.certification,
        "name": heading.name,
        "abbreviation": heading.abbreviation,
        "group_name": heading.group,
        "level": heading.level,
        "rank": heading.rank,
    }


PROJECTION = Projection(name="status", tables=(table, progress), project=project)


def held(connection: Connection, candidate_id: str, today: date) -> list[Line]:
    """Everything ever earned as it stands on a day, highest level first."""
    term = case((table.c.emeritus_until >= today, table.c.emeritus_until)).label("emeritus_until")
    dates = (table.c.active_on, table.c.expires_on, term)
    wanted = (
        select(*_words(table), _status_on(today), *dates, null().label("until"))
        .where(table.c.candidate_id == candidate_id)
        .order_by(table.c.rank.desc(), table.c.active_on, table.c.certification)
    )
    return [Line(**row) for row in connection.execute(wanted).mappings()]


def in_progress(connection: Connection, candidate_id: str, today: date) -> list[Line]:
    """What is in progress on a day, highest level first."""
    nothing = (null().label("active_on"), null().label("expires_on"), null().label("emeritus_until"))
    wanted = (
        select(*_words(progress), literal("in_progress").label("status"), *nothing, progress.c.until)
        .where(progress.c.candidate_id == candidate_id, progress.c.since <= today, progress.c.until >= today)
        .order_by(progress.c.rank.desc(), progress.c.certification)
    )
    return [Line(**row) for row in connection.execute(wanted).mappings()]


def _words(of: Table) -> tuple[ColumnElement[Any], ...]:
    return (of.c.certification, of.c.name, of.c.abbreviation, of.c.group_name.label("group"), of.c.level)


def _status_on(today: date) -> ColumnElement[str]:
    return case(
        (table.c.revoked_on.is_not(None), "revoked"),
        (table.c.expires_on.is_(None), "never_expires"),
        (table.c.expires_on >= today, "active"),
        (table.c.emeritus_until >= today, "emeritus"),
        else_="expired",
    ).label("status")
