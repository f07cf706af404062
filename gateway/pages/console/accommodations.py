"""Accommodations that wait: granted or not, by whoever may look at what candidates say of themselves (F10.8)."""

from typing import Any

from starlette.responses import Response

from gateway.api import exam_schemas
from gateway.pages.console.visiting import send, write_down
from gateway.pages.exam_words import vocabulary
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/accommodations"
DECISION = exam_schemas.AccommodationDecision()


async def queue(visit: Visit) -> Response:
    """What waits, the oldest first."""
    return await _show(visit, NONE)


async def decide(visit: Visit) -> Response:
    """Grant it or not."""
    entered: dict[str, Any] = {"approved": visit.form.get("approved") == "yes"}
    data, trouble = load(DECISION, {**entered, "reason": visit.form.get("reason", "").strip()})
    if not trouble:
        trouble = await send(
            visit, "testing", "decide_accommodation", **visit.path, reviewer=visit.candidate_id, **data
        )
    return await _show(visit, trouble) if trouble else visit.go(LIST, notice="review-noted")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("testing", "accommodation_queue")
    for one in found:
        await write_down(visit, "accommodation-viewed", about=one["candidate_id"])
    return visit.show(
        "console/accommodations", requests=found, trouble=trouble, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable, **vocabulary(),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=queue),
    Page(method="POST", path=f"{LIST}/{{request_id}}", handler=decide),
)
