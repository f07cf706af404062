"""Which certifications are active, of which level and track? Audiences of announcements ask (F3.3)."""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, String, Table, and_, bindparam, or_, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.announcement import Held
from services.identity.projections import METADATA

table = Table(
    "standings",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(80), primary_key=True),
    Column("level", String(40), nullable=False),
    Column("track", String(60), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("on_hold", Boolean, nullable=False),
    Column("expires_on", Date, nullable=True),
)


def project(rows: Rows, fact: Fact) -> None:
    """One row per earned certification; emeritus is an honour, not an active status (R-E2)."""
    match fact.event:
        case contracts.CertificationEarned() as earned:
            rows.put(
                table,
                candidate_id=fact.subject,
                certification=earned.certification,
                level=earned.level,
                track=earned.track,
                active=True,
                on_hold=False,
                expires_on=earned.expires_on,
            )
        case contracts.CertificationRevoked(certification=certification, reason=contracts.MERGE_UNDONE):
            rows.drop(table, key=(fact.subject, certification))
        case (
            contracts.CertificationReinstated(certification=certification, expires_on=day)
            | contracts.CertificationReactivated(certification=certification, expires_on=day)
            | contracts.CertificationRestored(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), active=True, expires_on=day)
        case contracts.CertificationHeld(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=True)
        case contracts.CertificationHoldLifted(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=False)
        case (
            contracts.CertificationRecertified(certification=certification, expires_on=day)
            | contracts.CertificationExtended(certification=certification, expires_on=day)
            | contracts.CertificationExpiryCorrected(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), expires_on=day)
        case (
            contracts.CertificationExpired(certification=certification)
            | contracts.CertificationRevoked(certification=certification)
            | contracts.EmeritusGranted(certification=certification)
            | contracts.LifetimeEmeritusGranted(certification=certification)
            | contracts.EmeritusLapsed(certification=certification)
        ):
            rows.change(table, key=(fact.subject, certification), active=False)


PROJECTION = Projection(name="standings", tables=(table,), project=project)


def active_on(day: Any) -> Any:
    """The condition that a row is active on a day; the expire date itself still is (R-V2)."""
    return and_(table.c.active, ~table.c.on_hold, or_(table.c.expires_on.is_(None), table.c.expires_on >= day))


_HELD = (
    select(table.c.level, table.c.track)
    .distinct()
    .where(table.c.candidate_id == bindparam("candidate_id"), active_on(bindparam("today", type_=Date())))
    .order_by(table.c.level, table.c.track)
)


def held(connection: Connection, candidate_id: str, today: date) -> tuple[Held, ...]:
    """What the candidate holds today."""
    rows = connection.execute(_HELD, {"candidate_id": candidate_id, "today": today})
    return tuple(Held(level=level, track=track) for level, track in rows)


def valid_since(connection: Connection, candidate_id: str, day: date) -> bool:
    """Whether the candidate has held anything that was valid on that day or later (RET-2)."""
    still = or_(table.c.expires_on.is_(None), table.c.expires_on >= day)
    found = select(table.c.certification).where(table.c.candidate_id == candidate_id, still)
    return connection.execute(found).first() is not None
