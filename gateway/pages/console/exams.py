"""Results and sanctions of one candidate: what a member of staff asks for, and a second one grants (F12.2, R-X4)."""

from typing import Any

from starlette.responses import Response

from gateway.language import Words, words
from gateway.pages.console.visiting import permissions, send, write_down
from gateway.pages.exam_words import SANCTIONS, vocabulary
from gateway.pages.forms import NONE, Trouble
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ONE = "/console/exams/{candidate_id}"
RESULT_ACTIONS: dict[str, Words] = {
    "hold-result": words("Hold the result"),
    "release-result": words("Release the result"),
    "correct-result": words("Correct the result"),
    "revoke-result": words("Revoke the result"),
    "restore-result": words("Restore the result"),
}
SANCTION, LIFTING = "impose-sanction", "lift-sanction"
NAMED = {
    "correct-result": ("result_id", "reason", "outcome", "score"),
    SANCTION: ("kind", "reason", "result_id", "banned_until"),
    LIFTING: ("sanction_id", "reason"),
}
"""The arguments of actions that take more than a result and a reason."""


async def exams(visit: Visit) -> Response:
    """Results, sanctions and the form."""
    return await _show(visit, NONE)


async def propose(visit: Visit) -> Response:
    """Ask for an action; somebody else decides on the approvals page."""
    action = visit.form.get("action", "")
    arguments = _arguments(visit, action)
    reason = visit.form.get("why", "").strip()
    if action not in RESULT_ACTIONS and action not in {SANCTION, LIFTING}:
        trouble = Trouble({"action": str(words("Please choose what should happen."))})
    else:
        trouble = await _ask(visit, action, arguments, reason)
    return await _show(visit, trouble) if trouble else visit.go("/console/approvals", notice="proposal-made")


async def _ask(visit: Visit, action: str, arguments: dict[str, Any], reason: str) -> Trouble:
    candidate_id = visit.path["candidate_id"]
    await write_down(visit, "proposal-made", about=candidate_id, reason=reason)
    return await send(
        visit, "testing", "propose", action=action, subject=candidate_id, arguments=arguments, reason=reason,
        by=visit.candidate_id, permissions=permissions(visit),
    )  # fmt: skip


def _arguments(visit: Visit, action: str) -> dict[str, Any]:
    """What the service wants to know of this action; empty entries are left out."""
    names = NAMED.get(action, ("result_id", "reason"))
    found: dict[str, Any] = {name: visit.form.get(name, "").strip() for name in names}
    if found.get("score", "").isdecimal():
        found["score"] = int(found["score"])
    return {name: value for name, value in found.items() if value != ""}


async def _show(visit: Visit, trouble: Trouble) -> Response:
    me, caller = visit.path["candidate_id"], visit.caller
    await write_down(visit, "exams-viewed", about=me)
    answers, silent = await caller.together(
        history=caller.ask("testing", "history", candidate_id=me, page_size=200),
        sanctions=caller.ask("testing", "sanctions", candidate_id=me),
    )
    return visit.show(
        "console/exams", results=(answers["history"] or {"results": []})["results"], silent=bool(silent),
        sanctions=answers["sanctions"] or [],
        standing=[one for one in answers["sanctions"] or [] if not one["lifted"]],
        actions=RESULT_ACTIONS, kinds_of_sanction=SANCTIONS, trouble=trouble,
        values=visit.form, candidate=me, status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        **vocabulary(),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=ONE, handler=exams),
    Page(method="POST", path=ONE, handler=propose),
)
