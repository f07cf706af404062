"""The programme's legal texts: dated versions, one file per language; the English text binds, others sum it up."""

from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
PRIVACY, SITE_TERMS, CE_TERMS = "privacy-statement", "site-terms", "ce-terms"
LOGO_TERMS, AGREEMENT = "logo-terms", "certification-agreement"
TEXTS = (PRIVACY, SITE_TERMS, AGREEMENT, CE_TERMS, LOGO_TERMS)
BINDING = "en"


@cache
def versions(text: str) -> tuple[str, ...]:
    """All versions of a text, newest first; each is called by the day from which it applies."""
    found = (FOLDER / text).glob(f"*.{BINDING}.md") if text in TEXTS else ()
    return tuple(sorted((file.name.partition(".")[0] for file in found), reverse=True))


def current(text: str, today: date) -> str:
    """The version that applies today; before the first one began, the first one."""
    begun = [version for version in versions(text) if date.fromisoformat(version) <= today]
    return begun[0] if begun else versions(text)[-1]


@cache
def body(text: str, version: str, language: str = BINDING) -> str | None:
    """The Markdown of a version; None where it is not told in this language."""
    if version not in versions(text):
        return None
    file = FOLDER / text / f"{version}.{language}.md"
    return file.read_text("utf-8") if file.exists() else None
