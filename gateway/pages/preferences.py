"""Preferences: the language chosen on any page, and language, time zone and form of dates among the settings."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from chassis.languages import LANGUAGES
from gateway import idempotency
from gateway.api import schemas
from gateway.language import Words, choosing, saying, words, zones
from gateway.language.reader import DATE_FORMS, Reader, reader
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page, local
from gateway.pages.recalling import FIELDS, remember
from gateway.pages.visit import Visit

CHOICE = schemas.NewPreferences()
EXAMPLE = "2027-05-21"
FORMS: dict[str, Words] = {
    "language": words("In the words of the language"),
    "iso": words("Year, month, day"),
    "day-first": words("Day first"),
    "month-first": words("Month first"),
}


async def choose_language(visit: Visit) -> Response:
    """Speak this language from now on; whoever is logged in finds it on every device."""
    chosen = visit.form.get("language", "")
    if chosen in LANGUAGES:
        if visit.session and await visit.recognise():
            visit.form.setdefault("idempotency_key", idempotency.fresh())
            await visit.command("identity", "change_language", candidate_id=visit.candidate_id, language=chosen)
            visit.drop(cookies.PREFERENCES)
        visit.put(choosing.COOKIE, chosen, choosing.COOKIE_SECONDS)
    return visit.go(local(visit.form.get("next", "/")))


async def change(visit: Visit) -> Response:
    """Save the whole choice."""
    entered: dict[str, Any] = {name: visit.form.get(name) or None for name in FIELDS}
    _, trouble = load(CHOICE, entered)
    trouble = trouble or await _save(visit, entered)
    if trouble:
        return visit.show(
            "settings", trouble=trouble, status=trouble.status, keep_key=trouble.repeatable, **model(entered)
        )
    remember(visit, entered)
    if entered["language"]:
        visit.put(choosing.COOKIE, entered["language"], choosing.COOKIE_SECONDS)
    return visit.go("/personal-info/settings", notice="preferences-saved")


async def _save(visit: Visit, entered: dict[str, Any]) -> Trouble:
    try:
        await visit.command("identity", "change_preferences", candidate_id=visit.candidate_id, **entered)
    except (Rejected, Failure) as error:
        return trouble_of(error)
    return NONE


async def shown(visit: Visit) -> dict[str, Any]:
    """The form with what is saved."""
    return model(await visit.caller.result("identity", "preferences", candidate_id=visit.candidate_id))


def model(chosen: dict[str, Any]) -> dict[str, Any]:
    """What the form shows."""
    return {
        "chosen": chosen,
        "zones": zones.choices(chosen["time_zone"] or ""),
        "date_forms": {form: _with_example(form) for form in DATE_FORMS},
    }


def _with_example(form: str) -> tuple[str, str]:
    return str(FORMS[form]), saying.day_in_words(EXAMPLE, Reader(reader().language, dates=form))


PAGES = (
    Page(method="POST", path="/language", handler=choose_language),
    Page(method="POST", path="/personal-info/settings/preferences", handler=change),
)
