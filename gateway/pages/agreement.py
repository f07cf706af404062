"""The certification agreement: versions, where they were accepted, and accepting the one in force (F4.6)."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit


async def agreement(visit: Visit) -> Response:
    """All versions."""
    return await _show(visit, NONE)


async def accept(visit: Visit) -> Response:
    """Accept the version that the form names."""
    me, version = visit.candidate_id, visit.form.get("version", "")
    try:
        await visit.command("certification", "accept_agreement", candidate_id=me, version=version)
    except (Rejected, Failure) as error:
        return await _show(visit, trouble_of(error))
    return visit.go("/certifications/agreement", notice="agreement-accepted")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    ask = visit.caller.ask("certification", "agreement", candidate_id=visit.candidate_id)
    answers, silent = await visit.caller.together(agreement=ask)
    return visit.show(
        "agreement", found=answers["agreement"], silent=bool(silent), trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/certifications/agreement", handler=agreement),
    Page(method="POST", path="/certifications/agreement", handler=accept),
)
