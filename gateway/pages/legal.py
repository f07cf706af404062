"""Legal texts: privacy statement, terms, agreement; every version stays readable (F1.5, F4.6)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.responses import Response

from contracts import texts
from gateway.language import Words, reader, words
from gateway.language.prose import Prose, prose
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

TITLES: dict[str, Words] = {
    texts.PRIVACY: words("Privacy statement"),
    texts.SITE_TERMS: words("Site terms"),
    texts.AGREEMENT: words("Certification and confidentiality agreement"),
    texts.CE_TERMS: words("Continuing education terms"),
    texts.LOGO_TERMS: words("Logo terms"),
}
SHORT = {texts.PRIVACY: "/privacy", texts.SITE_TERMS: "/terms"}
"""Texts with an address of their own, which stands on every page."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a text as the page shows it; the summary is in the reader's language."""

    text: str
    title: Words
    version: str
    applies: bool
    binding: Prose
    summary: Prose | None


def current(text: str) -> str:
    """The version that applies on this day."""
    return texts.current(text, datetime.now(UTC).date())


def address_of(text: str, version: str = "") -> str:
    """Where a text, or one version of it, can be read."""
    return f"/legal/{text}/{version}" if version else SHORT.get(text, f"/legal/{text}")


async def privacy(visit: Visit) -> Response:
    """The privacy statement that applies."""
    return _show(visit, texts.PRIVACY)


async def terms(visit: Visit) -> Response:
    """The site terms that apply."""
    return _show(visit, texts.SITE_TERMS)


async def text(visit: Visit) -> Response:
    """Any text in the version that applies, or in the one that is asked for."""
    return _show(visit, visit.path["text"], visit.path.get("version", ""))


def _show(visit: Visit, text: str, version: str = "") -> Response:
    found = edition(text, version)
    others = [(one, address_of(text, one)) for one in texts.versions(text) if one != found.version]
    also = [(TITLES[other], address_of(other)) for other in texts.TEXTS if other != text]
    return visit.show("legal", edition=found, others=others, also=also, address=address_of(text))


def edition(text: str, version: str = "") -> Edition:
    """The text with its summary; Problem 404 for a text or version that never was."""
    if text not in texts.TEXTS:
        raise Problem(404, "not-found")
    applies = current(text)
    binding = texts.body(text, version or applies)
    if binding is None:
        raise Problem(404, "not-found")
    language = reader().language
    told = None if language == texts.BINDING else texts.body(text, version or applies, language)
    return Edition(
        text, TITLES[text], version or applies, applies=(version or applies) == applies,
        binding=prose(binding), summary=prose(told, language) if told else None,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/privacy", handler=privacy),
    Page(method="GET", path="/terms", handler=terms),
    Page(method="GET", path="/legal/{text}", handler=text),
    Page(method="GET", path="/legal/{text}/{version}", handler=text),
)
