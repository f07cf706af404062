"""What can be asked of a candidate's appointments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.testing.domain.booking_gate import Gate
from services.testing.domain.bookings import (
    Charge,
    Place,
)
from services.testing.domain.exam import Exam
from services.testing.domain.policies import BookingTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment:
    """Book an exam; with a gate the rules of F10.6 decide, without one the provider has booked it already."""

    appointment_id: str
    provider_reference: str | None
    exam: Exam
    place: Place
    starts_at: datetime
    booked_at: datetime
    channel: str
    charge: Charge
    terms: BookingTerms
    gate: Gate | None = None
    order_number: str | None = None
    """Given where it is paid at once."""
    accommodations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayAppointment:
    """Pay a booked appointment."""

    appointment_id: str
    order_number: str
    charge: Charge
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleAppointment:
    """Move an appointment; the gate holds for the new day, and a move of the provider has neither gate nor exam."""

    appointment_id: str
    exam: Exam | None
    place: Place
    starts_at: datetime
    now: datetime
    terms: BookingTerms
    gate: Gate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment:
    """Give an appointment up; `refunded` is the provider's word, None lets the terms decide."""

    appointment_id: str
    now: datetime
    terms: BookingTerms
    refunded: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseAppointment:
    """Let an unpaid lab go once its due date is over."""

    appointment_id: str
    today: date


Happening = Literal["check-in", "turn-away", "no-show", "decline", "start", "deliver", "interrupt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAtCentre:
    """What happened on the day, as the test centre or the provider tells it."""

    appointment_id: str
    happening: Happening
    at: datetime
    reason: str = ""
    agreement_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFreeRetake:
    """Let the next booking of an exam be free, because a challenge was upheld."""

    challenge_id: str
    exam: str
    granted_on: date


Command = (
    BookAppointment
    | PayAppointment
    | RescheduleAppointment
    | CancelAppointment
    | LapseAppointment
    | NoteAtCentre
    | GrantFreeRetake
)
