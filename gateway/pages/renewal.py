"""How to renew, and what a pass would bring (F4.7)."""

from starlette.responses import Response

from gateway.api.certification_schemas import WhatIfQuery
from gateway.pages.forms import NONE, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

WHAT_IF = WhatIfQuery()


async def renewal(visit: Visit) -> Response:
    """Every option, cheapest first; and the question, if one was asked."""
    me, caller = visit.candidate_id, visit.caller
    answers, silent = await caller.together(advice=caller.ask("certification", "advice", candidate_id=me))
    asked, found, trouble = bool(visit.query.get("exam") or visit.query.get("on")), None, NONE
    if asked:
        data, trouble = load(WHAT_IF, {"exam": visit.query.get("exam", "").strip(), "on": visit.query.get("on", "")})
        if not trouble:
            passes = [{"exam": data["exam"], "on": data["on"].isoformat()}]
            found, trouble = await answered(caller.result("certification", "what_if", candidate_id=me, passes=passes))
    return visit.show(
        "renewal", advice=(answers["advice"] or {}).get("advice", []), silent=bool(silent), found=found,
        trouble=trouble, form=dict(visit.query), status=trouble.status if trouble else 200,
    )  # fmt: skip


PAGES = (Page(method="GET", path="/certifications/renewal", handler=renewal),)
