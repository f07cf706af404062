"""Where people of the house begin: what waits for them."""

from starlette.responses import Response

from gateway.console import proposals
from gateway.console.people import names_of
from gateway.pages.console.visiting import permissions
from gateway.pages.page import Page
from gateway.pages.visit import Visit


async def home(visit: Visit) -> Response:
    """Proposals that wait for a second person, and the ways into the console."""
    found = await proposals.listed(visit.caller, "open", 1)
    mine = [line for line in found.proposals if line["asked_by"] == visit.candidate_id]
    others = [
        line
        for line in found.proposals
        if line["asked_by"] != visit.candidate_id and line["permission"] in permissions(visit)
    ]
    names = await names_of(visit.caller, (line["asked_by"] for line in found.proposals))
    return visit.show("console/home", mine=mine, others=others, silent=found.silent, names=names)


PAGES = (Page(method="GET", path="/console", handler=home),)
