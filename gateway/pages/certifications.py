"""Certifications: status with verification codes, and history (F4.1, F4.2, F4.5, R-G4)."""

from typing import Any

from starlette.responses import Response

from gateway.pages.page import Page
from gateway.pages.visit import Visit


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


def _lines(found: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [*found["certifications"], *found["in_progress"]] if found else []


PAGES = (
    Page(method="GET", path="/certifications", handler=status),
    Page(method="GET", path="/certifications/history", handler=history),
)
