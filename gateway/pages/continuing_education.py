"""Continuing education: balance, claims with their files, item search (F5.1 to F5.6)."""

from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import evidence_files
from gateway.api.certification_schemas import ItemsQuery, NewClaim
from gateway.language import say
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

NEW, ITEMS = NewClaim(), ItemsQuery()
LINES = 5
"""So many items can be named in the form without scripts; the API takes twenty."""
CHUNK = 256 * 1024
HOME = "/certifications/continuing-education"


async def overview(visit: Visit) -> Response:
    """The page of continuing education."""
    return await _overview(visit, NONE)


async def accept_terms(visit: Visit) -> Response:
    """Enrol."""
    me, version = visit.candidate_id, visit.form.get("version", "")
    try:
        await visit.command("certification", "accept_credit_terms", candidate_id=me, version=version)
    except (Rejected, Failure) as error:
        return await _overview(visit, trouble_of(error))
    return visit.go(HOME, notice="terms-accepted")


async def items(visit: Visit) -> Response:
    """Search the items that earn credits."""
    data, trouble = load(ITEMS, {"words": visit.query.get("words", ""), "page": visit.query.get("page", "1")})
    found = {"items": [], "total": 0} if trouble else await visit.caller.result("certification", "credit_items", **data)
    return visit.show("credit_items", found=found, words=visit.query.get("words", ""), page_number=data.get("page", 1))


async def new(visit: Visit) -> Response:
    """The form of a claim."""
    item = visit.query.get("item", "")
    return await _form(visit, NONE, [{"item": item, "completed_on": ""}] if item else [])


async def begin(visit: Visit) -> Response:
    """Save the draft; the next page adds files and hands it in."""
    lines = [
        {"item": item.strip(), "completed_on": day}
        for item, day in zip(visit.many("item"), visit.many("completed_on"), strict=False)
        if item.strip() or day
    ]
    data, trouble = load(NEW, {"lines": lines})
    if not trouble:
        wanted = [{"item": line["item"], "completed_on": line["completed_on"].isoformat()} for line in data["lines"]]
        try:
            drafted = await visit.command("certification", "draft_claim", candidate_id=visit.candidate_id, lines=wanted)
            return visit.go(f"{HOME}/{drafted['claim_id']}", notice="claim-drafted")
        except (Rejected, Failure) as error:
            trouble = trouble_of(error)
    return await _form(visit, trouble, lines)


async def claim(visit: Visit) -> Response:
    """One claim."""
    return await _claim(visit, NONE)


async def submit(visit: Visit) -> Response:
    """Hand it in."""
    return await _about(visit, "submit_claim", "claim-submitted")


async def withdraw(visit: Visit) -> Response:
    """Take it back."""
    return await _about(visit, "withdraw_claim", "claim-withdrawn")


async def supplied(visit: Visit) -> Response:
    """The files that were asked for are there."""
    return await _about(visit, "supply_evidence", "evidence-supplied")


async def add_file(visit: Visit) -> Response:
    """Lay a file beside the claim."""
    file = visit.file
    if file is None or not file.filename or not file.size:
        return await _claim(visit, Trouble({"file": say("Please choose a file.")}))

    async def send(method: str, **arguments: Any) -> Any:
        return await visit.command("certification", method, **arguments)

    try:
        await evidence_files.pass_on(
            send, _chunks(file), candidate_id=visit.candidate_id, claim_id=visit.path["claim_id"],
            name=file.filename[-200:], kind=file.content_type or "", size=file.size,
        )  # fmt: skip
    except (Rejected, Failure) as error:
        return await _claim(visit, trouble_of(error))
    except Problem as problem:
        return await _claim(visit, Trouble({"file": problem.detail}, status=problem.status))
    return visit.go(f"{HOME}/{visit.path['claim_id']}", notice="evidence-added")


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


async def _about(visit: Visit, method: str, notice: str) -> Response:
    me, claim_id = visit.candidate_id, visit.path["claim_id"]
    try:
        await visit.command("certification", method, candidate_id=me, claim_id=claim_id)
    except (Rejected, Failure) as error:
        return await _claim(visit, trouble_of(error))
    return visit.go(f"{HOME}/{claim_id}", notice=notice)


async def _overview(visit: Visit, trouble: Trouble) -> Response:
    ask = visit.caller.ask("certification", "credits", candidate_id=visit.candidate_id)
    answers, silent = await visit.caller.together(credits=ask)
    return visit.show(
        "credits", found=answers["credits"], silent=bool(silent), trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable, stale=bool(visit.caller.stale),
    )  # fmt: skip


async def _form(visit: Visit, trouble: Trouble, lines: list[dict[str, str]]) -> Response:
    found = await visit.caller.result("certification", "credit_items", page_size=200)
    blank = {"item": "", "completed_on": ""}
    return visit.show(
        "new_claim", items=found["items"], lines=(lines + [blank] * LINES)[: max(LINES, len(lines))], trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


async def _claim(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("certification", "credits", candidate_id=visit.candidate_id)
    wanted = next((each for each in found["claims"] if each["claim_id"] == visit.path["claim_id"]), None)
    if wanted is None:
        raise Problem(404, "unknown-claim")
    return visit.show(
        "claim", claim=wanted, trouble=trouble, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=HOME, handler=overview),
    Page(method="POST", path=f"{HOME}/terms", handler=accept_terms),
    Page(method="GET", path=f"{HOME}/items", handler=items),
    Page(method="GET", path=f"{HOME}/new", handler=new),
    Page(method="POST", path=f"{HOME}/new", handler=begin),
    Page(method="GET", path=f"{HOME}/{{claim_id}}", handler=claim),
    Page(method="POST", path=f"{HOME}/{{claim_id}}/files", handler=add_file, takes_file=True),
    Page(method="POST", path=f"{HOME}/{{claim_id}}/submit", handler=submit),
    Page(method="POST", path=f"{HOME}/{{claim_id}}/withdraw", handler=withdraw),
    Page(method="POST", path=f"{HOME}/{{claim_id}}/supplied", handler=supplied),
)
