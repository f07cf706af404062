"""The user guide: public, on one page that can be printed (F3.7)."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import assets
from gateway.guide import SECTIONS
from gateway.guide.parts import Picture
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem


async def show(visit: Visit) -> Response:
    """All sections; whoever is logged in keeps the menu beside them."""
    layout = "layout/portal.html" if await _is_logged_in(visit) else "layout/gate.html"
    return visit.show("guide", sections=SECTIONS, picture_of=picture_of, layout=layout)


async def _is_logged_in(visit: Visit) -> bool:
    try:
        return await visit.recognise()
    except (Rejected, Failure, Problem):  # the guide is for everybody
        return False


def picture_of(picture: Picture) -> str:
    """The address of a picture; nothing where it has not been taken yet."""
    name = f"guide/{picture.name}.webp"
    return assets.asset(name) if assets.known(name) else ""


PAGES = (Page(method="GET", path="/guide", handler=show),)
