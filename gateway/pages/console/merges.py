"""Merging two records of one person: the second one is looked for, both are shown as one, a second person decides."""

from typing import Any

from starlette.responses import Response

from gateway.api.console.schemas import MergedRecord, Reason
from gateway.console import merging
from gateway.console.people import PERSONAL, shown
from gateway.pages.console.visiting import may, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, answered, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

ONE = "/console/cases/{case_id}/merge"
RECORD, REASON = MergedRecord(), Reason()


async def merge(visit: Visit) -> Response:
    """The form, and once a record was found what one record of both would hold."""
    return await _show(visit, NONE, visit.query.get("record", "").strip())


async def propose(visit: Visit) -> Response:
    """Ask a second person."""
    case_id, absorbed_id = visit.path["case_id"], visit.form.get("record", "").strip()
    why, trouble = load(REASON, {"reason": visit.form.get("reason", "").strip()})
    if not trouble:
        await write_down(visit, "proposal-made", about=case_id, reason=why["reason"])
        trouble = await send(
            visit, "identity", "propose_by_case", case_id=case_id, action=merging.ACTION, by=visit.candidate_id,
            permissions=permissions(visit), values={"absorbed_id": absorbed_id}, **why,
        )  # fmt: skip
    if trouble:
        return await _show(visit, trouble, absorbed_id)
    return visit.go(f"/console/cases/{case_id}", notice="proposal-made")


async def _show(visit: Visit, trouble: Trouble, text: str) -> Response:
    case = await visit.caller.result("identity", "case_at_work", case_id=visit.path["case_id"])
    if case["owner"] == case["case_id"]:
        raise Problem(404, "not-found")  # a visitor's case has no record that could take another one in
    found, missing = await _found(visit, case, text)
    trouble = trouble or missing
    personal = may(visit, PERSONAL)
    people: dict[str, Any] = {}
    if found is not None:
        people = {side: shown(getattr(found, side), personal=personal) for side in ("kept", "absorbed")}
    return visit.show(
        "console/merge", case=case, found=found, people=people, record=text, trouble=trouble, values=visit.form,
        may_ask=may(visit, "approvals.request"), status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


async def _found(visit: Visit, case: dict[str, Any], text: str) -> tuple[merging.Preview | None, Trouble]:
    if not text:
        return None, NONE
    data, trouble = load(RECORD, {"record": text})
    if trouble:
        return None, trouble
    await write_down(visit, "merge-previewed", about=case["owner"])
    return await answered(merging.previewed(visit.caller, case["case_id"], case["owner"], data["record"]))


PAGES = (
    Page(method="GET", path=ONE, handler=merge),
    Page(method="POST", path=ONE, handler=propose),
)
