"""The console's side menu: what a member of staff may open."""

from typing import TYPE_CHECKING

from gateway import access
from gateway.language import Words, words
from gateway.pages.menu import Entry, Here

if TYPE_CHECKING:
    from gateway.pages.visit import Visit

MENU: tuple[Entry, ...] = (
    Entry("/console", words("Console"), "layout-dashboard"),
    Entry("/console/approvals", words("Approvals"), "list-checks"),
    Entry("/console/candidates", words("Candidates"), "search"),
    Entry("/console/cases", words("Cases"), "mail"),
    Entry("/console/companies", words("Companies"), "list-checks"),
    Entry("/console/announcements", words("Announcements"), "inbox"),
    Entry("/console/test-centre", words("Test centre"), "calendar"),
    Entry("/console/results", words("Results"), "upload"),
    Entry("/console/challenges", words("Challenges"), "triangle-alert"),
    Entry("/console/accommodations", words("Accommodations"), "users"),
    Entry("/console/claims", words("Claims"), "graduation-cap"),
    Entry("/console/credit-feed", words("Completions"), "upload"),
    Entry("/console/extensions", words("Extensions"), "hourglass"),
    Entry("/console/catalogue", words("Catalogue"), "file-text"),
    Entry("/console/reports", words("Reports"), "file-text"),
    Entry("/console/groups", words("Groups"), "users"),
    Entry("/console/audit", words("Audit trail"), "history"),
)
"""Other parts of the console add their entries here; each stands in the authorisation table."""


def menu_for(visit: "Visit") -> list[Entry]:
    """The entries that this visitor's groups open."""
    rights = visit.principal.rights if visit.principal is not None else frozenset()
    return [entry for entry in MENU if access.may(rights, "GET", entry.path)]


def place(template: str) -> Here | None:
    """The entry of a page, or of the nearest page above it."""
    above = [entry for entry in MENU if f"{template}/".startswith(f"{entry.path}/")]
    if not above:
        return None
    entry = max(above, key=lambda one: len(one.path))
    return Here(entry, None, template == entry.path)


def trail(template: str) -> list[tuple[str, Words]]:
    """The pages above a page, from the console's front page down."""
    here = place(template)
    if here is None or here.entry == MENU[0]:
        return []
    above = [MENU[0], *([] if here.exact else [here.entry])]
    return [(entry.path, entry.name) for entry in above]
