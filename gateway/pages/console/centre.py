"""The built-in test centre: an operator plays it, from check-in to the score (3.2)."""

from datetime import UTC, date, datetime
from typing import Any

from starlette.responses import Response

from gateway.api import exam_schemas
from gateway.console import people
from gateway.pages.console.visiting import may, send, write_down
from gateway.pages.exam_words import NEXT, vocabulary
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/test-centre"
ONE = f"{LIST}/{{appointment_id}}"
HAPPENING = exam_schemas.Happening()
SCORE = exam_schemas.Score()
DOMAINS = 4
"""Domains of the blueprint that the form has rows for."""


async def centre(visit: Visit) -> Response:
    """Who comes on a day."""
    day = _day(visit.query.get("day", ""))
    found = await visit.caller.result("testing", "centre", day=day, site=visit.query.get("site") or None)
    return visit.show("console/centre", found=found, day=day, site=visit.query.get("site", ""), **vocabulary())


def _day(asked: str) -> str:
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        return datetime.now(UTC).date().isoformat()


async def appointment(visit: Visit) -> Response:
    """One appointment with what can happen next."""
    return await _one(visit, NONE)


async def happened(visit: Visit) -> Response:
    """Note what happened."""
    entered = {"happening": visit.form.get("happening", ""), "reason": visit.form.get("reason", "").strip()}
    data, trouble = load(HAPPENING, entered)
    if not trouble:
        trouble = await send(visit, "testing", "note_at_centre", **visit.path, **data)
    return await _one(visit, trouble) if trouble else visit.go(_here(visit), notice="centre-noted")


async def scored(visit: Visit) -> Response:
    """Score a delivered exam."""
    entered: dict[str, Any] = {name: visit.form.get(name, "").strip() for name in ("outcome", "score")}
    entered["domains"] = [
        {"name": visit.form[f"domain_{row}"].strip(), "percent": visit.form.get(f"percent_{row}", "").strip()}
        for row in range(DOMAINS)
        if visit.form.get(f"domain_{row}", "").strip()
    ]
    data, trouble = load(SCORE, entered)
    if not trouble:
        trouble = await send(visit, "testing", "score", **visit.path, **data)
    return await _one(visit, trouble) if trouble else visit.go(_here(visit), notice="exam-scored")


async def _one(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("testing", "centre_appointment", appointment_id=visit.path["appointment_id"])
    await write_down(visit, "appointment-viewed", about=found["candidate_id"])
    names = await people.names_of(visit.caller, [found["candidate_id"]]) if may(visit, people.PERSONAL) else {}
    return visit.show(
        "console/centre_appointment", one=found, name=names.get(found["candidate_id"], ""),
        following=NEXT.get(found["status"], ()), trouble=trouble,
        values=visit.form, rows=range(DOMAINS), status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable, **vocabulary(),
    )  # fmt: skip


def _here(visit: Visit) -> str:
    return f"{LIST}/{visit.path['appointment_id']}"


PAGES = (
    Page(method="GET", path=LIST, handler=centre),
    Page(method="GET", path=ONE, handler=appointment),
    Page(method="POST", path=f"{ONE}/happenings", handler=happened),
    Page(method="POST", path=f"{ONE}/score", handler=scored),
)
