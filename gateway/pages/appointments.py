"""Appointments and receipts: see, move, give up, pay (F10.2, F10.4, F10.5, F10.7, F10.10)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import exam_schemas
from gateway.api.appointments import plain
from gateway.documents import exams as documents
from gateway.documents.printing import file_name, pdf
from gateway.language import say
from gateway.pages.exam_words import vocabulary
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.schedule import DAYS, by_day, first_day
from gateway.pages.visit import Visit

LIST = "/schedule/appointments"
ONE = f"{LIST}/{{appointment_id}}"
MOVE = exam_schemas.Move()
PAYMENT = exam_schemas.Payment()


async def appointments(visit: Visit) -> Response:
    """All appointments, however they were made."""
    answers, silent = await visit.caller.together(
        testing=visit.caller.ask("testing", "appointments", candidate_id=visit.candidate_id, page_size=100)
    )
    found = answers["testing"] or {"appointments": []}
    return visit.show(
        "appointments", appointments=found["appointments"], silent=bool(silent), stale=bool(visit.caller.stale),
        **vocabulary(),
    )  # fmt: skip


async def ask_move(visit: Visit) -> Response:
    """Another place or time."""
    return await _move(visit, NONE)


async def move(visit: Visit) -> Response:
    """Move the appointment."""
    site, _, starts_at = visit.form.get("session", "").partition("|")
    data, trouble = load(MOVE, {"site": site, "starts_at": starts_at})
    if trouble:
        trouble = Trouble({"session": say("Please choose a time.")})
    else:
        trouble = await _send(visit, "reschedule", **plain(data))
    return await _move(visit, trouble) if trouble else visit.go(LIST, notice="exam-moved")


async def ask_cancel(visit: Visit) -> Response:
    """What giving up means, before it is done."""
    return await _one(visit, "cancel_appointment", NONE)


async def cancel(visit: Visit) -> Response:
    """Give the appointment up."""
    trouble = await _send(visit, "cancel")
    return await _one(visit, "cancel_appointment", trouble) if trouble else visit.go(LIST, notice="exam-cancelled")


async def ask_payment(visit: Visit) -> Response:
    """Voucher and card."""
    return await _one(visit, "pay_appointment", NONE)


async def pay(visit: Visit) -> Response:
    """Pay a lab that was booked without."""
    data, trouble = load(PAYMENT, {name: visit.form.get(name, "").strip() for name in ("card", "voucher")})
    if not trouble:
        trouble = await _send(visit, "pay", **data)
    return await _one(visit, "pay_appointment", trouble) if trouble else visit.go(LIST, notice="exam-paid")


async def receipts(visit: Visit) -> Response:
    """Payments, newest first."""
    answers, silent = await visit.caller.together(
        testing=visit.caller.ask("testing", "receipts", candidate_id=visit.candidate_id, page_size=100)
    )
    return visit.show(
        "receipts", receipts=answers["testing"] or [], silent=bool(silent), stale=bool(visit.caller.stale),
        **vocabulary(),
    )  # fmt: skip


async def receipt(visit: Visit) -> Response:
    """One payment."""
    return visit.show("receipt", receipt=await _paid(visit), **vocabulary())


async def receipt_pdf(visit: Visit) -> Response:
    """The same on paper."""
    found = await _paid(visit)
    profile = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    return await pdf(documents.receipt(found, profile), file_name("receipt", found["order_number"]))


async def _paid(visit: Visit) -> dict[str, Any]:
    asked: dict[str, Any] = {"candidate_id": visit.candidate_id, "receipt_id": visit.path["receipt_id"]}
    return dict(await visit.caller.result("testing", "receipt", **asked))


async def _send(visit: Visit, method: str, **arguments: Any) -> Trouble:
    try:
        await visit.command("testing", method, candidate_id=visit.candidate_id, **visit.path, **arguments)
    except (Rejected, Failure) as error:
        return trouble_of(error)
    return NONE


async def _one(visit: Visit, template: str, trouble: Trouble, **more: Any) -> Response:
    found = await visit.caller.result(
        "testing", "appointment", candidate_id=visit.candidate_id, appointment_id=visit.path["appointment_id"]
    )
    return visit.show(
        template, appointment=found, trouble=trouble, values=visit.form, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable, **more, **vocabulary(),
    )  # fmt: skip


async def _move(visit: Visit, trouble: Trouble) -> Response:
    caller = visit.caller
    known = await caller.result(
        "testing", "appointment", candidate_id=visit.candidate_id, appointment_id=visit.path["appointment_id"]
    )
    exam = await caller.result("testing", "exam", exam=known["exam"])
    sites = {site["site"]: site for site in exam["sites"]}
    site = visit.query.get("site", known["site"])
    site = site if site in sites else next(iter(sites), "")
    from_day = first_day(visit.query.get("from_day", ""), exam)
    found = await caller.result("testing", "sessions", exam=known["exam"], site=site, from_day=from_day, days=DAYS)
    return await _one(
        visit, "move_appointment", trouble, exam=exam, sites=sites, site=site, from_day=from_day, days=by_day(found)
    )


PAGES = (
    Page(method="GET", path=LIST, handler=appointments),
    Page(method="GET", path=f"{ONE}/move", handler=ask_move),
    Page(method="POST", path=f"{ONE}/move", handler=move),
    Page(method="GET", path=f"{ONE}/cancellation", handler=ask_cancel),
    Page(method="POST", path=f"{ONE}/cancellation", handler=cancel),
    Page(method="GET", path=f"{ONE}/payment", handler=ask_payment),
    Page(method="POST", path=f"{ONE}/payment", handler=pay),
    Page(method="GET", path="/schedule/receipts", handler=receipts),
    Page(method="GET", path="/schedule/receipts/{receipt_id}", handler=receipt),
    Page(method="GET", path="/schedule/receipts/{receipt_id}/pdf", handler=receipt_pdf),
)
