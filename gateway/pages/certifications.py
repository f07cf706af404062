"""Certifications: status with verification codes, and history (F4.1, F4.2, F4.5, R-G4)."""

from typing import Any

from starlette.responses import Response

from gateway.api.certification_schemas import OnQuery
from gateway.pages.forms import NONE, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ON = OnQuery()


async def status(visit: Visit) -> Response:
    """Where the candidate stands; codes come from another service and may be missing for a while."""
    me, caller = visit.candidate_id, visit.caller
    answers, silent = await caller.together(
        status=caller.ask("certification", "status", candidate_id=me),
        codes=caller.ask("verification", "codes", candidate_id=me),
    )
    codes = {line["certification"]: line["code"] for line in answers["codes"] or []}
    return visit.show(
        "certifications", found=answers["status"], codes=codes, silent=silent, stale=bool(caller.stale),
        lines=_lines(answers["status"]),
    )  # fmt: skip


async def history(visit: Visit) -> Response:
    """One line per fact."""
    ask = visit.caller.ask("certification", "history", candidate_id=visit.candidate_id)
    answers, silent = await visit.caller.together(history=ask)
    lines = answers["history"] or []
    return visit.show("certification_history", lines=lines, silent=bool(silent), stale=bool(visit.caller.stale))


async def requirements(visit: Visit) -> Response:
    """The parts of one certification, what fills them, and by when the missing one must follow (F4.3)."""
    name = visit.path["certification"]
    tree = await visit.caller.result(
        "certification", "requirements", candidate_id=visit.candidate_id, certification=name
    )
    return visit.show("requirements", tree=tree)


async def on_day(visit: Visit) -> Response:
    """How everything stood on a day, by what was known on another one."""
    data, trouble = load(ON, {"on": visit.query.get("on", ""), "known_on": visit.query.get("known_on", "")})
    found, asked = None, bool(visit.query.get("on") or visit.query.get("known_on"))
    if asked and not trouble:
        found, trouble = await answered(
            visit.caller.result(
                "certification", "record_on", candidate_id=visit.candidate_id, on=data["on"].isoformat(),
                known_on=None if data["known_on"] is None else data["known_on"].isoformat(),
            )
        )  # fmt: skip
    trouble = trouble if asked else NONE
    status = trouble.status if trouble else 200
    return visit.show("record_on", found=found, trouble=trouble, form=dict(visit.query), status=status)


def _lines(found: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [*found["certifications"], *found["in_progress"]] if found else []


PAGES = (
    Page(method="GET", path="/certifications", handler=status),
    Page(method="GET", path="/certifications/history", handler=history),
    Page(method="GET", path="/certifications/on", handler=on_day),
    Page(method="GET", path="/certifications/requirements/{certification}", handler=requirements),
)
