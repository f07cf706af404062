"""What a candidate holds, and what is in progress (F4.1, F4.2, F4.4).

Rows hold dates, and the query compares them with the day of the reader, so that no answer waits for a timer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    String,
    Table,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

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
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    EmeritusForeseen,
    EmeritusGranted,
    EmeritusLapsed,
    EndFact,
    LifetimeEmeritusGranted,
    ValidityFact,
)
from services.certification.domain.heading import Heading
from services.certification.domain.programme_facts import CertificationHeld, CertificationHoldLifted
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
    Column("lifetime_from", Date, nullable=True),
    Column("revoked_on", Date, nullable=True),
    Column("reason", String(100), nullable=True),
)
holds = Table(
    "certification_holds",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(80), primary_key=True),
    Column("held_on", Date, nullable=False),
    Column("reason", String(100), nullable=False),
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
    reason: str | None
    """Why it is revoked or on hold."""


@dataclass(frozen=True, slots=True)
class Status:
    """Everything ever earned as it stands on a day, and what is in progress then; highest level first."""

    held: tuple[Line, ...]
    in_progress: tuple[Line, ...]


def project(rows: Rows, fact: Fact) -> None:
    """A row per certification ever earned, and one per certification in progress now or later."""
    match fact.event:
        case CertificationEarned(heading=heading) as event:
            rows.drop(progress, key=(fact.subject, heading.certification))
            rows.drop(holds, key=(fact.subject, heading.certification))
            _put(rows, fact.subject, event)
        case CertificationRevoked(heading=heading, reason="merge-undone"):
            rows.drop(table, key=(fact.subject, heading.certification))
        case (
            CertificationRecertified()
            | CertificationExtended()
            | CertificationExpiryCorrected()
            | CertificationReinstated()
            | CertificationReactivated()
            | CertificationRestored()
            | CertificationExpired()
            | CertificationRevoked()
            | EmeritusForeseen()
            | EmeritusGranted()
            | LifetimeEmeritusGranted()
            | EmeritusLapsed() as event
        ):
            _put(rows, fact.subject, event)
        case CertificationHeld(heading=heading, held_on=day, reason=reason):
            key = {"candidate_id": fact.subject, "certification": heading.certification}
            rows.put(holds, **key, held_on=day, reason=reason)
        case CertificationHoldLifted(heading=heading):
            rows.drop(holds, key=(fact.subject, heading.certification))
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
        lifetime_from=_lifetime_from(event),
        revoked_on=event.revoked_on if isinstance(event, CertificationRevoked) else None,
        reason=event.reason if isinstance(event, CertificationRevoked) else None,
    )


def _lifetime_from(event: ValidityFact | EndFact) -> date | None:
    match event:
        case EmeritusForeseen(lifetime_from=day) | EmeritusGranted(lifetime_from=day):
            return day
        case LifetimeEmeritusGranted(granted_on=day):
            return day
    return None


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


PROJECTION = Projection(name="status", tables=(table, progress, holds), project=project)


def _words(of: Table) -> tuple[ColumnElement[Any], ...]:
    return (of.c.certification, of.c.name, of.c.abbreviation, of.c.group_name.label("group"), of.c.level, of.c.rank)


_CANDIDATE = bindparam("candidate_id", type_=String())
_TODAY = bindparam("today", type_=Date())
_NO_DAY = cast(null(), Date)
"""With its type, for SQLite reads the days of both halves as the first half names them."""

_STATUS = case(
    (table.c.revoked_on.is_not(None), "revoked"),
    (holds.c.held_on <= _TODAY, "on_hold"),
    (table.c.expires_on.is_(None), "never_expires"),
    (table.c.expires_on >= _TODAY, "active"),
    (table.c.lifetime_from <= _TODAY, "lifetime_emeritus"),
    (table.c.emeritus_until >= _TODAY, "emeritus"),
    else_="expired",
)
_SAME = (holds.c.candidate_id == table.c.candidate_id) & (holds.c.certification == table.c.certification)
_HELD = (
    select(
        *_words(table),
        _STATUS.label("status"),
        table.c.active_on,
        table.c.expires_on,
        case((table.c.emeritus_until >= _TODAY, table.c.emeritus_until)).label("emeritus_until"),
        _NO_DAY.label("until"),
        func.coalesce(table.c.reason, holds.c.reason).label("reason"),
    )
    .select_from(table.outerjoin(holds, _SAME))
    .where(table.c.candidate_id == _CANDIDATE)
)
_IN_PROGRESS = select(
    *_words(progress),
    literal("in_progress").label("status"),
    _NO_DAY.label("active_on"),
    _NO_DAY.label("expires_on"),
    _NO_DAY.label("emeritus_until"),
    progress.c.until,
    cast(null(), String).label("reason"),
).where(progress.c.candidate_id == _CANDIDATE, progress.c.since <= _TODAY, progress.c.until >= _TODAY)
_BOTH = union_all(_HELD, _IN_PROGRESS).subquery("lines")
_LINES = select(*(_BOTH.c[name] for name in Line.__dataclass_fields__)).order_by(
    _BOTH.c.rank.desc(), _BOTH.c.active_on, _BOTH.c.certification
)


def of_candidate(connection: Connection, candidate_id: str, today: date) -> Status:
    """The candidate's titles as they stand on a day, in one statement."""
    lines = [Line(*row) for row in connection.execute(_LINES, {"candidate_id": candidate_id, "today": today})]
    return Status(
        held=tuple(line for line in lines if line.status != "in_progress"),
        in_progress=tuple(line for line in lines if line.status == "in_progress"),
    )
