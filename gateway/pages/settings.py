"""Settings: how the portal speaks to a candidate, and its appearance in this browser."""

from starlette.responses import Response

from gateway.pages import cookies
from gateway.pages.forms import NONE
from gateway.pages.page import Page, local
from gateway.pages.preferences import shown
from gateway.pages.visit import Visit


async def show(visit: Visit) -> Response:
    """What can be set."""
    return visit.show("settings", trouble=NONE, **await shown(visit))


async def choose_theme(visit: Visit) -> Response:
    """Keep the appearance for a year; "system", or anything unknown, forgets it."""
    chosen = visit.form.get("theme", "")
    if chosen in cookies.THEMES:
        visit.put(cookies.THEME, chosen, cookies.THEME_SECONDS)
    else:
        visit.drop(cookies.THEME)
    return visit.go(local(visit.form.get("next", "/")))


PAGES = (
    Page(method="GET", path="/personal-info/settings", handler=show),
    Page(method="POST", path="/theme", handler=choose_theme),
)
