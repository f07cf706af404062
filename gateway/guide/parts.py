"""What the guide is made of: sections, tasks, steps, notes, pictures."""

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from gateway.language import Words, words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. In `text`, `%(page)s` becomes a link to `page`, `%(name)s` what is to be pressed or filled in.

    `name` has the very words of the page `on` which it stands, so that a translation of the one is one of the other.
    """

    text: Words
    page: str = ""
    name: Words | None = None
    on: str = ""
    """Where `name` stands when that is not `page` itself: the route, as in the authorisation table."""

    @property
    def html(self) -> Markup:
        """The step in the reader's language."""
        told: dict[str, object] = {}
        if self.page in PAGES:
            told["page"] = Markup('<a href="{}">{}</a>').format(self.page, PAGES[self.page])
        if self.name:
            told["name"] = Markup("<strong>{}</strong>").format(self.name)
        return escape(self.text) % told


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page, taken by `make gallery ARGS=--guide`."""

    name: str
    alt: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that a candidate wants to do, or to understand."""

    title: Words
    text: tuple[Words, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[Words, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter; `id` is its anchor and never changes."""

    id: str
    title: Words
    tasks: tuple[Task, ...] = field(default=())


PAGES: dict[str, Words] = {
    "/login": words("Log in"),
    "/sign-up": words("Create account"),
    "/unlock": words("Unlock account"),
    "/password/forgotten": words("Forgot password"),
    "/home": words("Dashboard"),
    "/personal-info": words("Personal Info"),
    "/personal-info/company": words("Company"),
    "/personal-info/job-title": words("Job title"),
    "/personal-info/external-ids": words("External IDs"),
    "/personal-info/settings": words("Settings"),
    "/personal-info/erase": words("Erase my account"),
    "/security": words("Security"),
    "/schedule": words("Schedule an Exam"),
    "/schedule/appointments": words("Exam history"),
    "/schedule/accommodations": words("Accommodations"),
    "/schedule/dashboard": words("Exam dashboard"),
    "/testing-history": words("Testing History"),
    "/testing-history/practical": words("Practical Exams"),
    "/testing-history/challenges": words("Challenges"),
    "/certifications": words("Certifications"),
    "/certifications/history": words("Certification history"),
    "/certifications/continuing-education": words("Continuing Education"),
    "/certifications/logos": words("Logos"),
    "/kits": words("Certificates & Plaques"),
    "/benefits": words("Benefits (25YA)"),
    "/transcripts": words("Transcripts & Digital Badges"),
    "/transcripts/new": words("Create new transcript"),
    "/verify": words("Check a certification"),
    "/support": words("Online Support"),
    "/contact": words("Contact"),
}
"""Pages that the guide leads to, by the names that their own headings or the menu give them."""
