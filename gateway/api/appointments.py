"""Exams to book, appointments and receipts (F10.1 to F10.10)."""

from datetime import date, datetime
from typing import Any

from gateway.api import exam_answers, exam_schemas, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.documents import exams as documents
from gateway.documents.printing import PDF, file_name, pdf

MINE = "/api/v1/me/appointments"
ONE = f"{MINE}/{{appointment_id}}"
NOT_NOW = {409: "The rules refuse it; `code` says why, `detail` what to do."}


async def exams(ask: Ask) -> Answer:
    """Exams that can be booked, by group."""
    return Answer(await ask.caller.result("testing", "find_exams", **ask.query))


async def exam(ask: Ask) -> Answer:
    """One exam and its places."""
    return Answer(await ask.caller.result("testing", "exam", exam=ask.path["exam"]))


async def sessions(ask: Ask) -> Answer:
    """Starts at a place with the seats that are left."""
    found = await ask.caller.result("testing", "sessions", exam=ask.path["exam"], **plain(ask.query))
    return Answer({"sessions": found})


async def quote(ask: Ask) -> Answer:
    """What the exam costs the candidate."""
    asked = {"candidate_id": ask.candidate_id, "exam": ask.path["exam"], **ask.query}
    return Answer(await ask.caller.result("testing", "quote", **asked))


async def appointments(ask: Ask) -> Answer:
    """One page of appointments, the latest start first."""
    found = await ask.caller.result("testing", "appointments", candidate_id=ask.candidate_id, **ask.query)
    return Answer({**found, "stale": bool(ask.caller.stale)})


async def appointment(ask: Ask) -> Answer:
    """One appointment."""
    return Answer(await ask.caller.result("testing", "appointment", **_mine(ask)))


async def book(ask: Ask) -> Answer:
    """Book an exam and pay it."""
    return Answer(await ask.command("testing", "book", candidate_id=ask.candidate_id, **plain(ask.body)), 201)


async def pay(ask: Ask) -> Answer:
    """Pay a lab that was booked without."""
    return Answer(await ask.command("testing", "pay", **_mine(ask), **ask.body))


async def move(ask: Ask) -> Answer:
    """Move an appointment."""
    return Answer(await ask.command("testing", "reschedule", **_mine(ask), **plain(ask.body)))


async def cancel(ask: Ask) -> Answer:
    """Give an appointment up."""
    return Answer(await ask.command("testing", "cancel", **_mine(ask)))


async def receipts(ask: Ask) -> Answer:
    """One page of payments."""
    found = await ask.caller.result("testing", "receipts", candidate_id=ask.candidate_id, **ask.query)
    return Answer({"receipts": found, "stale": bool(ask.caller.stale)})


async def receipt(ask: Ask) -> Answer:
    """One payment."""
    found = await ask.caller.result(
        "testing", "receipt", candidate_id=ask.candidate_id, receipt_id=ask.path["receipt_id"]
    )
    return Answer(found)


async def receipt_pdf(ask: Ask) -> Answer:
    """The receipt on paper."""
    mine: dict[str, Any] = {"candidate_id": ask.candidate_id}
    found = await ask.caller.result("testing", "receipt", **mine, receipt_id=ask.path["receipt_id"])
    profile = await ask.caller.result("identity", "profile", **mine)
    return Answer(await pdf(documents.receipt(found, profile), file_name("receipt", found["order_number"])))


def _mine(ask: Ask) -> dict[str, Any]:
    return {"candidate_id": ask.candidate_id, "appointment_id": ask.path["appointment_id"]}


def plain(loaded: dict[str, Any]) -> dict[str, Any]:
    """Days and moments as text, as the services take them."""
    return {name: one.isoformat() if isinstance(one, date | datetime) else one for name, one in loaded.items()}


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/exams", summary="Find exams to book", handler=exams,
        query=exam_schemas.Search(), answer=exam_answers.FoundExams(), also=NOT_NOW,
    ),
    Operation(
        method="GET", path="/api/v1/exams/{exam}", summary="One exam and its places", handler=exam,
        answer=exam_answers.ExamPlaces(), also=NOT_NOW,
    ),
    Operation(
        method="GET", path="/api/v1/exams/{exam}/sessions", summary="Free times of an exam", handler=sessions,
        query=exam_schemas.SessionsQuery(), answer=exam_answers.FreeTimes(), also=NOT_NOW,
    ),
    Operation(
        method="GET", path="/api/v1/exams/{exam}/quote", summary="Price of an exam", handler=quote,
        query=exam_schemas.QuoteQuery(), answer=exam_answers.Quote(), also=NOT_NOW,
    ),
    Operation(
        method="GET", path=MINE, summary="Appointments", handler=appointments,
        query=exam_schemas.Paging(), answer=exam_answers.Appointments(),
    ),
    Operation(
        method="POST", path=MINE, summary="Book an exam", handler=book, body=exam_schemas.NewAppointment(),
        answer=exam_answers.AppointmentId(), status=201, writes=True, also=NOT_NOW,
    ),
    Operation(
        method="GET", path=ONE, summary="One appointment", handler=appointment, answer=exam_answers.Appointment(),
        also={404: "There is no such appointment."},
    ),
    Operation(
        method="POST", path=f"{ONE}/payment", summary="Pay an appointment", handler=pay, body=exam_schemas.Payment(),
        answer=exam_answers.AppointmentId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{ONE}/move", summary="Move an appointment", handler=move, body=exam_schemas.Move(),
        answer=exam_answers.AppointmentId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{ONE}/cancellation", summary="Give an appointment up", handler=cancel,
        body=schemas.Empty(), answer=exam_answers.AppointmentId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="GET", path="/api/v1/me/receipts", summary="Receipts", handler=receipts,
        query=exam_schemas.Paging(), answer=exam_answers.Receipts(),
    ),
    Operation(
        method="GET", path="/api/v1/me/receipts/{receipt_id}", summary="One receipt", handler=receipt,
        answer=exam_answers.Receipt(), also={404: "There is no such receipt."},
    ),
    Operation(
        method="GET", path="/api/v1/me/receipts/{receipt_id}/pdf", summary="One receipt as PDF", handler=receipt_pdf,
        answer=exam_answers.Receipt(), gives=PDF, also={404: "There is no such receipt."},
    ),
)  # fmt: skip
