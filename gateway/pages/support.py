"""Online Support: for everybody, logged in or not; the only page beside privacy that opens before mapping (F1.16)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency
from gateway.api import schemas
from gateway.downloads import handed_over
from gateway.pages import evidence
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

MINE, VISITORS, MESSAGE = schemas.NewCase(), schemas.VisitorsCase(), schemas.CaseMessage()
ASKED = ("kind", "text", "email")


async def show(visit: Visit) -> Response:
    """The own cases, and the form for a new one."""
    await visit.recognise()
    return await _page(visit, NONE)


async def open_case(visit: Visit) -> Response:
    """Open a case; visitors get the link to it by mail."""
    is_known = await visit.recognise()
    asked = ASKED[:2] if is_known else ASKED
    data, trouble = load(MINE if is_known else VISITORS, {name: visit.form.get(name, "").strip() for name in asked})
    if trouble:
        return await _page(visit, trouble)
    owner = {"candidate_id": visit.candidate_id} if is_known else {}
    try:
        answer = await visit.command("identity", "open_case", who=_who(visit, data), **owner, **data)
    except (Rejected, Failure) as error:
        return await _page(visit, trouble_of(error))
    if is_known:
        return visit.go(f"/support/cases/{answer['case_id']}", notice="case-opened")
    return visit.go("/support", notice="case-mailed")


async def one(visit: Visit) -> Response:
    """One case, for its owner or for whoever has the mailed link."""
    await visit.recognise()
    return await _case(visit, NONE, visit.query.get("key", ""))


async def reply(visit: Visit) -> Response:
    """Write again."""
    await visit.recognise()
    key = visit.form.get("key", "")
    data, trouble = load(MESSAGE, {"text": visit.form.get("text", "").strip()})
    if trouble:
        return await _case(visit, trouble, key)
    files, trouble = await evidence.kept(visit, "identity", _who(visit, visit.path), **_owner(visit, key))
    if trouble:
        return await _case(visit, trouble, key)
    try:
        await visit.command(
            "identity", "reply_to_case", who=_who(visit, visit.path), **_owner(visit, key), files=files, **data
        )
    except (Rejected, Failure) as error:
        return await _case(visit, trouble_of(error), key)
    return visit.go(f"/support/cases/{visit.path['case_id']}", notice="case-replied", **({"key": key} if key else {}))


async def download(visit: Visit) -> Response:
    """One file of the case, for its owner or for whoever has the mailed link."""
    await visit.recognise()
    return await handed_over(visit.caller, "identity", **_owner(visit, visit.query.get("key", "")))


def _who(visit: Visit, data: dict[str, Any]) -> str:
    if visit.principal is not None:
        return visit.candidate_id
    return idempotency.visitor(visit.house.keys.visitor, str(data.get("email", data.get("case_id", ""))))


def _owner(visit: Visit, key: str) -> dict[str, str]:
    return {**visit.path, "key": key, "candidate_id": visit.candidate_id if visit.principal is not None else ""}


async def _page(visit: Visit, trouble: Trouble) -> Response:
    is_known = visit.principal is not None
    known = await visit.caller.result("identity", "cases", candidate_id=visit.candidate_id) if is_known else []
    values = {name: visit.form.get(name, visit.query.get(name, "")) for name in ASKED}
    return visit.show(
        "support", layout=_layout(visit), cases=known, is_known=is_known, values=values, trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


async def _case(visit: Visit, trouble: Trouble, key: str) -> Response:
    me = visit.candidate_id if visit.principal is not None else ""
    found = await visit.caller.result("identity", "case", case_id=visit.path["case_id"], candidate_id=me, key=key)
    return visit.show(
        "case", layout=_layout(visit), case=found, case_key=key, trouble=trouble, text=visit.form.get("text", ""),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


def _layout(visit: Visit) -> str:
    return "layout/portal.html" if visit.principal is not None else "layout/gate.html"


PAGES = (
    Page(method="GET", path="/support", handler=show),
    Page(method="POST", path="/support", handler=open_case),
    Page(method="GET", path="/support/cases/{case_id}", handler=one),
    Page(method="POST", path="/support/cases/{case_id}", handler=reply, takes_file=True),
    Page(method="GET", path="/support/cases/{case_id}/files/{file_id}", handler=download),
)
