"""Consent of a guardian: asked by a minor, answered by whoever has the mailed link, without an account (R-M1)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

HERE = "/personal-info/guardian"
GUARDIAN = schemas.Guardian()
ASKED = ("guardian_name", "guardian_email")


async def show(visit: Visit) -> Response:
    """Where the consent stands."""
    return await _page(visit, NONE)


async def ask(visit: Visit) -> Response:
    """Have the link mailed."""
    data, trouble = load(GUARDIAN, {name: visit.form.get(name, "").strip() for name in ASKED})
    if trouble:
        return await _page(visit, trouble)
    try:
        await visit.command("identity", "ask_guardian", candidate_id=visit.candidate_id, **data)
    except (Rejected, Failure) as error:
        return await _page(visit, trouble_of(error))
    return visit.go(HERE, notice="guardian-asked")


async def question(visit: Visit) -> Response:
    """What the guardian is asked, for whom, and what was answered so far."""
    return await _question(visit, visit.query.get("link", ""), NONE)


async def answer(visit: Visit) -> Response:
    """Consent, refuse, or take the consent back."""
    link, consents = visit.form.get("link", ""), visit.form.get("consents") == "yes"
    who = idempotency.visitor(visit.house.keys.visitor, link)
    try:
        await visit.command("identity", "answer_as_guardian", who=who, link=link, consents=consents)
    except (Rejected, Failure) as error:
        return await _question(visit, link, trouble_of(error))
    return visit.go("/guardian", link=link, notice="guardian-consented" if consents else "guardian-revoked")


async def _page(visit: Visit, trouble: Trouble) -> Response:
    profile: dict[str, Any] = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    values = {name: visit.form.get(name, "") for name in ASKED}
    return visit.show(
        "guardian", profile=profile, trouble=trouble, values=values, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


async def _question(visit: Visit, link: str, trouble: Trouble) -> Response:
    asked = await visit.caller.result("identity", "guardian_question", link=link)
    return visit.show(
        "guardian_question", asked=asked, link=link, trouble=trouble, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=HERE, handler=show),
    Page(method="POST", path=HERE, handler=ask),
    Page(method="GET", path="/guardian", handler=question),
    Page(method="POST", path="/guardian", handler=answer),
)
