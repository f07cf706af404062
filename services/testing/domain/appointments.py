"""All appointments of one candidate, booked here or reported by the test provider: one decider for both (3.2)."""

from datetime import date, datetime, timedelta
from typing import assert_never

from chassis.decider import Decider, Rejected
from services.testing.domain.appointment_states import AHEAD, Appointment, State, day_at, evolve, known_in, open_in
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    Command,
    GrantFreeRetake,
    LapseAppointment,
    NoteAtCentre,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.booking_gate import Gate, obstacles
from services.testing.domain.bookings import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentLapsed,
    AppointmentPaid,
    AppointmentRescheduled,
    Charge,
    Event,
    FreeRetakeGranted,
    Place,
)
from services.testing.domain.centre_day import note_at_centre
from services.testing.domain.exam import Exam


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
    known = known_in(state, command.appointment_id)
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
    known = known_in(state, command.appointment_id)
    if _is_no_news(command, known):
        return []
    open_in(state, command.appointment_id)
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
    known = known_in(state, command.appointment_id)
    if known.status == "cancelled":
        return []
    open_in(state, command.appointment_id)
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
    known = known_in(state, command.appointment_id)
    due = known.booked.payment_due_on
    if known.status != "booked" or due is None or command.today <= due:
        return []
    return [
        AppointmentLapsed(
            appointment_id=command.appointment_id, exam=known.booked.exam, lapsed_on=due + timedelta(days=1)
        )
    ]


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
