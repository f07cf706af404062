"""Blanket extensions: whom one would reach, asked for by one person and granted by another; never for one (R-V6)."""

from typing import Any

from starlette.responses import Response

from gateway.api.console.claim_schemas import ExtensionAction, ExtensionAsked
from gateway.api.console.schemas import Reason
from gateway.pages.console.visiting import may, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

PATH = "/console/extensions"
ACTION, REACH, WHY = ExtensionAction(), ExtensionAsked(), Reason()
PAGE_SIZE = 100


async def extensions(visit: Visit) -> Response:
    """What was decided, how far it has come, and the form."""
    return await _show(visit, NONE)


async def reach(visit: Visit) -> Response:
    """Every certification that an extension would move, page after page."""
    entered = {name: visit.query.get(name, "").strip() for name in REACH.fields}
    data, trouble = load(REACH, entered)
    found: dict[str, Any] | None = None
    if not trouble:
        await write_down(visit, "extension-previewed")
        wanted = {**data, "on": data["on"].isoformat()}
        found, trouble = await answered(
            visit.caller.result("certification", "whom_extending_reaches", **wanted, limit=PAGE_SIZE)
        )
    return visit.show(
        "console/extension_reach", found=found, asked=data, values=entered, trouble=trouble,
        can_read=may(visit, "candidates.read"), status=trouble.status if trouble else 200,
    )  # fmt: skip


async def propose(visit: Visit) -> Response:
    """Ask for it; a second person decides."""
    entered = {name: visit.form.get(name, "").strip() for name in ACTION.fields}
    data, trouble = load(ACTION, entered)
    why, missing = load(WHY, {"reason": visit.form.get("why", "").strip()})
    if not trouble and visit.form.get("act") == "preview":
        return visit.go(f"{PATH}/reach", days=str(data["days"]), on=data["on"].isoformat())
    if trouble or missing:
        complaints = {**trouble.fields, **({"why": missing.fields["reason"]} if missing else {})}
        return await _show(visit, Trouble(complaints))
    await write_down(visit, "proposal-made", reason=why["reason"])
    trouble = await send(
        visit, "certification", "propose", action="certifications-extend", subject="",
        arguments={**data, "on": data["on"].isoformat()}, reason=why["reason"], by=visit.candidate_id,
        permissions=permissions(visit),
    )  # fmt: skip
    return await _show(visit, trouble) if trouble else visit.go("/console/approvals", notice="proposal-made")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("certification", "extensions")
    return visit.show(
        "console/extensions", extensions=found, trouble=trouble, values=visit.form,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=PATH, handler=extensions),
    Page(method="POST", path=PATH, handler=propose),
    Page(method="GET", path=f"{PATH}/reach", handler=reach),
)
