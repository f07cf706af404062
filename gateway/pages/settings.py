"""Settings: the appearance of the portal, kept by this browser (F2.7)."""

from starlette.responses import Response

from gateway.pages import cookies
from gateway.pages.page import Page, local
from gateway.pages.visit import Visit


async def show(visit: Visit) -> Response:
    """What can be set."""
    return visit.show("settings")


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
