"""Account mapping: what the first log-in came to, and an older record by its id (F1.9, R-N2)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.pages import cookies
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

JOIN = schemas.JoinRecord()
ASKED = ("external_id", "birth_date")


async def show(visit: Visit) -> Response:
    """How account and record stand."""
    return _page(visit, await _profile(visit), NONE)


async def join(visit: Visit) -> Response:
    """Open an older record; then the log-in shows it."""
    data, trouble = load(JOIN, {name: visit.form.get(name, "").strip() for name in ASKED})
    if trouble:
        return _page(visit, await _profile(visit), trouble)
    try:
        await visit.command("identity", "join_record", candidate_id=visit.candidate_id, **data)
    except (Rejected, Failure) as error:
        return _page(visit, await _profile(visit), trouble_of(error))
    visit.drop(cookies.SESSION, cookies.TOKEN, cookies.PROFILE)
    return visit.go("/login", notice="record-joined")


async def _profile(visit: Visit) -> dict[str, Any]:
    return dict(await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id))


def _page(visit: Visit, profile: dict[str, Any], trouble: Trouble) -> Response:
    values = {name: visit.form.get(name, "") for name in ASKED}
    return visit.show(
        "mapping", profile=profile, trouble=trouble, values=values, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path="/mapping", handler=show, before="mapping"),
    Page(method="POST", path="/mapping", handler=join, before="mapping"),
)
