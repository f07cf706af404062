"""Which pictures are taken: every page of the authorisation table at least once, as a person of the demo programme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contracts import texts
from contracts.permissions import DEFAULT_GROUPS
from deploy.demo_people import STAFF
from gateway import access
from tests.gateway.pages import pattern

NOBODY = ""
RICH = "radia@example.org"
"""Somebody with something on every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: whose window, which address, and where a secret or an id in it is found."""

    name: str
    path: str
    who: str = NOBODY
    found_on: str = ""
    """The page with a link to an address of this form."""
    through: "Shot | None" = None
    """The picture of that page, where its own address has to be found first."""
    send: bool = False
    """Whether the page's form is sent as it is, to see what comes back."""
    status: int = 200


CLAIMING = "nina@example.org"
BOOKED = "pavel@example.org"
REVIEWER = "omar@example.org"
ADMINISTRATOR = "anna@example.org"
SUPPORT = "vera@example.org"

WITHOUT = {
    "/": "leads to the log-in or to the dashboard",
    "/login/password": "is taken as the second step of `log-in-password`",
    "/login/sign-on": "leads to an outside provider, which the demo programme has not",
    "/login/sign-on/back": "is where an outside provider leads back to",
    "/sign-up/sign-on": "comes after an outside provider's log-in",
    "/security/sign-on": "comes after an outside provider's log-in",
    "/login/code": "comes after a right password of somebody with a second factor",
    "/oauth/authorize": "comes with the request of a registered program",
    "/guardian": "comes by a link that is mailed to a guardian",
    "/schedule/next": "leads to the chosen exam",
    "/schedule/exams/{exam}/booking": "comes after a chosen time, which no link holds",
    "/schedule/appointments/{appointment_id}/payment": "nothing is to be paid yet in the demo programme",
    "/console/test-centre/{appointment_id}": "nobody comes to the test centre on the demo's first day",
    "/console/exams/{candidate_id}": "no page leads there",
    "/console/certifications/{candidate_id}/on": "comes after a chosen day",
    "/console/cases/{case_id}/merge": "nobody in the demo programme has opened a case",
    "/console/cases/{case_id}": "nobody in the demo programme has opened a case",
    "/support/cases/{case_id}": "nobody in the demo programme has opened a case",
    "/console/announcements/{announcement_id}": "nothing is announced in the demo programme",
    "/console/catalogue/{change_id}": "nobody in the demo programme has handed a change in",
    "/console/approvals/{service}/{proposal_id}": "nobody in the demo programme has asked for anything",
}
"""Pages that have no picture at their own address, and why."""

EXAMPLES: dict[str, tuple[str, str]] = {
    "/kits/{kit_id}/claim": ("grace@example.org", "/kits"),
    "/legal/{text}": (NOBODY, "/privacy"),
    "/certifications/requirements/{certification}": (RICH, "/certifications"),
    "/certifications/continuing-education/{claim_id}": (CLAIMING, "/certifications/continuing-education"),
    "/schedule/appointments/{appointment_id}/move": (BOOKED, "/schedule/appointments"),
    "/schedule/appointments/{appointment_id}/cancellation": (BOOKED, "/schedule/appointments"),
    "/schedule/receipts/{receipt_id}": (BOOKED, "/schedule/receipts"),
    "/testing-history/results/{result_id}": (RICH, "/testing-history"),
    "/testing-history/challenges/{challenge_id}": ("boris@example.org", "/testing-history/challenges"),
    "/console/challenges/{challenge_id}": (REVIEWER, "/console/challenges"),
    "/console/claims/{claim_id}": (REVIEWER, "/console/claims"),
    "/console/groups/{group_id}": (ADMINISTRATOR, "/console/groups"),
    "/console/candidates/{candidate_id}": (SUPPORT, "/console/candidates?email=radia@example.org"),
    "/console/reports/{report}": (SUPPORT, "/console/reports"),
    "/t/{code}": (RICH, "/transcripts"),
    "/verify/{code}": (RICH, "/certifications"),
}
"""Whose page has a link to an address with parameters."""

