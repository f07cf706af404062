"""Schedule: find an exam, choose place and time, confirm the name, pay (F10.1, F10.3, F10.6, F10.8)."""

from dataclasses import replace
from datetime import date
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import exam_schemas
from gateway.api.appointments import plain
from gateway.pages.booking_ways import way_out
from gateway.pages.exam_words import vocabulary
from gateway.pages.forms import NONE, Trouble, answered, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

BOOKING = exam_schemas.NewAppointment()
DAYS = 14
FIELDS = {
    "name-not-confirmed": "confirmed_name", "unknown-voucher": "voucher", "payment-declined": "card",
    "test-card-needed": "card", "voucher-used-up": "voucher",
    "voucher-when-paying": "voucher",
}  # fmt: skip
"""Where a refusal is best told."""


async def find(visit: Visit) -> Response:
    """Exams by group, narrowed by words or opened by an access code."""
    words, code = visit.query.get("words", "").strip()[:100], visit.query.get("access_code", "").strip()[:60]
    trouble = NONE
    try:
        found = await visit.caller.result("testing", "find_exams", words=words, access_code=code)
    except Rejected as refusal:
        told = trouble_of(refusal)
        trouble = Trouble({"access_code": told.message}, status=told.status)
        found = await visit.caller.result("testing", "find_exams", words=words)
    return visit.show(
        "schedule", found=found, words=words, access_code=code, trouble=trouble, **vocabulary(),
        status=trouble.status if trouble else 200,
    )  # fmt: skip


async def choose(visit: Visit) -> Response:
    """Next: on to the exam that was chosen."""
    exam = visit.query.get("exam", "")
    return visit.go(f"/schedule/exams/{exam}") if exam and "/" not in exam else visit.go("/schedule")


async def times(visit: Visit) -> Response:
    """Places of the exam and the free times of one of them."""
    exam = await visit.caller.result("testing", "exam", exam=visit.path["exam"])
    return await _times(visit, exam, "exam_times")


async def _times(visit: Visit, exam: dict[str, Any], template: str, **more: Any) -> Response:
    sites = {site["site"]: site for site in exam["sites"]}
    site = visit.query.get("site", "")
    site = site if site in sites else next(iter(sites), "")
    from_day = first_day(visit.query.get("from_day", ""), exam)
    found = []
    if site:
        found = await visit.caller.result(
            "testing", "sessions", exam=exam["exam"], site=site, from_day=from_day, days=DAYS
        )
    return visit.show(
        template, exam=exam, sites=sites, site=site, from_day=from_day, days=by_day(found), **more, **vocabulary()
    )


def first_day(asked: str, exam: dict[str, Any]) -> str:
    """The day from which times are shown; one that makes no sense is today."""
    try:
        day = date.fromisoformat(asked).isoformat()
    except ValueError:
        day = exam["first_day"]
    return str(min(max(day, exam["first_day"]), exam["last_day"]))


def by_day(sessions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Free times by their day at the place."""
    found: dict[str, list[dict[str, Any]]] = {}
    for session in sessions:
        found.setdefault(session["day"], []).append(session)
    return found


async def ask_booking(visit: Visit) -> Response:
    """Name, accommodations, voucher and card for the time that was chosen."""
    if not visit.query.get("starts_at"):
        return visit.go(f"/schedule/exams/{visit.path['exam']}")
    return await _booking(visit, NONE)


async def book(visit: Visit) -> Response:
    """Book and pay, or look at the price first; twenty clicks on one form make one booking."""
    if visit.form.get("act") == "price":
        return await _booking(visit, NONE)
    entered: dict[str, Any] = {name: visit.form.get(name, "").strip() for name in ("site", "starts_at", "voucher")}
    entered |= {name: visit.form.get(name, "").strip() for name in ("confirmed_name", "card")}
    entered |= {"exam": visit.path["exam"], "accommodations": visit.many("accommodations")}
    entered |= {"pay_later": visit.form.get("payment") == "later"}
    data, trouble = load(BOOKING, entered)
    if not trouble:
        trouble = await _send(visit, data)
    return await _booking(visit, trouble) if trouble else visit.go("/schedule/appointments", notice="exam-booked")


async def _send(visit: Visit, data: dict[str, Any]) -> Trouble:
    try:
        await visit.command("testing", "book", candidate_id=visit.candidate_id, **plain(data))
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        field = FIELDS.get(error.code)
        return replace(trouble, fields={field: trouble.message}, message="") if field else trouble
    return NONE


async def _booking(visit: Visit, trouble: Trouble) -> Response:
    asked = {**dict(visit.query), **visit.form}
    site, starts_at = asked.get("site", ""), asked.get("starts_at", "")
    exam = await visit.caller.result("testing", "exam", exam=visit.path["exam"])
    place = next((one for one in exam["sites"] if one["site"] == site), None)
    if place is None:
        return visit.go(f"/schedule/exams/{exam['exam']}")
    quote, doubt = await _quote(visit, exam["exam"], site, asked.get("voucher", "").strip())
    trouble = trouble or doubt
    asked_for = await visit.caller.result("testing", "accommodations", candidate_id=visit.candidate_id)
    granted = [one["accommodation"] for one in asked_for["requests"] if one["status"] == "approved"]
    return visit.show(
        "book_exam", exam=exam, place=place, starts_at=starts_at, quote=quote, trouble=trouble, values=asked,
        chosen=visit.many("accommodations"), granted=granted, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable, way=way_out(trouble.code), **vocabulary(),
    )  # fmt: skip


async def _quote(visit: Visit, exam: str, site: str, voucher: str) -> tuple[dict[str, Any], Trouble]:
    """The price with the voucher; where that is not good, the price without it and why."""
    asked: dict[str, Any] = {"candidate_id": visit.candidate_id, "exam": exam, "site": site}
    found, trouble = await answered(visit.caller.result("testing", "quote", **asked, voucher=voucher or None))
    if found is None:
        found = await visit.caller.result("testing", "quote", **asked)
        trouble = replace(trouble, fields={"voucher": trouble.message}, message="")
    return dict(found), trouble


async def dashboard(visit: Visit) -> Response:
    """Where scheduled exams, score reports, receipts and the profile are found (F10.5)."""
    try:
        pages = await visit.caller.result("testing", "provider_pages")
    except Failure:
        return visit.show("exam_dashboard", profile=None)
    return visit.show("exam_dashboard", profile=pages["profile"])


PAGES = (
    Page(method="GET", path="/schedule", handler=find),
    Page(method="GET", path="/schedule/next", handler=choose),
    Page(method="GET", path="/schedule/dashboard", handler=dashboard),
    Page(method="GET", path="/schedule/exams/{exam}", handler=times),
    Page(method="GET", path="/schedule/exams/{exam}/booking", handler=ask_booking),
    Page(method="POST", path="/schedule/exams/{exam}/booking", handler=book),
)
