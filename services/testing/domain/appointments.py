"""All appointments of one candidate, booked here or reported by the test provider: one decider for both (3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from chassis.decider import Decider, Rejected
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    Command,
    GrantFreeRetake,
    Happening,
    LapseAppointment,
    NoteAtCentre,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.booking_gate import Gate, obstacles
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
from services.testing.domain.exam import Exam

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


def book_appointment(command: BookAppointment, state: State) -> list[Event]:
    """One open appointment per exam; an interrupted one, or an upheld challenge, makes the next of its exam free."""
    known = state.all.get(command.appointment_id)
    if known is not None:
        _a_booking_never_changes(command, known)
        return []
    day = day_at(command.place, command.starts_at)
    if command.gate is not None:
        _nothing_stands_in_the_way(command.gate, command.exam, command.place, command.starts_at, command.booked_at)
        _no_other_open_appointment(command.exam, state)
    free = _free_because(command.exam, state)
    charge = command.charge.waived() if free else command.charge
    booked = _booked(command, charge, day, instead_of=free)
    if command.order_number is None and not free:
        return [booked]
    return [
        booked,
        AppointmentPaid(
            appointment_id=command.appointment_id,
            exam=command.exam.code,
            order_number=command.order_number or f"FREE-{command.appointment_id}",
            charge=charge,
            paid_at=command.booked_at,
        ),
    ]


def _booked(command: BookAppointment, charge: Charge, day: date, instead_of: str | None) -> AppointmentBooked:
    name = command.exam.name_on(day)
    return AppointmentBooked(
        appointment_id=command.appointment_id,
        provider_reference=command.provider_reference,
        exam=command.exam.code,
        acronym=name.acronym,
        title=name.title,
        role=command.exam.role,
        place=command.place,
        starts_at=command.starts_at,
        minutes=command.exam.minutes,
        booked_at=command.booked_at,
        channel=command.channel,
        charge=charge,
        payment_due_on=_payment_due(command, day),
        accommodations=command.accommodations,
        instead_of=instead_of,
    )


def _payment_due(command: BookAppointment, day: date) -> date | None:
    """A lab is paid some time before its day; one that is booked later than that is paid the day it is booked."""
    if not command.exam.is_lab:
        return None
    return max(day - command.terms.lab_paid_before, command.booked_at.date())


def pay_appointment(command: PayAppointment, state: State) -> list[Event]:
    """Once; paying again under the same order changes nothing."""
    known = _known(state, command.appointment_id)
    if known.paid is not None:
        return []
    if known.status != "booked":
        raise Rejected("appointment-not-open", status=known.status)
    return [
        AppointmentPaid(
            appointment_id=command.appointment_id,
            exam=known.booked.exam,
            order_number=command.order_number,
            charge=command.charge,
            paid_at=command.paid_at,
        )
    ]


def reschedule_appointment(command: RescheduleAppointment, state: State) -> list[Event]:
    """Until 24 hours before, to a time that the rules allow (F10.7)."""
    known = _known(state, command.appointment_id)
    if _is_no_news(command, known):
        return []
    _open(state, command.appointment_id)
    if (known.place, known.starts_at) == (command.place, command.starts_at):
        return []
    if command.gate is not None and command.exam is not None:
        if not command.terms.may_change(known.starts_at, command.now):
            raise Rejected("too-late-to-change", starts_at=known.starts_at.isoformat())
        _nothing_stands_in_the_way(command.gate, command.exam, command.place, command.starts_at, command.now)
    return [
        AppointmentRescheduled(
            appointment_id=command.appointment_id,
            exam=known.booked.exam,
            place=command.place,
            starts_at=command.starts_at,
            rescheduled_at=command.now,
        )
    ]


def _is_no_news(command: RescheduleAppointment, known: Appointment) -> bool:
    """The provider's records may come twice: what is older than the last move was told before."""
    return command.gate is None and known.moved_at is not None and command.now <= known.moved_at


def cancel_appointment(command: CancelAppointment, state: State) -> list[Event]:
    """At any time before the start; the fee goes back only until 24 hours before (F10.7)."""
    known = _known(state, command.appointment_id)
    if known.status == "cancelled":
        return []
    _open(state, command.appointment_id)
    in_time = command.terms.may_change(known.starts_at, command.now)
    refunded = known.paid is not None and (in_time if command.refunded is None else command.refunded)
    return [
        AppointmentCancelled(
            appointment_id=command.appointment_id,
            exam=known.booked.exam,
            cancelled_at=command.now,
            refunded=refunded,
        )
    ]


def lapse_appointment(command: LapseAppointment, state: State) -> list[Event]:
    """Only a lab that is still unpaid after its due date."""
    known = _known(state, command.appointment_id)
    due = known.booked.payment_due_on
    if known.status != "booked" or due is None or command.today <= due:
        return []
    return [
        AppointmentLapsed(
            appointment_id=command.appointment_id, exam=known.booked.exam, lapsed_on=due + timedelta(days=1)
        )
    ]