THROUGH = {
    "/console/certifications/{candidate_id}": "/console/candidates/{candidate_id}",
}
"""Pages that another page with parameters leads to."""

FIXED = {
    "/console/extensions/reach": "/console/extensions/reach?days=180&on=2026-11-27",
    "/legal/{text}/{version}": f"/legal/{texts.PRIVACY}/{texts.versions(texts.PRIVACY)[0]}",
    "/schedule/exams/{exam}": "/schedule/exams/300-410",
}
"""Addresses with parameters that everybody knows."""

STATES = (
    Shot(name="log-in-refused", path="/login", send=True, status=422),
    Shot(name="sign-up-refused", path="/sign-up", send=True, status=422),
    Shot(name="nothing-here", path="/nowhere", status=404),
    Shot(name="transcript-not-shown", path="/t/ABCDEFGHIJKLMNOPQRSTUVWXYZ", status=404),
    Shot(name="verify-unknown", path="/verify/AAAA-BBBB-CCCC-DDDD", status=200),
    Shot(name="home-new", path="/personal-info", who="ada@example.org"),
    Shot(name="home-failed", path="/home", who="boris@example.org"),
    Shot(name="home-pending", path="/home", who="grace@example.org"),
    Shot(name="home-expiring", path="/home", who="emil@example.org"),
    Shot(name="certifications-in-progress", path="/certifications", who="linus@example.org"),
    Shot(name="certifications-revoked", path="/certifications", who="ines@example.org"),
    Shot(name="certifications-emeritus", path="/certifications", who="henry@example.org"),
    Shot(name="kits-pending", path="/kits", who="mei@example.org"),
    Shot(name="transcripts-disabled", path="/transcripts", who="wei@example.org"),
    Shot(name="transcripts-empty", path="/transcripts", who="boris@example.org"),
)
"""States that a rich page does not show."""


def pages() -> list[str]:
    """Every page of the portal, by the template of its address."""
    return [path for method, path in access.TABLE if method == "GET" and is_page(path)]


def is_page(path: str) -> bool:
    """Whether people look at it."""
    machines = path.startswith(
        ("/api/", "/calendar/", "/.well-known/", "/oauth/jwks", "/oauth/userinfo")
    ) or path.endswith(("/csv", "/pdf", "/download", "/{file_id}", "/{evidence_id}"))
    return not machines and path not in {"/health", "/metrics"}


def all_shots() -> Iterator[Shot]:
    """One per page, then the states."""
    yield from (of_page(path) for path in pages() if path not in WITHOUT and path not in unknown())
    yield from STATES


def unknown() -> list[str]:
    """Pages with parameters in their address and no example of it: the gallery fails for them."""
    return [path for path in pages() if "{" in path and path not in {*EXAMPLES, *THROUGH, *FIXED, *WITHOUT}]


def of_page(path: str) -> Shot:
    """The picture of a page; who opens it follows from the authorisation table."""
    name = re.sub(r"[^a-z0-9]+", "-", path).strip("-")
    if path in FIXED:
        return Shot(name=name, path=FIXED[path], who=somebody(path))
    if path in THROUGH:
        before = of_page(THROUGH[path])
        return Shot(name=name, path=pattern(path), who=before.who, through=before)
    if "{" in path:
        who, found_on = EXAMPLES[path]
        return Shot(name=name, path=pattern(path), who=who, found_on=found_on)
    return Shot(name=name, path=path, who=somebody(path))


def somebody(path: str) -> str:
    """Who may open it: a candidate with something to see, or the first of the house whose group may."""
    needed = access.allowed("GET", path)
    if needed == access.ANYONE:
        return NOBODY
    if needed == access.CANDIDATE:
        return RICH
    return next(one.email for one, group in STAFF if needed == access.STAFF or needed & {*DEFAULT_GROUPS[group][1]})
