"""Testing History: every sitting, sortable and filtered, in pages; practical exams; score reports (F6.1 to F6.7)."""

from typing import Any

from starlette.responses import Response

from gateway.api import schemas
from gateway.documents import exams as documents
from gateway.documents.printing import file_name, pdf
from gateway.pages.exam_words import OUTCOMES, vocabulary
from gateway.pages.forms import load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

QUERY = schemas.ExamsQuery(only=("sort", "order", "page", "outcome", "year"))
PAGE_SIZE = 25
COLUMNS = ("taken_on", "exam", "title", "", "outcome", "score", "")
"""What each column of the table sorts by."""
ORDER, ORDER_SECONDS = "exam_order", 365 * 86_400
"""The order chosen last is remembered by the browser."""


async def history(visit: Visit) -> Response:
    """One page of the history; an address that makes no sense shows the first one."""
    named = {name: visit.query[name] for name in visit.query if name in QUERY.fields and visit.query[name]}
    asked, trouble = load(QUERY, {**remembered(visit), **named})
    if trouble:
        asked, _ = load(QUERY, {})
    if "sort" in named and not trouble:
        visit.put(ORDER, f"{asked['sort']}.{asked['order']}", ORDER_SECONDS)
    answers, silent = await visit.caller.together(
        testing=visit.caller.ask(
            "testing", "history", candidate_id=visit.candidate_id, sort=asked["sort"],
            descending=asked["order"] == "desc", page=asked["page"], page_size=PAGE_SIZE, outcome=asked["outcome"],
            year=asked["year"],
        )
    )  # fmt: skip
    found = answers["testing"] or {"results": [], "total": 0, "years": []}
    pages = max(1, -(-found["total"] // PAGE_SIZE))
    kept = {name: str(asked[name]) for name in ("outcome", "year") if asked[name]}
    listing = Listing(
        path="/testing-history", by=asked["sort"], falling=asked["order"] == "desc", page=asked["page"], pages=pages,
        columns=COLUMNS, falling_first=frozenset({"taken_on", "score"}), kept=kept,
    )  # fmt: skip
    return visit.show(
        "testing_history", results=found["results"], total=found["total"], silent=bool(silent),
        stale=bool(visit.caller.stale), listing=listing, outcomes=OUTCOMES, years=found["years"], asked=asked,
        **vocabulary(),
    )  # fmt: skip


def remembered(visit: Visit) -> dict[str, str]:
    """The order chosen last; a cookie that makes no sense is none."""
    sort, _, order = visit.request.cookies.get(ORDER, "").partition(".")
    known = sort in COLUMNS and sort and order in {"asc", "desc"}
    return {"sort": sort, "order": order} if known else {}


async def practical(visit: Visit) -> Response:
    """Labs and practicals with their qualifiers."""
    answers, silent = await visit.caller.together(
        testing=visit.caller.ask("testing", "practical_exams", candidate_id=visit.candidate_id)
    )
    return visit.show(
        "practical_exams", lines=answers["testing"] or [], silent=bool(silent), stale=bool(visit.caller.stale)
    )


async def score_report(visit: Visit) -> Response:
    """One result."""
    return visit.show("score_report", report=await _report(visit), **vocabulary())


async def score_report_pdf(visit: Visit) -> Response:
    """The same on paper."""
    found = await _report(visit)
    profile = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    return await pdf(
        documents.score_report(found, profile), file_name("score-report", found["exam"], found["taken_on"])
    )


async def _report(visit: Visit) -> dict[str, Any]:
    asked: dict[str, Any] = {"candidate_id": visit.candidate_id, "result_id": visit.path["result_id"]}
    return dict(await visit.caller.result("testing", "score_report", **asked))


PAGES = (
    Page(method="GET", path="/testing-history", handler=history),
    Page(method="GET", path="/testing-history/practical", handler=practical),
    Page(method="GET", path="/testing-history/results/{result_id}", handler=score_report),
    Page(method="GET", path="/testing-history/results/{result_id}/pdf", handler=score_report_pdf),
)
