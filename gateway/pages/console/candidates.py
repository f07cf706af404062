"""Candidates: found by what support knows of them, and everything about one of them (F12.1)."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from chassis.errors import Invalid
from gateway.api.console.schemas import Search, Separation, Suspension
from gateway.console import people, proposals, record, words
from gateway.console.people import PERSONAL
from gateway.pages.console.visiting import may, page_number, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

LIST = "/console/candidates"
SUSPENSION = Suspension()
SEPARATION = Separation()
SEARCH = Search(exclude=("page",))


async def search(visit: Visit) -> Response:
    """The form, and once it is filled the candidates who match all of it."""
    entered = {name: visit.query.get(name, "").strip() for name in SEARCH.fields}
    asked, trouble = load(SEARCH, entered)
    given = {name: value for name, value in asked.items() if value}
    if trouble or not given:
        return _results(visit, entered, trouble, None)
    if not may(visit, PERSONAL) and {"text", "email"} & given.keys():
        raise Problem(403, "permission-missing", details={"permission": PERSONAL})
    await write_down(visit, "candidates-searched")
    try:
        found = await visit.caller.result("identity", "search_candidates", **given, page=page_number(visit.query))
    except Invalid as error:
        return _results(visit, entered, trouble_of(error), None)
    return _results(visit, entered, NONE, found)


def _results(visit: Visit, entered: dict[str, str], trouble: Trouble, found: dict[str, Any] | None) -> Response:
    size = found["page_size"] if found else 1
    listing = Listing(
        path=LIST, by="name", falling=False, columns=(), page=page_number(visit.query),
        pages=max(1, -(-(found["total"] if found else 0) // size)),
        kept={name: value for name, value in entered.items() if value},
    )  # fmt: skip
    personal = may(visit, PERSONAL)
    shown = [people.shown(line, personal=personal) for line in found["candidates"]] if found else []
    return visit.show(
        "console/candidates", values=entered, trouble=trouble, found=shown, total=found["total"] if found else None,
        personal=personal, listing=listing, status=trouble.status if trouble else 200,
    )  # fmt: skip


async def candidate(visit: Visit) -> Response:
    """Everything about one candidate, and what happened to them, the newest first."""
    return await _candidate(visit, NONE)


async def suspend(visit: Visit) -> Response:
    """Ask a second person to suspend the account, or to open it again."""
    candidate_id = visit.path["candidate_id"]
    entered = {name: visit.form.get(name, "").strip() for name in ("action", "reason")}
    data, trouble = load(SUSPENSION, entered)
    if not trouble:
        await write_down(visit, "proposal-made", about=candidate_id, reason=data["reason"])
        trouble = await send(
            visit, "identity", "propose", subject=candidate_id, arguments={}, by=visit.candidate_id,
            permissions=permissions(visit), **data,
        )  # fmt: skip
    if trouble:
        return await _candidate(visit, trouble)
    return visit.go(f"{LIST}/{candidate_id}", notice="proposal-made")


async def separate(visit: Visit) -> Response:
    """Ask a second person to undo a merge."""
    candidate_id = visit.path["candidate_id"]
    entered = {name: visit.form.get(f"separation-{name}", "").strip() for name in SEPARATION.fields}
    data, trouble = load(SEPARATION, entered)
    if not trouble:
        await write_down(visit, "proposal-made", about=candidate_id, reason=data["reason"])
        trouble = await send(
            visit, "identity", "propose", action="records-separate", subject=candidate_id, reason=data["reason"],
            arguments={"absorbed_id": data["absorbed_id"]}, by=visit.candidate_id, permissions=permissions(visit),
        )  # fmt: skip
    if trouble:
        return await _candidate(visit, replace(trouble, fields=_named(trouble.fields)))
    return visit.go(f"{LIST}/{candidate_id}", notice="proposal-made")


def _separable(absorbed: list[dict[str, Any]]) -> dict[str, str]:
    """The records that can still be given back, as a choice."""
    return {one["candidate_id"]: one["candidate_id"] for one in absorbed if one["undo_until"]}


def _named(fields: dict[str, str]) -> dict[str, str]:
    """Two forms of the page ask for a reason."""
    return {f"separation-{name}": message for name, message in fields.items()}


async def _candidate(visit: Visit, trouble: Trouble) -> Response:
    candidate_id, personal = visit.path["candidate_id"], may(visit, PERSONAL)
    merged = await visit.caller.result("identity", "merged_records", candidate_id=candidate_id)
    if merged["candidate_id"] != candidate_id:
        return visit.go(f"{LIST}/{merged['candidate_id']}", notice="record-merged")
    await write_down(visit, "candidate-viewed", about=candidate_id)
    parts, silent = await record.parts(visit.caller, candidate_id)
    told = await record.timeline(visit.caller, candidate_id, visit.query.get("before", ""))
    for fact in told.facts:
        fact["details"] = words.details(fact["fields"])
    waiting = await proposals.listed(visit.caller, "open", 1, candidate_id)
    profile = parts["profile"] and people.shown(parts["profile"], personal=personal)
    return visit.show(
        "console/candidate", candidate_id=candidate_id, profile=profile, parts=parts, silent=silent, timeline=told,
        waiting=waiting.proposals, personal=personal, trouble=trouble, values=visit.form,
        absorbed=merged["absorbed"], separable=_separable(merged["absorbed"]),
        can_merge=may(visit, "candidates.merge") and may(visit, "approvals.request"),
        can_suspend=may(visit, "accounts.suspend") and may(visit, "approvals.request"),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=search),
    Page(method="GET", path=f"{LIST}/{{candidate_id}}", handler=candidate),
    Page(method="POST", path=f"{LIST}/{{candidate_id}}/suspension", handler=suspend),
    Page(method="POST", path=f"{LIST}/{{candidate_id}}/separation", handler=separate),
)
