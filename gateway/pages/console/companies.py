"""Company names that people have written themselves: one of the list, or as they stand (F2.4)."""

from typing import Any

from starlette.responses import Response

from gateway.api.console.schemas import CompanyReview
from gateway.language import words
from gateway.pages.console.visiting import page_number, send, write_down
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/companies"
CHOOSE = words("Please choose a company of the list, or let the name stand as it was written.")
REVIEW = CompanyReview()


async def queue(visit: Visit) -> Response:
    """What waits, the oldest first; that somebody has read it is written down first."""
    return await _show(visit, NONE)


async def review(visit: Visit) -> Response:
    """Say which company it is, or let the name stand."""
    is_listed = visit.form.get("answer") == "listed"
    entered: dict[str, Any] = {
        "seen": visit.form.get("seen", ""), "company": visit.form.get("company", "") if is_listed else "",
    }  # fmt: skip
    data, trouble = load(REVIEW, entered)
    if is_listed and not entered["company"]:
        trouble = Trouble(message=str(CHOOSE))
    if not trouble:
        await write_down(visit, "company-reviewed", about=visit.path["candidate_id"])
        trouble = await send(visit, "identity", "review_company", by=visit.candidate_id, **visit.path, **data)
    return await _show(visit, trouble) if trouble else visit.go(LIST, notice="company-reviewed")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    await write_down(visit, "companies-viewed")
    page = page_number(visit.query)
    found = await visit.caller.result("identity", "companies_to_review", page=page)
    names = await visit.caller.result("identity", "company_names")
    pages = max(1, -(-found["total"] // found["page_size"]))
    listing = Listing(path=LIST, by="since", falling=False, columns=(), page=page, pages=pages, kept={})
    return visit.show(
        "console/companies", found=found, names=names, listing=listing, trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=queue),
    Page(method="POST", path=f"{LIST}/{{candidate_id}}", handler=review),
)
