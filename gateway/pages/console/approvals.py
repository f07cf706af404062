"""Approvals: what people ask for, and the second person who grants or declines it; the same for all services."""

from starlette.responses import Response

from gateway.api.console.schemas import Reason
from gateway.console import proposals, words
from gateway.console.people import PERSONAL, names_of
from gateway.pages.console.visiting import may, page_number, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/approvals"
ONE = f"{LIST}/{{service}}/{{proposal_id}}"
REASON = Reason()


async def approvals(visit: Visit) -> Response:
    """Proposals in one state."""
    state = visit.query.get("state", "open")
    state = state if state in proposals.STATES else "open"
    page = page_number(visit.query)
    found = await proposals.listed(visit.caller, state, page)
    names = await names_of(visit.caller, (line["asked_by"] for line in found.proposals))
    listing = Listing(path=LIST, by="asked_at", falling=True, columns=(), page=page, pages=found.pages,
                      kept={"state": state})  # fmt: skip
    views = [(f"{LIST}?state={one}", words.state(one)) for one in proposals.STATES]
    return visit.show("console/approvals", found=found, state=state, views=views, names=names, listing=listing)


async def approval(visit: Visit) -> Response:
    """One proposal with what it would change."""
    return await _show(visit, NONE, written="proposal-viewed")


async def approve(visit: Visit) -> Response:
    """Agree as the second person."""
    return await _settle(visit, "approve", "proposal-approved", permissions=permissions(visit))


async def decline(visit: Visit) -> Response:
    """Refuse as the second person, with a reason."""
    data, trouble = load(REASON, {"reason": visit.form.get("reason", "").strip()})
    if trouble:
        return await _show(visit, trouble)
    return await _settle(visit, "decline", "proposal-declined", permissions=permissions(visit), reason=data["reason"])


async def withdraw(visit: Visit) -> Response:
    """Take the own proposal back."""
    return await _settle(visit, "withdraw_proposal", "proposal-withdrawn")


async def _settle(visit: Visit, method: str, what: str, **more: object) -> Response:
    service, proposal_id = proposals.known(visit.path["service"]), visit.path["proposal_id"]
    found = await visit.caller.result(service, "proposal", proposal_id=proposal_id)
    await write_down(visit, what, about=found["subject"], reason=str(more.get("reason", "")))
    trouble = await send(visit, service, method, proposal_id=proposal_id, by=visit.candidate_id, **more)
    if trouble:
        return await _show(visit, trouble)
    return visit.go(f"{LIST}/{service}/{proposal_id}", notice=what)


async def _show(visit: Visit, trouble: Trouble, written: str = "") -> Response:
    found = await proposals.one(visit.caller, visit.path["service"], visit.path["proposal_id"])
    if written and found["subject"]:
        await write_down(visit, written, about=found["subject"])
    personal = may(visit, PERSONAL)
    subject = await names_of(visit.caller, [found["subject"]] if found["subject"] and personal else [])
    is_open, is_mine = found["state"] == "open", found["asked_by"] == visit.candidate_id
    return visit.show(
        "console/approval", proposal=found, trouble=trouble, subject_name=subject.get(found["subject"], ""),
        can_decide=is_open and not is_mine and may(visit, "approvals.decide") and may(visit, found["permission"]),
        can_withdraw=is_open and is_mine, waits_for_another=is_open and is_mine,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        values={"reason": visit.form.get("reason", "")}, can_read=may(visit, "candidates.read"),
        may_extend=may(visit, "certifications.extend"), may_change_catalogue=may(visit, "catalogue.change"),
        may_merge=may(visit, "candidates.merge"),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=approvals),
    Page(method="GET", path=ONE, handler=approval),
    Page(method="POST", path=f"{ONE}/approve", handler=approve),
    Page(method="POST", path=f"{ONE}/decline", handler=decline),
    Page(method="POST", path=f"{ONE}/withdraw", handler=withdraw),
)
