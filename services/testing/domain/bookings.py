"""Facts about appointments, in the order of an appointment's life (3.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from services.testing.domain.results import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an exam is sat; `session` names the seats of the built-in provider, None elsewhere."""

    delivery: Delivery
    site: str
    site_name: str
    time_zone: str
    session: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What an appointment costs, in cents; tax is part of neither the price nor the discount."""

    currency: str
    price: int
    discount: int = 0
    tax: int = 0
    voucher: str | None = None

    @property
    def total(self) -> int:
        """What is paid."""
        return self.price - self.discount + self.tax

    def waived(self) -> "Charge":
        """The same exam for nothing; no voucher is needed for that."""
        return Charge(currency=self.currency, price=self.price, discount=self.price)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentBooked:
    """An exam was booked by the portal, by phone or at a test centre."""

    appointment_id: str
    provider_reference: str | None
    exam: str
    acronym: str
    title: str
    role: str
    place: Place
    starts_at: datetime
    minutes: int
    booked_at: datetime
    channel: str
    charge: Charge
    payment_due_on: date | None
    accommodations: tuple[str, ...] = ()
    instead_of: str | None = None
    """The interrupted appointment, or the upheld challenge, that makes this one free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentPaid:
    """The appointment was paid; the receipt is made from this."""

    appointment_id: str
    exam: str
    order_number: str
    charge: Charge
    paid_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLapsed:
    """A lab was not paid by its due date; its seat is free again."""

    appointment_id: str
    exam: str
    lapsed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRescheduled:
    """The appointment moved to another time, perhaps another place."""

    appointment_id: str
    exam: str
    place: Place
    starts_at: datetime
    rescheduled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCancelled:
    """The appointment was given up; `refunded` says whether the fee goes back."""

    appointment_id: str
    exam: str
    cancelled_at: datetime
    refunded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCheckedIn:
    """Identity document and name were as booked."""

    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTurnedAway:
    """The candidate came, but could not be admitted; no refund."""

    appointment_id: str
    exam: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateNoShowed:
    """The candidate did not come: no attempt, no refund."""

    appointment_id: str
    exam: str
    acronym: str
    title: str
    role: str
    place: Place
    starts_on: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDeclined:
    """The candidate did not accept the agreement: no test, no refund."""

    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamStarted:
    """The candidate accepted this version of the agreement and began."""

    appointment_id: str
    exam: str
    agreement_version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamDelivered:
    """The exam was taken to its end."""

    appointment_id: str
    exam: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamInterrupted:
    """The test site failed: no attempt, and the next booking of the exam is free."""

    appointment_id: str
    exam: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeRetakeGranted:
    """An upheld challenge makes the next booking of the exam free."""

    challenge_id: str
    exam: str
    granted_on: date


Event = (
    AppointmentBooked
    | AppointmentPaid
    | AppointmentLapsed
    | AppointmentRescheduled
    | AppointmentCancelled
    | CandidateCheckedIn
    | CandidateTurnedAway
    | CandidateNoShowed
    | AgreementDeclined
    | ExamStarted
    | ExamDelivered
    | ExamInterrupted
    | FreeRetakeGranted
)
