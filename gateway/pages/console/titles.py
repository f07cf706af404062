"""Certifications of one candidate: hold, lift, revoke, restore, each by two people; status of any day (F12.2)."""

from typing import Any

from starlette.responses import Response

from gateway.api.certification_schemas import OnQuery
from gateway.api.console.claim_schemas import TitleAction
from gateway.api.console.schemas import Reason
from gateway.console.words import TITLE_ACTIONS, TITLE_REASONS
from gateway.language import words
from gateway.pages.console.visiting import may, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

ONE = "/console/certifications/{candidate_id}"
ACTION, WHY, ON = TitleAction(), Reason(), OnQuery()


async def titles(visit: Visit) -> Response:
    """Everything held, and the form."""
    return await _show(visit, NONE)


async def propose(visit: Visit) -> Response:
    """Look at what an action would change, or ask for it; somebody else then decides."""
    action, wanted, why, trouble = _entered(visit)
    if trouble:
        return await _show(visit, trouble)
    if visit.form.get("act") == "preview":
        found, trouble = await answered(
            visit.caller.result(
                "certification", "preview_proposal", action=action, subject=visit.path["candidate_id"], arguments=wanted
            )
        )
        return await _show(visit, trouble, changes=None if found is None else found["changes"])
    trouble = await _ask(visit, action, wanted, why)
    return await _show(visit, trouble) if trouble else visit.go("/console/approvals", notice="proposal-made")


def _entered(visit: Visit) -> tuple[str, dict[str, Any], str, Trouble]:
    action = visit.form.get("action", "")
    wanted, trouble = load(ACTION, {name: visit.form.get(name, "").strip() for name in ACTION.fields})
    why, missing = load(WHY, {"reason": visit.form.get("why", "").strip()})
    complaints = dict(trouble.fields)
    if action not in TITLE_ACTIONS or not may(visit, TITLE_ACTIONS[action][1]):
        complaints["action"] = str(words("Please choose what should happen."))
    if missing and visit.form.get("act") != "preview":
        complaints["why"] = missing.fields["reason"]
    return action, wanted, why.get("reason", ""), Trouble(complaints) if complaints else NONE


async def _ask(visit: Visit, action: str, wanted: dict[str, Any], why: str) -> Trouble:
    candidate_id = visit.path["candidate_id"]
    await write_down(visit, "proposal-made", about=candidate_id, reason=why)
    return await send(
        visit, "certification", "propose", action=action, subject=candidate_id, arguments=wanted, reason=why,
        by=visit.candidate_id, permissions=permissions(visit),
    )  # fmt: skip


async def on_day(visit: Visit) -> Response:
    """How everything stood on a day: valid then, by what was known then or is known now."""
    me = visit.path["candidate_id"]
    entered = {"on": visit.query.get("on", ""), "known_on": visit.query.get("known_on", "")}
    data, trouble = load(ON, entered) if any(entered.values()) else ({}, NONE)
    await write_down(visit, "candidate-viewed", about=me)
    found = None
    if data:
        known_on = data["known_on"]
        found, trouble = await answered(
            visit.caller.result(
                "certification", "record_on", candidate_id=me, on=data["on"].isoformat(),
                known_on=None if known_on is None else known_on.isoformat(),
            )
        )  # fmt: skip
    return visit.show(
        "console/record_on", found=found, candidate=me, values=entered, trouble=trouble,
        status=trouble.status if trouble else 200,
    )  # fmt: skip


async def _show(visit: Visit, trouble: Trouble, *, changes: list[dict[str, Any]] | None = None) -> Response:
    me, caller = visit.path["candidate_id"], visit.caller
    await write_down(visit, "candidate-viewed", about=me)
    answers, silent = await caller.together(
        status=caller.ask("certification", "status", candidate_id=me),
        history=caller.ask("certification", "history", candidate_id=me, page_size=50),
    )
    found = answers["status"]
    return visit.show(
        "console/titles", lines=[*found["certifications"], *found["in_progress"]] if found else [], silent=bool(silent),
        history=answers["history"] or [], candidate=me, trouble=trouble, values=visit.form, changes=changes,
        actions={code: said for code, (said, needed) in TITLE_ACTIONS.items() if may(visit, needed)},
        reasons=TITLE_REASONS, status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        may_ask=may(visit, "approvals.request"),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=ONE, handler=titles),
    Page(method="POST", path=ONE, handler=propose),
    Page(method="GET", path=f"{ONE}/on", handler=on_day),
)
