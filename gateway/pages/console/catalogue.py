"""Changes of the programme's catalogue: handed in, previewed over everybody, put in force by two people (F12.3)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api.console.catalogue_schemas import DifferencesPlace
from gateway.api.console.schemas import Reason
from gateway.catalogue_files import LARGEST, tables_of
from gateway.console.people import names_of
from gateway.language import say
from gateway.pages.console.visiting import may, permissions, send, write_down
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

LIST = "/console/catalogue"
ONE = f"{LIST}/{{change_id}}"
PAGE_SIZE = 100
MOST = LARGEST + 1
"""Bytes that are read of a file; one that is larger is refused for its size, and a ZIP is smaller than its tables."""
PLACE, WHY = DifferencesPlace(), Reason()


async def changes(visit: Visit) -> Response:
    """The version in force, what was handed in, and the form."""
    return await _show(visit, NONE)


async def hand_in(visit: Visit) -> Response:
    """Keep changed tables; the preview begins by itself."""
    file = visit.file
    if file is None or not file.filename:
        return await _show(visit, Trouble({"file": say("Please choose a file.")}))
    try:
        files = tables_of(file.filename, await file.read(MOST))
    except Problem as problem:
        return await _show(visit, Trouble({"file": problem.detail}))
    await write_down(visit, "catalogue-handed-in")
    try:
        made = await visit.command("certification", "hand_in_catalogue", files=files, by=visit.candidate_id)
    except (Rejected, Failure) as error:
        return await _show(visit, trouble_of(error))
    return visit.go(f"{LIST}/{made['change_id']}", notice="catalogue-handed-in")


async def change(visit: Visit) -> Response:
    """One change: how far its preview or its records have come, and whose state differs."""
    return await _one(visit, NONE)


async def propose(visit: Visit) -> Response:
    """Ask for its activation; a second person decides."""
    data, trouble = load(WHY, {"reason": visit.form.get("reason", "").strip()})
    if trouble:
        return await _one(visit, trouble)
    await write_down(visit, "proposal-made", reason=data["reason"])
    trouble = await send(
        visit, "certification", "propose", action="catalogue-activate", subject="", arguments=visit.path,
        reason=data["reason"], by=visit.candidate_id, permissions=permissions(visit),
    )  # fmt: skip
    return await _one(visit, trouble) if trouble else visit.go("/console/approvals", notice="proposal-made")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("certification", "catalogue_changes")
    people = await names_of(visit.caller, {each["handed_in_by"] for each in found["changes"]})
    return visit.show(
        "console/catalogue", found=found, people=people, trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


async def _one(visit: Visit, trouble: Trouble) -> Response:
    place, wrong = load(PLACE, {"after": visit.query.get("after", "")})
    if wrong:
        raise Problem(422, "invalid")
    change_id = visit.path["change_id"]
    found: dict[str, Any] = await visit.caller.result("certification", "catalogue_change", change_id=change_id)
    differences = await visit.caller.result(
        "certification", "catalogue_differences", change_id=change_id, after=place["after"], limit=PAGE_SIZE
    )
    people = await names_of(visit.caller, [found["handed_in_by"]])
    return visit.show(
        "console/catalogue_change", change=found, differences=differences, people=people, trouble=trouble,
        values=visit.form, can_read=may(visit, "candidates.read"),
        can_ask=found["state"] == "previewed" and may(visit, "approvals.request"),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=changes),
    Page(method="POST", path=LIST, handler=hand_in, takes_file=True),
    Page(method="GET", path=ONE, handler=change),
    Page(method="POST", path=ONE, handler=propose),
)
