"""What is there to announce, who has put it away, and how many does it reach? (F3.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    String,
    Table,
    Text,
    and_,
    bindparam,
    func,
    select,
)

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from chassis.tables import PlainJson
from services.identity.domain.announcement import (
    AnnouncementChanged,
    AnnouncementDrafted,
    AnnouncementPublished,
    AnnouncementWithdrawn,
    Audience,
    Notice,
)
from services.identity.domain.dismissals import AnnouncementDismissed
from services.identity.projections import METADATA, profiles, standings

table = Table(
    "announcements",
    METADATA,
    Column("announcement_id", String(40), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("shown_from", Moment, nullable=False),
    Column("shown_until", Moment, nullable=False),
    Column("audience", PlainJson, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("written_by", String(60), nullable=False),
    Index("announcements_shown", "state", "shown_until"),
)

dismissed = Table(
    "dismissed_announcements",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("announcement_id", String(40), primary_key=True),
)

DIMENSIONS = ("levels", "tracks", "countries", "languages")


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement, whatever has become of it: draft, published or withdrawn."""

    announcement_id: str
    state: str
    title: str
    text: str
    shown_from: datetime
    shown_until: datetime
    audience: dict[str, list[str]]
    written_at: datetime
    written_by: str

    @property
    def whom(self) -> Audience:
        """Its audience as the rules know it."""
        return Audience(**{name: tuple(values) for name, values in self.audience.items()})


def project(rows: Rows, fact: Fact) -> None:
    """A row per announcement, and one per candidate who put it away."""
    announcement_id = fact.stream.partition("-")[2]
    match fact.event:
        case AnnouncementDrafted(notice=notice, by=by):
            rows.put(
                table,
                announcement_id=announcement_id,
                state="draft",
                written_at=fact.recorded_at,
                written_by=by,
                **_columns(notice),
            )
        case AnnouncementPublished():
            rows.change(table, key=(announcement_id,), state="published")
        case AnnouncementChanged(notice=notice, by=by):
            changed = {**_columns(notice), "written_at": fact.recorded_at, "written_by": by}
            rows.change(table, key=(announcement_id,), **changed)
        case AnnouncementWithdrawn():
            rows.change(table, key=(announcement_id,), state="withdrawn")
        case AnnouncementDismissed(announcement_id=dismissed_id):
            rows.put(dismissed, candidate_id=fact.subject, announcement_id=dismissed_id)


def _columns(notice: Notice) -> dict[str, Any]:
    return {
        "title": notice.title,
        "text": notice.text,
        "shown_from": notice.shown_from,
        "shown_until": notice.shown_until,
        "audience": {name: list(getattr(notice.audience, name)) for name in DIMENSIONS},
    }


PROJECTION = Projection(name="announcements", tables=(table, dismissed), project=project)

_COLUMNS = tuple(table.c[name] for name in Announcement.__dataclass_fields__)
_PUT_AWAY = (
    select(dismissed.c.announcement_id)
    .where(
        dismissed.c.candidate_id == bindparam("candidate_id"),
        dismissed.c.announcement_id == table.c.announcement_id,
    )
    .exists()
)
_SHOWN = (
    select(*_COLUMNS)
    .where(
        table.c.state == "published",
        table.c.shown_from <= bindparam("soon"),
        table.c.shown_until > bindparam("now"),
        ~_PUT_AWAY,
    )
    .order_by(table.c.shown_from.desc(), table.c.announcement_id)
)
_ALL = select(*_COLUMNS).order_by(table.c.written_at.desc(), table.c.announcement_id)
_ONE = select(*_COLUMNS).where(table.c.announcement_id == bindparam("announcement_id"))


def shown(connection: Connection, candidate_id: str, now: datetime, soon: datetime) -> list[Announcement]:
    """What is published now or soon and not put away by the candidate, for whomever it is; the newest first."""
    asked = {"candidate_id": candidate_id, "now": now, "soon": soon}
    return [Announcement(*row) for row in connection.execute(_SHOWN, asked)]


def page(connection: Connection, *, page: int, page_size: int) -> list[Announcement]:
    """All announcements, the one written last first."""
    wanted = _ALL.limit(page_size).offset((page - 1) * page_size)
    return [Announcement(*row) for row in connection.execute(wanted)]


def one(connection: Connection, announcement_id: str) -> Announcement | None:
    """The announcement; None for an unknown one."""
    row = connection.execute(_ONE, {"announcement_id": announcement_id}).one_or_none()
    return None if row is None else Announcement(*row)


def reach(connection: Connection, audience: Audience, today: date) -> int:
    """How many accounts the audience has today; languages are not asked here, for a choice is not yet a fact."""
    wanted = select(func.count()).select_from(profiles.table)
    if audience.countries:
        wanted = wanted.where(profiles.table.c.country.in_(audience.countries))
    if audience.levels or audience.tracks:
        wanted = wanted.where(_holder(audience, today))
    return int(connection.execute(wanted).scalar_one())


def _holder(audience: Audience, today: date) -> Any:
    held = standings.table.c
    conditions = [held.candidate_id == profiles.table.c.candidate_id, standings.active_on(today)]
    if audience.levels:
        conditions.append(held.level.in_(audience.levels))
    if audience.tracks:
        conditions.append(held.track.in_(audience.tracks))
    return select(held.certification).where(and_(*conditions)).exists()
