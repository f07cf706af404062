"""Pages of the menu with nothing to list yet: what belongs there, what can be done now (F3.1, F3.6)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from gateway.language import Words, words
from gateway.pages.page import Page
from gateway.pages.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One such page."""

    path: str
    title: Words
    lead: Words
    words: Words
    symbol: str
    onward: tuple[str, Words]
    """Where to go from here: path and words."""
    layout: str = "layout/portal.html"

    async def show(self, visit: Visit) -> Response:
        """The page."""
        return visit.show("place", place=self)


PLACES = (
    Place(
        path="/certifications/logos", title=words("Logos"), symbol="image",
        lead=words("Logos of your active certifications for cards and profiles."),
        words=words("No logo is ready for you. A transcript shows employers the same by a link."),
        onward=("/transcripts", words("Make a transcript")),
    ),
    Place(
        path="/benefits", title=words("Benefits (25YA)"), symbol="gift",
        lead=words("For those who have held a certification for 25 years."),
        words=words("No benefit is waiting for you. You get an e-mail on the day of your anniversary."),
        onward=("/certifications", words("See since when you have been certified")),
    ),
    Place(
        path="/contact", title=words("Contact"), symbol="mail", layout="layout/gate.html",
        lead=words("Whom to ask about what."),
        words=words("Questions about your account, your record or an appointment go to Online Support, with or without "
        "a log-in. Whoever wants to know whether a certification is valid needs its code only."),
        onward=("/support", words("Open a case with Online Support")),
    ),
)  # fmt: skip


def _handler(place: Place) -> Callable[[Visit], Awaitable[Response]]:
    return place.show


PAGES = tuple(Page(method="GET", path=place.path, handler=_handler(place)) for place in PLACES)
