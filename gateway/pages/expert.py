"""Expert status: the personal number, the days that matter, Emeritus (F4.8)."""

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit


async def expert(visit: Visit) -> Response:
    """Everything about being an expert."""
    return await _show(visit, NONE)


async def apply(visit: Visit) -> Response:
    """Ask for a term of Emeritus."""
    try:
        await visit.command("certification", "apply_for_emeritus", candidate_id=visit.candidate_id)
    except (Rejected, Failure) as error:
        return await _show(visit, trouble_of(error))
    return visit.go("/certifications/expert", notice="emeritus-applied")


async def _show(visit: Visit, trouble: Trouble) -> Response:
    ask = visit.caller.ask("certification", "expert", candidate_id=visit.candidate_id)
    answers, silent = await visit.caller.together(expert=ask)
    return visit.show(
        "expert", found=answers["expert"], silent=bool(silent), trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/certifications/expert", handler=expert),
    Page(method="POST", path="/certifications/expert", handler=apply),
)
