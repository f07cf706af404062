"""Templates: from a view model to HTML."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from gateway import assets, fact_words, wording
from gateway.console import words as console_words
from gateway.language import Reader, choosing, reader, saying
from gateway.language.reader import OWN_NAMES, addressing
from gateway.language.words import gettext, ngettext, npgettext, pgettext
from gateway.pages import looks, menu
from gateway.pages.console import menu as console_menu
from gateway.pages.cookies import theme_of
from gateway.pages.forms import fit
from gateway.problems import Problem

if TYPE_CHECKING:
    from gateway.pages.visit import Visit

HTMX = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "scrollIntoViewOnBoost": False,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
    }
)
"""htmx keeps no page in the browser's storage and runs no code out of attributes."""
PERSONAL = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"}
SPOKEN: dict[str, Callable[..., Any]] = {
    "day": saying.day, "clock": saying.clock, "number": saying.number, "listed": saying.listed,
    "country": saying.country, "stored": saying.stored,
    "status": wording.status, "fact": wording.fact, "kind": wording.kind, "sentence": wording.sentence,
    "fact_words": fact_words.name, "field_words": fact_words.field,
    **console_words.FILTERS,
}  # fmt: skip


def page(
    template: str, *, status: int = 200, visit: "Visit | None" = None, theme: str = "system", **model: Any
) -> Response:
    """A page in the reader's language; those with a visit belong to one browser and are stored nowhere."""
    seen = visit.theme if visit else theme
    html = ENVIRONMENT.get_template(f"pages/{template}.html").render(visit=visit, theme=seen, **model)
    return HTMLResponse(html, status, headers={**PERSONAL, "Content-Language": reader().language})


def error_page(problem: Problem, theme: str = "system") -> Response:
    """A problem told to people."""
    title = wording.title(problem.status)
    response = page("error", status=problem.status, theme=theme, problem=problem, title=title)
    response.headers.update(problem.headers)
    return response


def error_page_for(scope: Scope, problem: Problem) -> Response:
    """The same outside of a visit."""
    with addressing(Reader(choosing.chosen_by(scope))):
        return error_page(problem, theme_of(HTTPConnection(scope).cookies))


def _when_shown(filter: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja applies filters to constants while it compiles, before there is a reader; those with context it spares."""

    @pass_context
    def spoken(_context: Context, *values: Any) -> Any:
        return filter(*values)

    return spoken


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates"), autoescape=True, auto_reload=False,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.policies["ext.i18n.trimmed"] = True
    translations = {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}
    environment.install_gettext_callables(**translations, newstyle=True)  # type: ignore[attr-defined] # by the extension
    environment.filters |= {name: _when_shown(say_it) for name, say_it in SPOKEN.items()} | {
        "look": looks.look,
        "fit": fit,
    }
    environment.globals |= {"menu": menu.MENU, "menu_place": menu.here, "trail": menu.trail, "reader": reader}
    environment.globals |= {"console_menu": console_menu.menu_for, "console_place": console_menu.place}
    environment.globals |= {"console_trail": console_menu.trail}
    environment.globals |= {"kinds": wording.KINDS, "answers": wording.ANSWERS, "countries": saying.Countries()}
    environment.globals |= {"asset": assets.asset, "htmx": HTMX, "languages": OWN_NAMES}
    environment.globals |= {"mailed": wording.MAILED, "log_in_words": wording.LOG_INS, "ways_in": wording.WAYS_IN}
    environment.globals |= {"scope_words": wording.SCOPES}
    environment.globals |= {"mapping_reasons": wording.MAPPING_REASONS}
    environment.globals |= {"case_kinds": wording.CASE_KINDS, "case_states": wording.CASE_STATES}
    return environment


ENVIRONMENT = _environment()