AFTER: dict[Happening, tuple[Status, frozenset[Status]]] = {
    "check-in": ("checked-in", OPEN),
    "turn-away": ("turned-away", OPEN),
    "no-show": ("no-show", OPEN),
    "decline": ("declined", frozenset({"checked-in"})),
    "start": ("running", frozenset({"checked-in"})),
    "deliver": ("delivered", frozenset({"running"})),
    "interrupt": ("interrupted", frozenset({"running"})),
}
"""Where each happening leads, and from where."""


def note_at_centre(command: NoteAtCentre, state: State) -> list[Event]:
    """What happened follows what happened before; the same again is no news."""
    known = _known(state, command.appointment_id)
    after, before = AFTER[command.happening]
    if after in known.been | {known.status}:
        return []
    if known.status not in before:
        raise Rejected("appointment-not-there-yet", status=known.status, happening=command.happening)
    return [_happened(command, known)]


def _happened(command: NoteAtCentre, known: Appointment) -> Event:  # noqa: PLR0911 - one line per happening
    one, exam, at = command.appointment_id, known.booked.exam, command.at
    match command.happening:
        case "check-in":
            return CandidateCheckedIn(appointment_id=one, exam=exam, at=at)
        case "turn-away":
            return CandidateTurnedAway(appointment_id=one, exam=exam, at=at, reason=command.reason or "not-admitted")
        case "no-show":
            return _no_show(command, known)
        case "decline":
            return AgreementDeclined(appointment_id=one, exam=exam, at=at)
        case "start":
            return ExamStarted(appointment_id=one, exam=exam, at=at, agreement_version=command.agreement_version)
        case "deliver":
            return ExamDelivered(appointment_id=one, exam=exam, at=at)
        case "interrupt":
            return ExamInterrupted(appointment_id=one, exam=exam, at=at, reason=command.reason or "site-failure")
        case _ as unknown:
            assert_never(unknown)


def _no_show(command: NoteAtCentre, known: Appointment) -> CandidateNoShowed:
    return CandidateNoShowed(
        appointment_id=command.appointment_id,
        exam=known.booked.exam,
        acronym=known.booked.acronym,
        title=known.booked.title,
        role=known.booked.role,
        place=known.place,
        starts_on=known.day,
        at=command.at,
    )


def grant_free_retake(command: GrantFreeRetake, state: State) -> list[Event]:
    """Once per challenge."""
    if command.challenge_id in state.granted:
        return []
    return [FreeRetakeGranted(challenge_id=command.challenge_id, exam=command.exam, granted_on=command.granted_on)]


def _nothing_stands_in_the_way(gate: Gate, exam: Exam, place: Place, starts_at: datetime, now: datetime) -> None:
    for obstacle in obstacles(gate, exam, starts_at, day_at(place, starts_at), now):
        raise Rejected(obstacle.code, **obstacle.details)


def _no_other_open_appointment(exam: Exam, state: State) -> None:
    for one in state.all.values():
        if one.booked.exam == exam.code and one.status in AHEAD:
            raise Rejected("already-booked", appointment_id=one.booked.appointment_id)


def _free_because(exam: Exam, state: State) -> str | None:
    """The interrupted appointment or granted retake of this exam for which no booking stands in yet."""
    used = {one.booked.instead_of for one in state.all.values() if one.status not in {"cancelled", "lapsed"}}
    interrupted = {key: one.booked.exam for key, one in state.all.items() if one.status == "interrupted"}
    owed = {**interrupted, **state.granted}
    return next((key for key, code in owed.items() if code == exam.code and key not in used), None)


def _a_booking_never_changes(command: BookAppointment, known: Appointment) -> None:
    told = (command.exam.code, command.starts_at, command.place)
    if told != (known.booked.exam, known.booked.starts_at, known.booked.place):
        raise Rejected("provider-record-contradicts", appointment_id=command.appointment_id)


def _known(state: State, appointment_id: str) -> Appointment:
    known = state.all.get(appointment_id)
    if known is None:
        raise Rejected("unknown-appointment")
    return known


def _open(state: State, appointment_id: str) -> Appointment:
    known = _known(state, appointment_id)
    if known.status not in OPEN:
        raise Rejected("appointment-not-open", status=known.status)
    return known


def decide(command: Command, state: State) -> list[Event]:  # noqa: PLR0911 - one line per command
    """The facts that a command adds; raises Rejected."""
    match command:
        case BookAppointment():
            return book_appointment(command, state)
        case PayAppointment():
            return pay_appointment(command, state)
        case RescheduleAppointment():
            return reschedule_appointment(command, state)
        case CancelAppointment():
            return cancel_appointment(command, state)
        case LapseAppointment():
            return lapse_appointment(command, state)
        case NoteAtCentre():
            return note_at_centre(command, state)
        case GrantFreeRetake():
            return grant_free_retake(command, state)
        case _ as unknown:
            assert_never(unknown)


appointments: Decider[Command, State, Event] = Decider(
    category="appointments", initial=State(), evolve=evolve, decide=decide
)
"""Streams `appointments-<candidate id>`."""
