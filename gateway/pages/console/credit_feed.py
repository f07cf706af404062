"""A provider's list of completions, sent by the house: each line has its own outcome (F5.7)."""

import csv
import io
from typing import Any

from starlette.responses import Response

from gateway import credit_feed, idempotency
from gateway.api.certification_schemas import Completions
from gateway.language import say
from gateway.pages.console.visiting import write_down
from gateway.pages.forms import NONE, Trouble, answered
from gateway.pages.page import Page
from gateway.pages.visit import Visit

PATH = "/console/credit-feed"
COLUMNS = ("candidate_id", "item", "completed_on")
LIST = Completions()
MOST = 500


async def form(visit: Visit) -> Response:
    """The empty form."""
    return _show(visit, NONE)


async def take(visit: Visit) -> Response:
    """Confirm each line; the same list again changes nothing."""
    provider = visit.form.get("provider", "").strip()
    lines = lines_of(visit.form.get("lines", ""))
    trouble = _trouble(provider, lines)
    if trouble:
        return _show(visit, trouble)
    await write_down(visit, "credit-feed-sent")
    key = idempotency.checked(visit.form.get("idempotency_key"))
    outcomes, trouble = await answered(
        credit_feed.confirm(
            visit.house, visit.caller, PATH, key, sender=visit.candidate_id, provider=provider, lines=lines
        )
    )
    return _show(visit, trouble, outcomes=outcomes)


def lines_of(text: str) -> list[dict[str, str]]:
    """Lines of CSV as records; a first line with the names of the columns is left out."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)) if any(map(str.strip, row))]
    rows = rows[1:] if rows and tuple(rows[0]) == COLUMNS else rows
    return [dict(zip(COLUMNS, row, strict=False)) for row in rows]


def _trouble(provider: str, lines: list[dict[str, str]]) -> Trouble:
    if not provider:
        return Trouble({"provider": say("Please fill this in.")})
    if not lines:
        return Trouble({"lines": say("Please enter at least one line.")})
    if len(lines) > MOST:
        return Trouble({"lines": say("At most %(most)s lines at once.", most=MOST)})
    for number, line in enumerate(lines, start=1):
        if LIST.validate({"completions": [line]}):
            words = say("Line %(number)s is not candidate id, item, day of completion.", number=number)
            return Trouble({"lines": words})
    return NONE


def _show(visit: Visit, trouble: Trouble, *, outcomes: list[dict[str, Any]] | None = None) -> Response:
    return visit.show(
        "console/credit_feed", outcomes=outcomes, trouble=trouble, values=visit.form,
        counted=sum(1 for line in outcomes or [] if line["counts"]),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=PATH, handler=form),
    Page(method="POST", path=PATH, handler=take),
)
