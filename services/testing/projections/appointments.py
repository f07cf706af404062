"""Which appointments does this candidate have, and who comes to a test centre? (F10.2, F10.5, F10.7)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    func,
    select,
)

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.testing.domain.appointment_states import OPEN, STATUS_AFTER, day_at
from services.testing.domain.bookings import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentPaid,
    AppointmentRescheduled,
    FreeRetakeGranted,
    Place,
)
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

table = Table(
    "testing_appointments",
    METADATA,
    Column("appointment_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("provider_reference", String(120), nullable=True),
    Column("exam", String(40), nullable=False),
    Column("acronym", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("delivery", String(20), nullable=False),
    Column("site", String(60), nullable=False),
    Column("site_name", String(120), nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("session", String(80), nullable=True),
    Column("starts_at", Moment, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total", Integer, nullable=False),
    Column("paid", Boolean, nullable=False),
    Column("payment_due_on", Date, nullable=True),
    Column("refunded", Boolean, nullable=True),
    Column("accommodations", Text, nullable=False),
    Column("instead_of", String(40), nullable=True),
    Index("testing_appointments_candidate", "candidate_id", "starts_at"),
    Index("testing_appointments_day", "starts_on", "site"),
    Index("testing_appointments_due", "status", "payment_due_on"),
)

free_retakes = Table(
    "testing_free_retakes",
    METADATA,
    Column("challenge_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("exam", String(40), nullable=False),
    Index("testing_free_retakes_candidate", "candidate_id"),
)
"""Retakes that upheld challenges made free."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as its candidate and the test centre see it."""

    appointment_id: str
    candidate_id: str
    provider_reference: str | None
    exam: str
    acronym: str
    title: str
    role: str
    delivery: str
    site: str
    site_name: str
    time_zone: str
    session: str | None
    starts_at: datetime
    starts_on: date
    minutes: int
    status: str
    channel: str
    booked_at: datetime
    currency: str
    total: int
    paid: bool
    payment_due_on: date | None
    refunded: bool | None
    accommodations: str


def project(rows: Rows, fact: Fact) -> None:
    """One row per appointment, whatever becomes of it."""
    match fact.event:
        case AppointmentBooked() as booked:
            _put(rows, fact.subject, booked)
        case AppointmentPaid(appointment_id=one, charge=charge):
            rows.change(table, key=(one,), status="paid", paid=True, total=charge.total, currency=charge.currency)
        case AppointmentRescheduled(appointment_id=one, place=place, starts_at=starts_at):
            rows.change(table, key=(one,), **_where(place, starts_at))
        case AppointmentCancelled(appointment_id=one, refunded=refunded):
            rows.change(table, key=(one,), status="cancelled", refunded=refunded)
        case FreeRetakeGranted(challenge_id=one, exam=exam):
            rows.put(free_retakes, challenge_id=one, candidate_id=fact.subject, exam=exam)
        case event if type(event) in STATUS_AFTER:
            rows.change(table, key=(event.appointment_id,), status=STATUS_AFTER[type(event)])


def _put(rows: Rows, candidate_id: str, booked: AppointmentBooked) -> None:
    rows.put(
        table,
        appointment_id=booked.appointment_id,
        candidate_id=candidate_id,
        provider_reference=booked.provider_reference,
        exam=booked.exam,
        acronym=booked.acronym,
        title=booked.title,
        role=booked.role,
        minutes=booked.minutes,
        status="booked",
        channel=booked.channel,
        booked_at=booked.booked_at,
        currency=booked.charge.currency,
        total=booked.charge.total,
        paid=False,
        payment_due_on=booked.payment_due_on,
        accommodations=", ".join(booked.accommodations),
        instead_of=booked.instead_of,
        **_where(booked.place, booked.starts_at),
    )


def _where(place: Place, starts_at: datetime) -> dict[str, Any]:
    return {
        "delivery": place.delivery,
        "site": place.site,
        "site_name": place.site_name,
        "time_zone": place.time_zone,
        "session": place.session,
        "starts_at": starts_at,
        "starts_on": day_at(place, starts_at),
    }


