"""The reader's page of a transcript: no log-in, live status, nothing for search engines (F9.10)."""

from starlette.responses import Response

from gateway import public
from gateway.pages.page import Page
from gateway.pages.render import page
from gateway.pages.visit import Visit


async def show(visit: Visit) -> Response:
    """The transcript, or the one page for everything that is not shown."""
    found = await public.ask(visit.caller, public.TRANSCRIPT, visit.path["code"])
    if found.answer is None:
        return public.keep(visit.house, visit.request, found, page("transcript_not_shown", status=404))
    return public.keep(visit.house, visit.request, found, page("public_transcript", transcript=found.answer))


PAGES = (Page(method="GET", path="/t/{code}", handler=show),)
