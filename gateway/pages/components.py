"""Every part of the templates in all its states, for those who build and test the portal; absent in production."""

from types import SimpleNamespace

from starlette.responses import Response

from gateway.pages.forms import Trouble
from gateway.pages.listing import Listing
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

WRONG = Trouble(
    dict.fromkeys(("entry-wrong", "date-wrong", "text-wrong", "choice-wrong", "file-wrong"), "Please fill this in.")
)
LISTING = Listing(
    path="/components", by="taken_on", falling=True, page=5, pages=12, columns=("taken_on", "", "score"),
    falling_first=frozenset({"taken_on"}),
)  # fmt: skip
LINES = [
    SimpleNamespace(on="2026-11-26T09:30:00+00:00", words="Kit ordered", path="/kits", tone="good", icon="package"),
    SimpleNamespace(on="2026-11-24", words="Certification earned", path="", tone="note", icon="award"),
    SimpleNamespace(on="2026-11-20", words="Exam failed", path="", tone="bad", icon="circle-x"),
]


async def show(visit: Visit) -> Response:
    """The page; in production there is none."""
    if visit.house.settings.mode == "production":
        raise Problem(404, "not-found")
    return visit.show("components", wrong=WRONG, right=Trouble(), listing=LISTING, lines=LINES)


PAGES = (Page(method="GET", path="/components", handler=show),)
