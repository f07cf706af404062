"""Results from a file: asked for by one member of staff, looked through and taken over by another (F12.2)."""

from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure, Invalid
from gateway import wording
from gateway.api.console.schemas import Reason
from gateway.api.records import Tally, lines_of, pages
from gateway.language import say
from gateway.pages.console.visiting import permissions, write_down
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

PATH = "/console/results"
MOST = 200
"""So many lines as a second person can look through; a provider's feed has no such limit."""
PIECE = 64 * 1024
WHY = Reason()


async def form(visit: Visit) -> Response:
    """The empty form."""
    return _show(visit, NONE)


async def propose(visit: Visit) -> Response:
    """Ask for the results of the file; all lines are looked at before anybody is asked."""
    why, missing = load(WHY, {"reason": visit.form.get("why", "").strip()})
    entries, trouble = await _entries(visit.file)
    if trouble or missing:
        return _show(visit, Trouble({**trouble.fields, **({"why": missing.fields["reason"]} if missing else {})}))
    await write_down(visit, "proposal-made", reason=why["reason"])
    try:
        await visit.command(
            "testing", "propose", action="import-results", subject="",
            arguments={"records": [entry["record"] for entry in entries]}, reason=why["reason"],
            by=visit.candidate_id, permissions=permissions(visit),
        )  # fmt: skip
    except (Rejected, Failure) as error:
        return _show(visit, _trouble(error, [entry["line"] for entry in entries]))
    return visit.go("/console/approvals", notice="proposal-made")


async def _entries(file: UploadFile | None) -> tuple[list[dict[str, Any]], Trouble]:
    """Every record of the file with its line; trouble with the first line that is none."""
    if file is None or not file.filename:
        return [], Trouble({"file": say("Please choose a file.")})
    tally = Tally()
    found = [entry async for page in pages(lines_of(_pieces(file)), tally) for entry in page]
    if tally.told:
        return [], _of_line(tally.told[0]["line"], tally.told[0]["detail"])
    if not found:
        return [], Trouble({"file": say("There is no result in this file.")})
    if len(found) > MOST:
        return [], Trouble({"file": say("At most %(most)s results at once.", most=MOST)})
    return found, NONE


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(PIECE):
        yield piece


def _trouble(error: Rejected | Failure, lines: list[int]) -> Trouble:
    """What the service says about a record, with its line in the file."""
    match error:
        case Rejected(code="import-line-refused", details={"line": int(number), "why": str(code)}):
            return _of_line(lines[number - 1], wording.sentence(code))
        case Invalid(details={"fields": {"records": dict(wrong)}}):
            first = min(wrong, key=int)
            name, messages = next(iter(wrong[first].items()))
            return _of_line(lines[int(first)], f"{name}: {wording.entry(str(messages[0]))}")
    return trouble_of(error)


def _of_line(line: int, why: str) -> Trouble:
    return Trouble({"file": say("Line %(line)s: %(why)s", line=line, why=why)})


def _show(visit: Visit, trouble: Trouble) -> Response:
    return visit.show(
        "console/results", trouble=trouble, values=visit.form, most=MOST,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=PATH, handler=form),
    Page(method="POST", path=PATH, handler=propose, takes_file=True),
)
