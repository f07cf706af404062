"""Bookings at the built-in provider: find an exam, a place and a time, pay, move, give up (F10.1 to F10.10)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis.command_handling import Order
from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.service import DeskAtWork, rpc
from services.testing import schemas
from services.testing.adapters.built_in_provider import Session, Site, built_in_provider
from services.testing.domain.agreements import in_force, is_outdated
from services.testing.domain.appointments import (
    OPEN,
    BookAppointment,
    CancelAppointment,
    PayAppointment,
    RescheduleAppointment,
    appointments,
    day_at,
)
from services.testing.domain.booking_gate import Gate, obstacles
from services.testing.domain.bookings import Charge
from services.testing.domain.exam import Exam
from services.testing.domain.same_name import same_name
from services.testing.domain.seats import FreeSeat, TakeSeat, seats
from services.testing.domain.vouchers import UseVoucher, vouchers
from services.testing.projections import accommodations as accommodation_list
from services.testing.projections import appointments as appointment_list
from services.testing.projections import consents, history, names, receipts, sanctions
from services.testing.projections import seats as seat_list
from services.testing.projections.appointments import Appointment
from services.testing.service.desk import AtDesk
from services.testing.service.reading import attempts_at, catalogue, exam_of, iso, retake_from

GROUPS = (
    ("Proctored Exams", frozenset({"associate", "core", "concentration", "expert_written"})),
    ("Entry and Specialist Exams", frozenset({"entry", "specialist_exam"})),
    ("Practical Exams", frozenset({"expert_lab"})),
)
"""Headings under which exams are found; one of them is open at a time (F10.3)."""
BUILT_IN = "built-in"


class Bookings(AtDesk):
    """Appointments of candidates."""

    @rpc
    def find_exams(self, words: str = "", access_code: str = "") -> dict[str, Any]:
        """Exams that can be booked today, by group; an access code opens those that are not for everybody (F10.3)."""
        provider, today = built_in_provider(), self.desk.today()
        private = {code for exams in provider.private_access.values() for code in exams}
        opened = provider.private_access.get(access_code.strip().upper())
        if access_code.strip() and opened is None:
            raise Rejected("unknown-access-code")
        shown = [
            exam
            for exam in catalogue().exams.values()
            if _is_offered(exam, today) and (exam.code in opened if opened else exam.code not in private)
        ]
        found = [exam for exam in shown if _matches(exam, words, today)]
        return {
            "groups": [
                {"name": name, "exams": [_exam(exam, today) for exam in found if exam.role in roles]}
                for name, roles in GROUPS
            ],
            "total": len(found),
        }

    @rpc
    def exam(self, exam: str) -> dict[str, Any]:
        """One exam with its places."""
        known, provider = exam_of(exam), built_in_provider()
        today = self.desk.today()
        return {
            **_exam(known, today),
            "sites": [_site(site) for site in provider.sites_for(known)],
            "first_day": today.isoformat(),
            "last_day": provider.last_day(known, today).isoformat(),
            "accommodations": list(provider.accommodations),
        }

    @rpc
    def sessions(self, exam: str, site: str, from_day: str | None = None, days: int = 14) -> list[dict[str, Any]]:
        """Starts at a place, each with the seats that are left; nothing beyond the calendar or the last test day."""
        asked = schemas.sessions.load({"exam": exam, "site": site, "from_day": from_day, "days": days})
        known, provider = exam_of(exam), built_in_provider()
        place = provider.sites.get(asked["site"])
        if place is None or place not in provider.sites_for(known):
            raise Rejected("no-such-session")
        first = max(asked["from_day"] or self.desk.today(), self.desk.today())
        found = [
            session
            for day in _days(first, min(first + timedelta(days=asked["days"] - 1), self._last_day(known)))
            for session in provider.sessions(place, day)
            if session.starts_at > self.desk.now()
        ]
        with self.desk.read() as connection:
            taken = seat_list.taken(connection, (session.id for session in found))
        return [_session(session, place.seats - taken.get(session.id, 0)) for session in found]

    @rpc
    def quote(self, candidate_id: str, exam: str, site: str, voucher: str | None = None) -> dict[str, Any]:
        """What an exam costs the candidate at a place, with a voucher or without."""
        place = built_in_provider().sites.get(site)
        if place is None:
            raise Rejected("no-such-session")
        charge = built_in_provider().charge(exam_of(exam), place, voucher)
        if self._is_free(candidate_id, exam):
            charge = replace(charge, discount=charge.price, tax=0)
        return {
            "currency": charge.currency,
            "price": charge.price,
            "discount": charge.discount,
            "tax": charge.tax,
            "total": charge.total,
            "voucher": charge.voucher,
        }

    @rpc
    def book(self, candidate_id: str, exam: str, site: str, starts_at: str, **more: Any) -> dict[str, Any]:
        """Book and pay an exam; seat and appointment are taken together or not at all (F10.1, F10.6)."""
        asked = schemas.booking.load(
            {"candidate_id": candidate_id, "exam": exam, "site": site, "starts_at": starts_at, **more}
        )
        known = exam_of(exam)
        session = self._session(known, asked["site"], asked["starts_at"])
        charge = built_in_provider().charge(known, session.site, asked["voucher"])
        appointment_id = f"A-{self.desk.new_id('appointment')[:20]}"
        wanted = _allowed(asked["accommodations"])
        pays = not (asked["pay_later"] and known.is_lab)
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
        written = self.desk.handle_together([*used, self._order(candidate_id, command)])
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
        orders = [self._order(candidate_id, command)]
        if known.session != session.id:
            orders = [*self._freed(known), self._seat(session, appointment_id), *orders]
        written = self.desk.handle_together(orders)
        return {"appointment_id": appointment_id, "written": written[-1].mark}

    @rpc
    def cancel(self, candidate_id: str, appointment_id: str) -> dict[str, Any]:
        """Give an appointment up; the answer says whether the fee goes back (F10.7)."""
        known = self._own_appointment(candidate_id, appointment_id)
        command = CancelAppointment(appointment_id=appointment_id, now=self.desk.now(), terms=catalogue().booking)
        written = self.desk.handle_together([*self._freed(known), self._order(candidate_id, command)])
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

    @rpc
    def receipts(self, candidate_id: str, page: int = 1, page_size: int = 50) -> list[dict[str, Any]]:
        """What the candidate has paid, newest first (F10.10)."""
        asked = schemas.page_of.load({"candidate_id": candidate_id, "page": page, "page_size": page_size})
        with self.desk.read() as connection:
            found = receipts.of_candidate(connection, **asked)
        return [_receipt(one, self.desk.today()) for one in found]

    @rpc
    def receipt(self, candidate_id: str, receipt_id: str) -> dict[str, Any]:
        """One payment of the candidate."""
        with self.desk.read() as connection:
            found = receipts.one(connection, receipt_id)
        if found is None or found.candidate_id != candidate_id:
            raise NotFound("unknown-receipt")
        return _receipt(found, self.desk.today())

    def _gate(self, candidate_id: str, exam: Exam, confirmed_name: str | None, wanted: tuple[str, ...] = ()) -> Gate:
        """Everything that F10.6 asks about the candidate; no confirmed name where an appointment only moves."""
        lab = catalogue().labs.get(exam.code)
        codes = {exam.code} | ({one.exam for one in lab.qualifiers} if lab else set())
        with self.desk.read() as connection:
            attempts = attempts_at(connection, candidate_id, codes)
            banned_until = sanctions.banned_until(connection, candidate_id)
            accepted = consents.accepted(connection, candidate_id)
            granted = {
                one.accommodation
                for one in accommodation_list.of_candidate(connection, candidate_id)
                if one.status == "approved"
            }
            guardian_missing = consents.guardian_missing(connection, candidate_id)
            last_sat_on = history.last_sat_on(connection, candidate_id)
            box = names.of_candidate(connection, candidate_id)
        name = None if box is None else self.desk.unseal(candidate_id, box)
        confirmed = confirmed_name is None or (name is not None and same_name(confirmed_name, name))
        mine, current = attempts[exam.code], in_force(catalogue().agreements, self.desk.today())
        return Gate(
            name_confirmed=confirmed,
            next_allowed_on=retake_from(exam, mine),
            closed_for_good=exam.beta and bool(mine),
            lab=lab,
            passes=tuple((code, one.taken_on) for code in codes for one in attempts[code] if one.outcome == "pass"),
            lab_attempts=tuple(one.taken_on for one in mine) if lab else (),
            banned_until=banned_until,
            agreement_missing=confirmed_name is not None and is_outdated(current, accepted, last_sat_on),
            guardian_missing=guardian_missing,
            accommodations_missing=tuple(one for one in wanted if one not in granted),
        )

    def _is_free(self, candidate_id: str, exam: str) -> bool:
        with self.desk.read() as connection:
            return appointment_list.is_free(connection, candidate_id, exam)

    def _nothing_stands_in_the_way(self, command: BookAppointment) -> None:
        """Tell the reason before anything is paid; the decision itself asks again."""
        assert command.gate is not None
        day = day_at(command.place, command.starts_at)
        for obstacle in obstacles(command.gate, command.exam, command.starts_at, day, command.booked_at):
            raise Rejected(obstacle.code, **obstacle.details)

    def _session(self, exam: Exam, site: str, starts_at: Any) -> Session:
        session = built_in_provider().session(site, starts_at)
        if session.site.delivery not in exam.delivery:
            raise Rejected("no-such-session")
        if day_at(session.place, session.starts_at) > self._last_day(exam):
            raise Rejected("beyond-the-calendar", last_day=self._last_day(exam).isoformat())
        return session

    def _last_day(self, exam: Exam) -> date:
        return built_in_provider().last_day(exam, self.desk.today())

    def _own_appointment(self, candidate_id: str, appointment_id: str) -> Appointment:
        schemas.one_appointment.load({"candidate_id": candidate_id, "appointment_id": appointment_id})
        with self.desk.read() as connection:
            known = appointment_list.one(connection, appointment_id)
        if known is None or known.candidate_id != candidate_id:
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
            "appointment_id": one.appointment_id,
            "exam": one.exam,
            "acronym": one.acronym,
            "title": one.title,
            "delivery": one.delivery,
            "site": one.site,
            "site_name": one.site_name,
            "time_zone": one.time_zone,
            "starts_at": one.starts_at.isoformat(),
            "starts_on": one.starts_on.isoformat(),
            "minutes": one.minutes,
            "status": one.status,
            "channel": one.channel,
            "booked_at": one.booked_at.isoformat(),
            "currency": one.currency,
            "total": one.total,
            "paid": one.paid,
            "payment_due_on": iso(one.payment_due_on),
            "refunded": one.refunded,
            "accommodations": [each for each in one.accommodations.split(", ") if each],
            "changeable": is_open and in_time,
            "cancellable": is_open,
            "refund_if_cancelled": is_open and in_time and one.paid,
            "self_service": built_in_provider().self_service,
        }


def _is_offered(exam: Exam, today: date) -> bool:
    return exam.last_test_on is None or today <= exam.last_test_on


def _matches(exam: Exam, words: str, today: date) -> bool:
    name = exam.name_on(today)
    text = f"{exam.code} {name.acronym} {name.title} {exam.track}".casefold()
    return all(word in text for word in words.casefold().split())


def _exam(exam: Exam, today: date) -> dict[str, Any]:
    name = exam.name_on(max(today, exam.available_from or today))
    return {
        "exam": exam.code,
        "acronym": name.acronym,
        "title": name.title,
        "track": exam.track,
        "role": exam.role,
        "minutes": exam.minutes,
        "price": exam.price_cents,
        "currency": built_in_provider().currency,
        "delivery": list(exam.delivery),
        "lab": exam.is_lab,
        "last_test_on": iso(exam.last_test_on),
    }


def _site(site: Site) -> dict[str, Any]:
    return {"site": site.site, "name": site.name, "delivery": site.delivery, "time_zone": site.time_zone}


def _session(session: Session, left: int) -> dict[str, Any]:
    local = session.starts_at.astimezone(ZoneInfo(session.site.time_zone))
    return {
        "session": session.id,
        "site": session.site.site,
        "starts_at": session.starts_at.isoformat(),
        "day": local.date().isoformat(),
        "clock": f"{local:%H:%M}",
        "time_zone": session.site.time_zone,
        "seats_left": max(left, 0),
    }


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _allowed(asked: list[str]) -> tuple[str, ...]:
    """Only what can be arranged; it is granted before the booking and cannot be added later (F10.8)."""
    for one in asked:
        if one not in built_in_provider().accommodations:
            raise Rejected("unknown-accommodation", accommodation=one)
    return tuple(dict.fromkeys(asked))


def _voucher(desk: DeskAtWork, charge: Charge, appointment_id: str) -> list[Order]:
    """The use of the voucher that the charge names, if it names one."""
    if charge.voucher is None:
        return []
    uses = built_in_provider().voucher_uses[charge.voucher]
    command = UseVoucher(voucher=charge.voucher, appointment_id=appointment_id, uses=uses)
    return [desk.order(vouchers, charge.voucher, command, subject="")]


def _receipt(one: receipts.Receipt, today: date) -> dict[str, Any]:
    exam = catalogue().exams.get(one.exam or "")
    return {
        "receipt_id": one.receipt_id,
        "order_number": one.order_number,
        "item": one.item,
        "seller": list(built_in_provider().seller),
        "exam": one.exam,
        "title": None if exam is None else exam.name_on(min(today, one.paid_at.date())).title,
        "currency": one.currency,
        "price": one.price,
        "discount": one.discount,
        "tax": one.tax,
        "total": one.total,
        "voucher": one.voucher,
        "paid_at": one.paid_at.isoformat(),
        "refunded_at": iso(one.refunded_at),
    }
