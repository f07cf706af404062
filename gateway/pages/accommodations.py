"""Accommodations: asked for before an exam is booked, with what became of each request (F10.8)."""

from starlette.responses import Response

from gateway.api import exam_schemas
from gateway.pages.exam_words import ACCOMMODATIONS, vocabulary
from gateway.pages.forms import NONE, Trouble, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

HERE = "/schedule/accommodations"
REQUEST = exam_schemas.AccommodationRequest()


async def accommodations(visit: Visit) -> Response:
    """Requests and the form."""
    return await _show(visit, NONE)


async def ask(visit: Visit) -> Response:
    """Ask for one."""
    entered = {name: visit.form.get(name, "").strip() for name in ("accommodation", "statement")}
    data, trouble = load(REQUEST, entered)
    if not trouble:
        command = visit.command("testing", "request_accommodation", candidate_id=visit.candidate_id, **data)
        _, trouble = await answered(command)
    return await _show(visit, trouble) if trouble else visit.go(HERE, notice="accommodation-requested")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("testing", "accommodations", candidate_id=visit.candidate_id)
    return visit.show(
        "accommodations", requests=found["requests"], kinds={code: ACCOMMODATIONS[code] for code in found["kinds"]},
        trouble=trouble, values=visit.form, status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        **vocabulary(),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=HERE, handler=accommodations),
    Page(method="POST", path=HERE, handler=ask),
)
