"""Templates: from a view model to HTML."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from gateway import wording
from gateway.countries import COUNTRIES
from gateway.problems import Problem

if TYPE_CHECKING:
    from gateway.pages.visit import Visit

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MENU = (
    ("/home", "Dashboard"),
    ("/personal-info", "Personal Info"),
    ("/testing-history", "Testing History"),
    ("/certifications", "Certifications"),
    ("/kits", "Certificates & Plaques"),
    ("/transcripts", "Transcripts & Digital Badges"),
)
PERSONAL = {"Cache-Control": "no-store"}


def page(template: str, *, status: int = 200, visit: "Visit | None" = None, **model: Any) -> Response:
    """A page; those with a visit belong to one browser and are stored nowhere."""
    html = ENVIRONMENT.get_template(f"pages/{template}.html").render(visit=visit, **model)
    return HTMLResponse(html, status, headers=PERSONAL)


def error_page(problem: Problem) -> Response:
    """A problem told to people."""
    title = wording.TITLES.get(problem.status, "Problem")
    response = page("error", status=problem.status, problem=problem, title=title)
    response.headers.update(problem.headers)
    return response


def day(value: date | str | None) -> Markup:
    """A date in words that machines can read, too; a dash where there is none."""
    if not value:
        return Markup('<span class="none">&ndash;</span>')
    moment = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), in_words(moment))


def in_words(moment: date) -> str:
    """A date as people write it: 21 May 2028."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def clock(value: str | None) -> Markup:
    """A moment in words, in UTC."""
    if not value:
        return Markup("")
    moment = datetime.fromisoformat(value)
    words = in_words(moment.date()) + (f", {moment:%H:%M} UTC" if len(value) > len("2026-01-01") else "")
    return Markup('<time datetime="{}">{}</time>').format(value, words)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates"), autoescape=True, auto_reload=False,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"day": day, "clock": clock, "status": wording.status, "fact": wording.fact}
    environment.filters |= {"sentence": wording.sentence, "country": lambda code: COUNTRIES.get(code, code)}
    environment.globals |= {"menu": MENU, "countries": COUNTRIES, "kinds": wording.KINDS, "answers": wording.ANSWERS}
    return environment


ENVIRONMENT = _environment()
