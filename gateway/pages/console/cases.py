"""Cases at work: the queue, one case with its messages, answers, its end, and what it asks two people for (F1.16)."""

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from gateway.api import schemas
from gateway.api.console.schemas import NewActByCase
from gateway.console import acts
from gateway.downloads import handed_over
from gateway.pages.console.visiting import may, page_number, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/cases"
ONE = f"{LIST}/{{case_id}}"
ANSWER, CLOSING, ACT = schemas.CaseAnswer(), schemas.CaseClosing(), NewActByCase(exclude=("values",))


async def queue(visit: Visit) -> Response:
    """Cases in one state, those that wait longest first."""
    state = visit.query.get("state", "open")
    state = state if state in schemas.CASE_STATES else "open"
    page = page_number(visit.query)
    found = await visit.caller.result("identity", "case_queue", state=state, page=page)
    pages = max(1, -(-found["total"] // found["page_size"]))
    listing = Listing(path=LIST, by="changed_at", falling=False, columns=(), page=page, pages=pages,
                      kept={"state": state})  # fmt: skip
    views = [(f"{LIST}?state={one}", words) for one, words in acts.STATES.items()]
    return visit.show("console/cases", found=found, state=state, states=acts.STATES, views=views, listing=listing)


async def one(visit: Visit) -> Response:
    """One case; that somebody has read it is written down first."""
    await write_down(visit, "case-viewed", about=visit.path["case_id"])
    return await _show(visit, NONE)


async def download(visit: Visit) -> Response:
    """A file that the person has sent; that somebody has read it is written down first."""
    await write_down(visit, "case-file-opened", about=visit.path["case_id"])
    return await handed_over(visit.caller, "identity", described="file_at_work", part="file_part_at_work", **visit.path)


async def answer(visit: Visit) -> Response:
    """Write to the person, who gets a mail."""
    entered: dict[str, Any] = {"text": visit.form.get("text", "").strip()}
    data, trouble = load(ANSWER, entered)
    data["waits"] = visit.form.get("waits") == "yes"
    return await _act(visit, "answer_case", "case-answered", data, trouble)


async def close(visit: Visit) -> Response:
    """Come to an end."""
    data, trouble = load(CLOSING, {"outcome": visit.form.get("outcome", "")})
    return await _act(visit, "close_case", "case-closed", data, trouble)


async def propose(visit: Visit) -> Response:
    """Ask a second person for what the case is about; each act's entries carry its name, as all stand on one page."""
    action, case_id = visit.form.get("action", ""), visit.path["case_id"]
    names = ("candidate_id", "reason", *acts.FIELDS.get(action, ()))
    entered = {name: visit.form.get(f"{action}-{name}", "").strip() for name in dict.fromkeys(names)}
    values = {name: entered[name] for name in acts.FIELDS.get(action, ())}
    data, trouble = load(ACT, {"action": action, **{name: entered[name] for name in ("candidate_id", "reason")}})
    if not trouble:
        await write_down(visit, "proposal-made", about=case_id, reason=data["reason"])
        trouble = await send(
            visit, "identity", "propose_by_case", case_id=case_id, by=visit.candidate_id,
            permissions=permissions(visit), values=values, **data,
        )  # fmt: skip
    if trouble:
        return await _show(visit, replace(trouble, fields=acts.renamed(action, trouble.fields)))
    return visit.go(f"{LIST}/{case_id}", notice="proposal-made")


async def _act(visit: Visit, method: str, what: str, data: dict[str, Any], trouble: Trouble) -> Response:
    case_id = visit.path["case_id"]
    if not trouble:
        await write_down(visit, what, about=case_id)
        trouble = await send(visit, "identity", method, case_id=case_id, by=visit.candidate_id, **data)
    return await _show(visit, trouble) if trouble else visit.go(f"{LIST}/{case_id}", notice=what)


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("identity", "case_at_work", case_id=visit.path["case_id"])
    may_ask = may(visit, "approvals.request")
    offered = [act for act in acts.offered(found) if may_ask and may(visit, acts.PERMISSIONS[act])]
    free = {one["candidate_id"]: f"{one['name']}, {one['csco_id']}" for one in found["records"] if not one["taken"]}
    return visit.show(
        "console/case", case=found, records=free, trouble=trouble, values=visit.form, offered=offered,
        fields=acts.FIELDS, labels=acts.LABELS, summary_labels=acts.summary_labels(), states=acts.STATES,
        is_visitor=found["owner"] == found["case_id"], can_read=may(visit, "candidates.read"),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=queue),
    Page(method="GET", path=ONE, handler=one),
    Page(method="GET", path=f"{ONE}/files/{{file_id}}", handler=download),
    Page(method="POST", path=f"{ONE}/answers", handler=answer),
    Page(method="POST", path=f"{ONE}/closing", handler=close),
    Page(method="POST", path=f"{ONE}/proposals", handler=propose),
)
