"""The pictures of the user guide: which part of which page, by the name that the guide knows."""

from dataclasses import dataclass

from tests.gallery.shots import NOBODY, RICH, Shot


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page."""

    shot: Shot
    part: str = "main"


def of(path: str, who: str = RICH, part: str = "main", found_on: str = "") -> Picture:
    """A picture of a page's part."""
    return Picture(Shot(name=path, path=path, who=who, found_on=found_on), part)


GRACE = "grace@example.org"

PICTURES = {
    "log-in": of("/login", NOBODY),
    "sign-up": of("/sign-up", NOBODY),
    "dashboard": of("/home", GRACE),
    "addresses": of("/personal-info", GRACE),
    "settings": of("/personal-info/settings", GRACE),
    "support": of("/support", NOBODY),
    "schedule": of("/schedule", GRACE, "main .card"),
    "credits": of("/certifications/continuing-education"),
    "testing-history": of("/testing-history"),
    "certifications": of("/certifications"),
    "certification-history": of("/certifications/history"),
    "kits": of("/kits", GRACE),
    "claim-kit": of("/kits/[^/]+/claim", GRACE, found_on="/kits"),
    "transcripts": of("/transcripts"),
    "new-transcript": of("/transcripts/new"),
    "public-transcript": of("/t/[^/]+", found_on="/transcripts"),
    "verify": of("/verify", NOBODY),
}
