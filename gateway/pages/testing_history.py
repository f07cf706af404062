"""Testing History: every sitting, sortable, in pages (F6.1, F6.2, F6.7)."""

from starlette.responses import Response

from gateway.api import schemas
from gateway.pages.forms import load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

QUERY = schemas.ExamsQuery(only=("sort", "order", "page"))
PAGE_SIZE = 25
COLUMNS = ("taken_on", "exam", "title", "", "", "outcome", "score", "")
"""What each column of the table sorts by."""


async def history(visit: Visit) -> Response:
    """One page of the history; an address that makes no sense shows the first one."""
    asked, trouble = load(QUERY, {name: visit.query[name] for name in visit.query if name in QUERY.fields})
    if trouble:
        asked, _ = load(QUERY, {})
    answers, silent = await visit.caller.together(
        testing=visit.caller.ask(
            "testing", "history", candidate_id=visit.candidate_id, sort=asked["sort"],
            descending=asked["order"] == "desc", page=asked["page"], page_size=PAGE_SIZE,
        )
    )  # fmt: skip
    found = answers["testing"] or {"results": [], "total": 0}
    pages = max(1, -(-found["total"] // PAGE_SIZE))
    listing = Listing(
        path="/testing-history", by=asked["sort"], falling=asked["order"] == "desc", page=asked["page"], pages=pages,
        columns=COLUMNS, falling_first=frozenset({"taken_on", "score"}),
    )  # fmt: skip
    return visit.show(
        "testing_history", results=found["results"], total=found["total"], silent=bool(silent),
        stale=bool(visit.caller.stale), listing=listing,
    )  # fmt: skip


PAGES = (Page(method="GET", path="/testing-history", handler=history),)