PROJECTION = Projection(name="appointments", tables=(table, free_retakes), project=project)

_COLUMNS = tuple(table.c[name] for name in Appointment.__dataclass_fields__)
_OF_CANDIDATE = (
    select(*_COLUMNS)
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.starts_at.desc(), table.c.appointment_id)
    .limit(bindparam("size"))
    .offset(bindparam("skipped"))
)
_TOTAL = select(func.count()).select_from(table).where(MERGES.is_of(table.c.candidate_id))


def of_candidate(
    connection: Connection, candidate_id: str, *, page: int = 1, page_size: int = 50
) -> tuple[list[Appointment], int]:
    """One page of the candidate's appointments, the latest start first, and how many there are."""
    asked = {"candidate_id": candidate_id, "size": page_size, "skipped": (page - 1) * page_size}
    found = [Appointment(*row) for row in connection.execute(_OF_CANDIDATE, asked)]
    if page == 1 and len(found) < page_size:
        return found, len(found)
    return found, connection.execute(_TOTAL, {"candidate_id": candidate_id}).scalar_one()


def one(connection: Connection, appointment_id: str) -> Appointment | None:
    """One appointment; None for an unknown one."""
    row = connection.execute(select(*_COLUMNS).where(table.c.appointment_id == appointment_id)).one_or_none()
    return None if row is None else Appointment(*row)


def is_free(connection: Connection, candidate_id: str, exam: str) -> bool:
    """Whether an interrupted appointment or an upheld challenge makes the next booking of the exam free."""
    mine = MERGES.is_of(table.c.candidate_id) & (table.c.exam == exam)
    used = select(table.c.instead_of).where(mine, table.c.status.not_in(("cancelled", "lapsed")))
    interrupted = select(table.c.appointment_id).where(mine, table.c.status == "interrupted")
    granted = select(free_retakes.c.challenge_id).where(
        MERGES.is_of(free_retakes.c.candidate_id), free_retakes.c.exam == exam
    )
    asked = {"candidate_id": candidate_id}
    owed = set(connection.execute(interrupted.union_all(granted), asked).scalars())
    return bool(owed - set(connection.execute(used, asked).scalars()))


_OWNERS = select(table.c.appointment_id, table.c.candidate_id).where(
    table.c.appointment_id.in_(bindparam("ids", expanding=True))
)


def owners(connection: Connection, appointment_ids: list[str]) -> dict[str, str]:
    """Whose appointments these are; unknown ones are left out."""
    if not appointment_ids:
        return {}
    return {row.appointment_id: row.candidate_id for row in connection.execute(_OWNERS, {"ids": appointment_ids})}


def at_centre(connection: Connection, day: date, site: str | None = None, *, limit: int = 200) -> list[Appointment]:
    """Who comes on a day, to one place or to all, in the order of the clock."""
    statement = select(*_COLUMNS).where(table.c.starts_on == day)
    if site is not None:
        statement = statement.where(table.c.site == site)
    ordered = statement.order_by(table.c.starts_at, table.c.appointment_id).limit(limit)
    return [Appointment(*row) for row in connection.execute(ordered)]


def next_day_at_centre(connection: Connection, after: date, site: str | None = None) -> date | None:
    """The next day on which somebody is expected, at one place or at any."""
    statement = select(func.min(table.c.starts_on)).where(table.c.starts_on > after, table.c.status.in_(OPEN))
    if site is not None:
        statement = statement.where(table.c.site == site)
    found: date | None = connection.execute(statement).scalar_one()
    return found


def unpaid_after_due(connection: Connection, today: date, *, limit: int = 200) -> list[tuple[str, str]]:
    """Labs whose payment is overdue, as candidate and appointment."""
    statement = (
        select(table.c.candidate_id, table.c.appointment_id)
        .where(table.c.status == "booked", table.c.payment_due_on < today)
        .order_by(table.c.payment_due_on, table.c.appointment_id)
        .limit(limit)
    )
    return [(row.candidate_id, row.appointment_id) for row in connection.execute(statement)]
