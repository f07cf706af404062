"""Appointments: what may be booked, moved and given up, and what happens on the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.testing import given
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    GrantFreeRetake,
    LapseAppointment,
    NoteAtCentre,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.booking_gate import Gate
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
    ExamDelivered,
    ExamInterrupted,
    ExamStarted,
    FreeRetakeGranted,
    Place,
)

CATALOGUE = exam_catalogue()
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
START = datetime(2026, 12, 1, 8, tzinfo=UTC)
CENTRE = Place(
    delivery="centre",
    site="amsterdam",
    site_name="Amsterdam",
    time_zone="Europe/Amsterdam",
    session="amsterdam.2026-12-01.0900",
)
LAB_ROOM = replace(CENTRE, delivery="lab", site="brussels-lab", site_name="Brussels", session=None)
CHARGE = Charge(currency="USD", price=30_000, tax=6_300)
BOOK = BookAppointment(
    appointment_id="A-1",
    provider_reference=None,
    exam=CATALOGUE.exams["200-301"],
    place=CENTRE,
    starts_at=START,
    booked_at=NOW,
    channel="portal",
    charge=CHARGE,
    terms=CATALOGUE.booking,
    gate=Gate(name_confirmed=True),
    order_number="P-1",
)
LAB = replace(
    BOOK,
    exam=CATALOGUE.exams["LAB-EI"],
    place=LAB_ROOM,
    starts_at=datetime(2027, 6, 1, 6, tzinfo=UTC),
    order_number=None,
    gate=Gate(name_confirmed=True, lab=CATALOGUE.labs["LAB-EI"], passes=(("350-401", date(2026, 5, 1)),)),
)
BOOKED = AppointmentBooked(
    appointment_id="A-1",
    provider_reference=None,
    exam="200-301",
    acronym="CCNA",
    title="Implementing and Administering Cisco Solutions",
    role="associate",
    place=CENTRE,
    starts_at=START,
    minutes=120,
    booked_at=NOW,
    channel="portal",
    charge=CHARGE,
    payment_due_on=None,
)
PAID = AppointmentPaid(appointment_id="A-1", exam="200-301", order_number="P-1", charge=CHARGE, paid_at=NOW)
CHECKED_IN = CandidateCheckedIn(appointment_id="A-1", exam="200-301", at=START)
STARTED = ExamStarted(appointment_id="A-1", exam="200-301", agreement_version="2026-01", at=START)
INTERRUPTED = ExamInterrupted(appointment_id="A-1", exam="200-301", at=START, reason="power-failure")


def note(happening, **more):
    return NoteAtCentre(appointment_id="A-1", happening=happening, at=START, **more)


def refused(gate, code, **details):
    given(appointments).when(replace(BOOK, gate=replace(BOOK.gate, **gate))).then_rejected(code, **details)


@pytest.mark.feature("F10.1")
def test_an_exam_is_booked_and_paid_in_one_step():
    given(appointments).when(BOOK).then(BOOKED, PAID)
    given(appointments, BOOKED, PAID).when(BOOK).then_nothing()


@pytest.mark.feature("F10.6")
@pytest.mark.parametrize(
    ("gate", "code", "details"),
    [
        ({"name_confirmed": False}, "name-not-confirmed", {}),
        (
            {"next_allowed_on": date(2026, 12, 2)},
            "retake-too-early",
            {"exam": "200-301", "next_allowed_on": "2026-12-02"},
        ),
        ({"banned_until": date(2026, 12, 1)}, "candidate-banned", {"until": "2026-12-01"}),
        ({"agreement_missing": True}, "agreement-missing", {}),
        ({"guardian_missing": True}, "guardian-consent-missing", {}),
        ({"closed_for_good": True}, "exam-once-only", {"exam": "200-301"}),
    ],
)
def test_each_check_refuses_with_its_own_reason(gate, code, details):
    refused(gate, code, **details)


@pytest.mark.feature("F10.6")
def test_the_day_on_which_a_wait_or_a_ban_is_over_is_allowed():
    gate = replace(BOOK.gate, next_allowed_on=date(2026, 12, 1), banned_until=date(2026, 11, 30))
    given(appointments).when(replace(BOOK, gate=gate)).then(BOOKED, PAID)


@pytest.mark.feature("F10.6")
def test_an_exam_cannot_be_booked_after_its_last_test_day():
    exam = replace(BOOK.exam, last_test_on=date(2026, 11, 30))
    given(appointments).when(replace(BOOK, exam=exam)).then_rejected(
        "exam-retired", exam="200-301", last_test_on="2026-11-30"
    )
    on_the_day = replace(BOOK, exam=replace(exam, last_test_on=date(2026, 12, 1)))
    given(appointments).when(on_the_day).then(BOOKED, PAID)


@pytest.mark.rule("R-Q3")
def test_a_lab_needs_a_qualifier_that_lasts_until_its_day():
    def with_pass(day):
        return replace(LAB, gate=replace(LAB.gate, passes=(("350-401", day),)))

    given(appointments).when(replace(LAB, gate=replace(LAB.gate, passes=()))).then_rejected(
        "qualifier-missing", qualifiers="350-401"
    )
    given(appointments).when(with_pass(date(2025, 11, 30))).then_rejected(
        "qualifier-too-old", qualifiers="350-401", until="2027-05-30"
    )
    (booked,) = appointments.decide(with_pass(date(2025, 12, 1)), appointments.initial)
    assert booked.exam == "LAB-EI"


@pytest.mark.rule("R-Q3")
def test_after_a_first_attempt_in_time_the_qualifier_lasts_three_years():
    gate = replace(LAB.gate, passes=(("350-401", date(2024, 6, 1)),), lab_attempts=(date(2025, 12, 1),))
    (booked,) = appointments.decide(replace(LAB, gate=gate), appointments.initial)
    assert booked.exam == "LAB-EI"
    late = replace(gate, lab_attempts=(date(2025, 12, 2),))
    given(appointments).when(replace(LAB, gate=late)).then_rejected(
        "qualifier-too-old", qualifiers="350-401", until="2025-12-01"
    )


def test_one_open_appointment_per_exam():
    given(appointments, BOOKED, PAID).when(replace(BOOK, appointment_id="A-2")).then_rejected(
        "already-booked", appointment_id="A-1"
    )


@pytest.mark.feature("F10.2")
def test_a_booking_of_the_provider_is_taken_as_it_is():
    by_phone = replace(BOOK, gate=None, order_number=None, channel="phone", provider_reference="VUE-A-1")
    told = replace(BOOKED, channel="phone", provider_reference="VUE-A-1")
    given(appointments).when(by_phone).then(told)
    given(appointments, told).when(replace(by_phone, starts_at=START + timedelta(hours=1))).then_rejected(
        "provider-record-contradicts", appointment_id="A-1"
    )


@pytest.mark.feature("F10.7")
@pytest.mark.parametrize(
    ("before", "refunded"),
    [(timedelta(hours=24), True), (timedelta(hours=23, minutes=59), False)],
)
def test_cancelling_is_free_until_24_hours_before(before, refunded):
    cancel = CancelAppointment(appointment_id="A-1", now=START - before, terms=CATALOGUE.booking)
    fact = AppointmentCancelled(appointment_id="A-1", exam="200-301", cancelled_at=START - before, refunded=refunded)
    given(appointments, BOOKED, PAID).when(cancel).then(fact)
    given(appointments, BOOKED, PAID, fact).when(cancel).then_nothing()


@pytest.mark.feature("F10.7")
def test_an_appointment_moves_until_24_hours_before():
    later = START + timedelta(days=1)
    move = RescheduleAppointment(
        appointment_id="A-1",
        exam=BOOK.exam,
        place=CENTRE,
        starts_at=later,
        now=START - timedelta(hours=24),
        terms=CATALOGUE.booking,
        gate=BOOK.gate,
    )
    moved = AppointmentRescheduled(
        appointment_id="A-1", exam="200-301", place=CENTRE, starts_at=later, rescheduled_at=move.now
    )
    given(appointments, BOOKED, PAID).when(move).then(moved)
    given(appointments, BOOKED, PAID, moved).when(move).then_nothing()
    too_late = replace(move, now=START - timedelta(hours=23, minutes=59))
    given(appointments, BOOKED, PAID).when(too_late).then_rejected("too-late-to-change", starts_at=START.isoformat())


@pytest.mark.feature("F10.6")
def test_an_appointment_does_not_move_into_a_ban():
    move = RescheduleAppointment(
        appointment_id="A-1",
        exam=BOOK.exam,
        place=CENTRE,
        starts_at=START + timedelta(days=1),
        now=NOW,
        terms=CATALOGUE.booking,
        gate=replace(BOOK.gate, banned_until=date(2027, 1, 1)),
    )
    given(appointments, BOOKED, PAID).when(move).then_rejected("candidate-banned", until="2027-01-01")


def test_a_lab_is_paid_ninety_days_before_and_lapses_the_day_after():
    (booked,) = appointments.decide(LAB, appointments.initial)
    assert booked.payment_due_on == date(2027, 3, 3)
    history = given(appointments, booked)
    history.when(LapseAppointment(appointment_id="A-1", today=date(2027, 3, 3))).then_nothing()
    lapsed = AppointmentLapsed(appointment_id="A-1", exam="LAB-EI", lapsed_on=date(2027, 3, 4))
    history.when(LapseAppointment(appointment_id="A-1", today=date(2027, 3, 9))).then(lapsed)
    pay = PayAppointment(appointment_id="A-1", order_number="P-9", charge=CHARGE, paid_at=NOW)
    paid = AppointmentPaid(appointment_id="A-1", exam="LAB-EI", order_number="P-9", charge=CHARGE, paid_at=NOW)
    history.when(pay).then(paid)
    given(appointments, booked, paid).when(
        LapseAppointment(appointment_id="A-1", today=date(2027, 3, 9))
    ).then_nothing()
    given(appointments, booked, lapsed).when(pay).then_rejected("appointment-not-open", status="lapsed")


@pytest.mark.parametrize(
    ("history", "command", "fact"),
    [
        ([], note("check-in"), CHECKED_IN),
        (
            [],
            note("turn-away", reason="identity-mismatch"),
            CandidateTurnedAway(appointment_id="A-1", exam="200-301", at=START, reason="identity-mismatch"),
        ),
        ([CHECKED_IN], note("decline"), AgreementDeclined(appointment_id="A-1", exam="200-301", at=START)),
        ([CHECKED_IN], note("start", agreement_version="2026-01"), STARTED),
        ([CHECKED_IN, STARTED], note("deliver"), ExamDelivered(appointment_id="A-1", exam="200-301", at=START)),
        ([CHECKED_IN, STARTED], note("interrupt", reason="power-failure"), INTERRUPTED),
    ],
)
def test_the_day_goes_step_by_step_and_no_step_counts_twice(history, command, fact):
    given(appointments, BOOKED, PAID, *history).when(command).then(fact)
    given(appointments, BOOKED, PAID, *history, fact).when(command).then_nothing()


def test_a_step_that_is_not_next_is_refused():
    given(appointments, BOOKED, PAID).when(note("deliver")).then_rejected(
        "appointment-not-there-yet", status="paid", happening="deliver"
    )


@pytest.mark.rule("R-T5")
def test_a_no_show_names_the_exam_for_the_history():
    given(appointments, BOOKED, PAID).when(note("no-show")).then(
        CandidateNoShowed(
            appointment_id="A-1",
            exam="200-301",
            acronym="CCNA",
            title="Implementing and Administering Cisco Solutions",
            role="associate",
            place=CENTRE,
            starts_on=date(2026, 12, 1),
            at=START,
        )
    )


@pytest.mark.rule("R-T5")
@pytest.mark.parametrize("owed_by", ["A-1", "CH-1"])
def test_an_interrupted_sitting_or_an_upheld_challenge_makes_the_next_booking_free(owed_by):
    before = {
        "A-1": [BOOKED, PAID, CHECKED_IN, STARTED, INTERRUPTED],
        "CH-1": [FreeRetakeGranted(challenge_id="CH-1", exam="200-301", granted_on=NOW.date())],
    }[owed_by]
    free = Charge(currency="USD", price=30_000, discount=30_000)
    again = replace(BOOK, appointment_id="A-2")
    booked = replace(BOOKED, appointment_id="A-2", charge=free, instead_of=owed_by)
    paid = replace(PAID, appointment_id="A-2", charge=free)
    given(appointments, *before).when(again).then(booked, paid)
    cancelled = AppointmentCancelled(appointment_id="A-2", exam="200-301", cancelled_at=NOW, refunded=True)
    third = replace(BOOK, appointment_id="A-3")
    after = given(appointments, *before, booked, paid, cancelled)
    after.when(third).then(replace(booked, appointment_id="A-3"), replace(paid, appointment_id="A-3"))


def test_a_retake_is_granted_once():
    grant = GrantFreeRetake(challenge_id="CH-1", exam="200-301", granted_on=NOW.date())
    fact = FreeRetakeGranted(challenge_id="CH-1", exam="200-301", granted_on=NOW.date())
    given(appointments).when(grant).then(fact)
    given(appointments, fact).when(grant).then_nothing()
