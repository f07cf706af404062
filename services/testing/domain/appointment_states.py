"""Where the appointments of one candidate stand, after each fact (3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from chassis.decider import Rejected
from services.testing.domain.bookings import (
    AgreementDeclined,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentLapsed,
    AppointmentPaid,
    AppointmentRescheduled,
    CandidateCheckedIn,
    CandidateNoShowed,
    CandidateTurnedAway,
    Charge,
    Event,
    ExamDelivered,
    ExamInterrupted,
    ExamStarted,
    FreeRetakeGranted,
    Place,
)

Status = Literal[
    "booked", "paid", "lapsed", "cancelled", "checked-in", "turned-away", "no-show", "declined", "running", "delivered",
    "interrupted",
]  # fmt: skip
OPEN: frozenset[Status] = frozenset({"booked", "paid"})
AHEAD: frozenset[Status] = OPEN | {"checked-in", "running"}


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment as it stands."""

    booked: AppointmentBooked
    place: Place
    starts_at: datetime
    status: Status
    paid: Charge | None = None
    been: frozenset[Status] = frozenset()
    """Where it stood before; a record about that is no news."""
    moved_at: datetime | None = None

    @property
    def day(self) -> date:
        """The date at the test site."""
        return day_at(self.place, self.starts_at)


@dataclass(frozen=True, slots=True)
class State:
    """The candidate's appointments by id, and granted retakes: exam by challenge id."""

    all: Mapping[str, Appointment] = field(default_factory=lambda: MappingProxyType({}))
    granted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def day_at(place: Place, moment: datetime) -> date:
    """The calendar date that the clock on the wall of the place shows."""
    return moment.astimezone(ZoneInfo(place.time_zone)).date()


STATUS_AFTER: Mapping[type, Status] = {
    AppointmentLapsed: "lapsed",
    AppointmentCancelled: "cancelled",
    CandidateCheckedIn: "checked-in",
    CandidateTurnedAway: "turned-away",
    CandidateNoShowed: "no-show",
    AgreementDeclined: "declined",
    ExamStarted: "running",
    ExamDelivered: "delivered",
    ExamInterrupted: "interrupted",
}
"""Where a fact about the day, or an end before it, leaves the appointment."""


def evolve(state: State, event: Event) -> State:
    """The candidate's appointments after one more fact."""
    match event:
        case AppointmentBooked() as booked:
            one = Appointment(booked, booked.place, booked.starts_at, "booked")
            return replace(state, all={**state.all, booked.appointment_id: one})
        case AppointmentPaid(charge=charge):
            return _changed(state, event.appointment_id, "paid", paid=charge)
        case AppointmentRescheduled(place=place, starts_at=starts_at):
            moved_at = event.rescheduled_at
            return _changed(state, event.appointment_id, None, place=place, starts_at=starts_at, moved_at=moved_at)
        case (
            AppointmentLapsed()
            | AppointmentCancelled()
            | CandidateCheckedIn()
            | CandidateTurnedAway()
            | CandidateNoShowed()
            | AgreementDeclined()
            | ExamStarted()
            | ExamDelivered()
            | ExamInterrupted()
        ):
            return _changed(state, event.appointment_id, STATUS_AFTER[type(event)])
        case FreeRetakeGranted(challenge_id=challenge_id, exam=exam):
            return replace(state, granted={**state.granted, challenge_id: exam})
        case _ as unknown:
            assert_never(unknown)


def _changed(state: State, appointment_id: str, status: Status | None, **changes: object) -> State:
    known = state.all.get(appointment_id)
    if known is None:
        return state
    been = known.been | {known.status}
    changed = replace(known, status=status or known.status, been=been, **changes)  # type: ignore[arg-type]  # by name
    return replace(state, all={**state.all, appointment_id: changed})


def known_in(state: State, appointment_id: str) -> Appointment:
    """The appointment; Rejected for an unknown one."""
    known = state.all.get(appointment_id)
    if known is None:
        raise Rejected("unknown-appointment")
    return known


def open_in(state: State, appointment_id: str) -> Appointment:
    """The appointment, if it can still be changed; Rejected otherwise."""
    known = known_in(state, appointment_id)
    if known.status not in OPEN:
        raise Rejected("appointment-not-open", status=known.status)
    return known
