"""What happens to an appointment on its day, step by step, told by the test centre or the provider (3.2)."""

from typing import assert_never

from chassis.decider import Rejected
from services.testing.domain.appointment_states import OPEN, Appointment, State, Status, known_in
from services.testing.domain.booking_commands import Happening, NoteAtCentre
from services.testing.domain.bookings import (
    AgreementDeclined,
    CandidateCheckedIn,
    CandidateNoShowed,
    CandidateTurnedAway,
    Event,
    ExamDelivered,
    ExamInterrupted,
    ExamStarted,
)

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
    known = known_in(state, command.appointment_id)
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
