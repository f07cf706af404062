"""The audit trail: who of the house saw or did what, about whom, and when."""

from starlette.responses import Response

from gateway.api.console.schemas import Trail
from gateway.console import trail, words
from gateway.console.people import PERSONAL, names_of
from gateway.pages.console.visiting import may, page_number, write_down
from gateway.pages.forms import load
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/audit"
FILTER = Trail(exclude=("page",))


async def audit(visit: Visit) -> Response:
    """One page of the trail, narrowed by what the address says; reading it is an entry, too."""
    entered = {name: visit.query.get(name, "").strip() for name in FILTER.fields}
    asked, trouble = load(FILTER, entered)
    page = page_number(visit.query)
    await write_down(visit, "audit-read")
    found = await trail.entries(visit.caller, {**(asked if not trouble else load(FILTER, {})[0]), "page": page})
    about = [line["about"] for line in found["entries"] if line["about"] and may(visit, PERSONAL)]
    names = await names_of(visit.caller, [*about, *(line["by"] for line in found["entries"])])
    listing = Listing(
        path=LIST, by="at", falling=True, columns=(), page=page, pages=max(1, -(-found["total"] // found["page_size"])),
        kept={name: value for name, value in entered.items() if value},
    )  # fmt: skip
    return visit.show(
        "console/audit", found=found, values=entered, trouble=trouble, names=names, listing=listing,
        kinds_of_entries={code: str(said) for code, said in words.ENTRIES.items()},
        status=trouble.status if trouble else 200,
    )  # fmt: skip


PAGES = (Page(method="GET", path=LIST, handler=audit),)
