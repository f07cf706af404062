"""Public verification: enter a code, or open a link that ends in it (F11.1, F11.2)."""

import re

from starlette.responses import Response

from gateway import public, wording
from gateway.pages.forms import NONE, Trouble
from gateway.pages.page import Page
from gateway.pages.render import page
from gateway.pages.visit import Visit

SEPARATORS = re.compile(r"[\s-]+")
NOTHING = {"answer": "unknown", "holder": None, "name": None, "active_on": None, "expires_on": None, "revoked_on": None}


async def ask(visit: Visit) -> Response:
    """The form; a code entered there leads to its own address."""
    code = SEPARATORS.sub("", visit.query.get("code", "")).upper()
    if public.CODE.fullmatch(code):
        return visit.go(f"/verify/{code}")
    trouble = Trouble({"code": wording.sentence("code-malformed")}) if "code" in visit.query else NONE
    return visit.show(
        "verify", code=visit.query.get("code", ""), trouble=trouble, status=trouble.status if trouble else 200
    )


async def answer(visit: Visit) -> Response:
    """What stands behind the code; one that cannot exist gets the page of an unknown one."""
    found = await public.ask(visit.caller, public.VERIFICATION, visit.path["code"])
    status = 404 if found.answer is None else 200
    response = page("verification", status=status, found=found.answer or NOTHING, code=visit.path["code"])
    return public.keep(visit.house, visit.request, found, response)


PAGES = (
    Page(method="GET", path="/verify", handler=ask),
    Page(method="GET", path="/verify/{code}", handler=answer),
)
