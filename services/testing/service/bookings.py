"""Bookings at the built-in provider: take a place and a time, pay, move, give up (F10.1 to F10.8)."""

from typing import Any

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import DeskAtWork, rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import Session, built_in_provider
from services.testing.domain.appointment_states import OPEN
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.bookings import Charge
from services.testing.domain.seats import FreeSeat, TakeSeat, seats
from services.testing.domain.vouchers import ReturnVoucher, UseVoucher, vouchers
from services.testing.projections import appointments as appointment_list
from services.testing.projections import receipts
from services.testing.projections.appointments import Appointment
from services.testing.service.finding import Finding
from services.testing.service.reading import booked, exam_of, iso
from services.testing.service.rules import catalogue


class Bookings(Finding):
    """Appointments of candidates."""

    @rpc
    def book(self, candidate_id: str, exam: str, site: str, starts_at: str, **more: Any) -> dict[str, Any]:
        """Book and pay an exam; seat and appointment are taken together or not at all (F10.1, F10.6)."""
        asked = schemas.booking.load(
            {"candidate_id": candidate_id, "exam": exam, "site": site, "starts_at": starts_at, **more}
        )
        known = exam_of(exam)
        session = self._session(known, asked["site"], asked["starts_at"])
        pays = not (asked["pay_later"] and known.is_lab)
        if asked["voucher"] and not pays:
            raise Rejected("voucher-when-paying")
        charge = built_in_provider().charge(known, session.site, asked["voucher"])
        appointment_id = f"A-{self.desk.new_id('appointment')[:20]}"
        wanted = _allowed(asked["accommodations"])
        command = BookAppointment(
            appointment_id=appointment_id,
            provider_reference=None,
            exam=known,
            place=session.place,
            starts_at=session.starts_at,
            booked_at=self.desk.now(),
            channel="portal",
            charge=charge,
            terms=catalogue().booking,
            gate=self._gate(candidate_id, known, asked["confirmed_name"], wanted),
            order_number=self._order_number() if pays else None,
            accommodations=wanted,
        )
        self._nothing_stands_in_the_way(command)
        if pays and not self._is_free(candidate_id, exam):
            built_in_provider().take_payment(asked["card"], charge.total)
        used = [] if self._is_free(candidate_id, exam) else _voucher(self.desk, charge, appointment_id)
        written = self.desk.handle_together(
            [self._seat(session, appointment_id), *used, self._order(candidate_id, command)],
        )
        return {"appointment_id": appointment_id, "written": written[-1].mark}

    @rpc
    def pay(self, candidate_id: str, appointment_id: str, card: str = "", voucher: str | None = None) -> dict[str, Any]:
        """Pay a lab that was booked without."""
        asked = schemas.payment.load(
            {"candidate_id": candidate_id, "appointment_id": appointment_id, "card": card, "voucher": voucher}
        )
        known = self._own_appointment(candidate_id, appointment_id)
        if known.paid:
            return {"appointment_id": appointment_id, "written": None}
        site = built_in_provider().sites.get(known.site)
        if site is None:
            raise Rejected("provider-self-service")
        charge = built_in_provider().charge(exam_of(known.exam), site, asked["voucher"])
        built_in_provider().take_payment(asked["card"], charge.total)
        command = PayAppointment(
            appointment_id=appointment_id,
            order_number=self._order_number(),
            charge=charge,
            paid_at=self.desk.now(),
        )
        used = _voucher(self.desk, charge, appointment_id)
        written = self.desk.handle_together([*used, self._order(known.candidate_id, command)])
        return {"appointment_id": appointment_id, "written": written[-1].mark}

    @rpc
    def reschedule(self, candidate_id: str, appointment_id: str, site: str, starts_at: str) -> dict[str, Any]:
        """Move an appointment to another session, also one that was made by phone (F10.2, F10.7)."""
        asked = schemas.reschedule.load(
            {"candidate_id": candidate_id, "appointment_id": appointment_id, "site": site, "starts_at": starts_at}
        )
        known = self._own_appointment(candidate_id, appointment_id)
        exam = exam_of(known.exam)
        session = self._session(exam, asked["site"], asked["starts_at"])
        command = RescheduleAppointment(
            appointment_id=appointment_id,
            exam=exam,
            place=session.place,
            starts_at=session.starts_at,
            now=self.desk.now(),
            terms=catalogue().booking,
            gate=self._gate(candidate_id, exam, None),
        )
        orders = [self._order(known.candidate_id, command)]
        if known.session != session.id:
            orders = [*self._freed(known), self._seat(session, appointment_id), *orders]
        written = self.desk.handle_together(orders)
        return {"appointment_id": appointment_id, "written": written[-1].mark}

    @rpc
    def cancel(self, candidate_id: str, appointment_id: str) -> dict[str, Any]:
        """Give an appointment up; with the fee a voucher's use goes back (F10.7)."""
        known = self._own_appointment(candidate_id, appointment_id)
        command = CancelAppointment(appointment_id=appointment_id, now=self.desk.now(), terms=catalogue().booking)
        in_time = command.terms.may_change(known.starts_at, command.now)
        returned = self._voucher_returned(appointment_id) if in_time else []
        written = self.desk.handle_together([*self._freed(known), *returned, self._order(known.candidate_id, command)])
        return {"appointment_id": appointment_id, "written": written[-1].mark}

    @rpc
    def appointments(self, candidate_id: str, page: int = 1, page_size: int = 50) -> dict[str, Any]:
        """The candidate's appointments, the latest first, however they were made (F10.2, F10.5)."""
        asked = schemas.page_of.load({"candidate_id": candidate_id, "page": page, "page_size": page_size})
        with self.desk.read() as connection:
            found, total = appointment_list.of_candidate(connection, **asked)
        return {"appointments": [self._booking(one) for one in found], "total": total}

    @rpc
    def appointment(self, candidate_id: str, appointment_id: str) -> dict[str, Any]:
        """One of the candidate's appointments."""
        return self._booking(self._own_appointment(candidate_id, appointment_id))

    def _own_appointment(self, candidate_id: str, appointment_id: str) -> Appointment:
        schemas.one_appointment.load({"candidate_id": candidate_id, "appointment_id": appointment_id})
        with self.desk.read() as connection:
            known = appointment_list.one(connection, appointment_id)
        if known is None or not self._is_theirs(candidate_id, known.candidate_id):
            raise NotFound("unknown-appointment")
        return known

    def _seat(self, session: Session, appointment_id: str) -> Order:
        command = TakeSeat(session=session.id, appointment_id=appointment_id, capacity=session.site.seats)
        return self.desk.order(seats, session.id, command, subject="")

    def _freed(self, known: Appointment) -> list[Order]:
        if known.session is None:
            return []
        command = FreeSeat(session=known.session, appointment_id=known.appointment_id)
        return [self.desk.order(seats, known.session, command, subject="")]

    def _voucher_returned(self, appointment_id: str) -> list[Order]:
        with self.desk.read() as connection:
            receipt = receipts.one(connection, appointment_id)
        if receipt is None or receipt.voucher is None:
            return []
        command = ReturnVoucher(voucher=receipt.voucher, appointment_id=appointment_id)
        return [self.desk.order(vouchers, receipt.voucher, command, subject="")]

    def _order(self, candidate_id: str, command: object) -> Order:
        return self.desk.order(appointments, candidate_id, command, subject=candidate_id)

    def _order_number(self) -> str:
        """Readable, 50 bits wide, and the same when the command is repeated."""
        digits = self.desk.new_id("order")
        return f"P-{digits[:5]}-{digits[5:10]}"

    def _booking(self, one: Appointment) -> dict[str, Any]:
        is_open = one.status in OPEN and one.starts_at > self.desk.now()
        in_time = catalogue().booking.may_change(one.starts_at, self.desk.now())
        return {
            **booked(one),
            "delivery": one.delivery,
            "booked_at": one.booked_at.isoformat(),
            "currency": one.currency,
            "total": one.total,
            "payment_due_on": iso(one.payment_due_on),
            "refunded": one.refunded,
            "changeable": is_open and in_time,
            "cancellable": is_open,
            "refund_if_cancelled": is_open and in_time and one.paid,
            "self_service": built_in_provider().self_service,
        }


def _voucher(desk: DeskAtWork, charge: Charge, appointment_id: str) -> list[Order]:
    """The use of the voucher that the charge names, if it names one."""
    if charge.voucher is None:
        return []
    uses = built_in_provider().voucher_uses[charge.voucher]
    command = UseVoucher(voucher=charge.voucher, appointment_id=appointment_id, uses=uses)
    return [desk.order(vouchers, charge.voucher, command, subject="")]


def _allowed(asked: list[str]) -> tuple[str, ...]:
    """Only what can be arranged; it is granted before the booking and cannot be added later (F10.8)."""
    for one in asked:
        if one not in built_in_provider().accommodations:
            raise Rejected("unknown-accommodation", accommodation=one)
    return tuple(dict.fromkeys(asked))
