"""My data: what is stored, as a page and as a download; and the account's end, two weeks later (F2.11, R-P1)."""

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import own_data
from gateway.language.reader import reader
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.page import Page
from gateway.pages.render import ENVIRONMENT
from gateway.pages.visit import Visit

HERE = "/privacy/data"
ERASE = "/personal-info/erase"


async def show(visit: Visit) -> Response:
    """All facts, by service."""
    data = await own_data.gathered(visit.caller, visit.candidate_id)
    return visit.show("my_data", data=data, consents=consents_of(data))


async def download(visit: Visit) -> Response:
    """The same as a zip with JSON and a page."""
    data = await own_data.gathered(visit.caller, visit.candidate_id)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    readable = ENVIRONMENT.get_template("pages/my_data_file.html").render(
        data=data, made_at=made_at, language=reader().language
    )
    headers = {"Content-Disposition": 'attachment; filename="my-data.zip"', "Cache-Control": "no-store"}
    content = own_data.packed(data.as_document(made_at), readable)
    return Response(content, media_type="application/zip", headers=headers)


def consents_of(data: own_data.OwnData) -> list[dict[str, Any]]:
    """The documents that were accepted, with version and moment (F1.5)."""
    return [
        consent
        for fact in data.facts["identity"]
        if fact["name"] == "account-registered"
        for consent in fact["fields"].get("consents", [])
    ]


async def ask_erase(visit: Visit) -> Response:
    """What erasing means, and the button; or the day on which it happens, and the way back."""
    return await _erasure(visit, NONE)


async def erase(visit: Visit) -> Response:
    """Ask for it."""
    give_up = visit.form.get("give_up_kits") == "yes"
    return await _send(visit, "request_erasure", "erasure-requested", give_up_kits=give_up)


async def stay(visit: Visit) -> Response:
    """Think better of it."""
    return await _send(visit, "withdraw_erasure", "erasure-withdrawn")


async def _send(visit: Visit, method: str, notice: str, **more: Any) -> Response:
    try:
        await visit.command("identity", method, candidate_id=visit.candidate_id, **more)
    except (Rejected, Failure) as error:
        return await _erasure(visit, trouble_of(error))
    return visit.go(ERASE, notice=notice)


async def _erasure(visit: Visit, trouble: Trouble) -> Response:
    profile = await visit.caller.result("identity", "profile", candidate_id=visit.candidate_id)
    kits = await visit.caller.result("identity", "open_kits", candidate_id=visit.candidate_id)
    return visit.show(
        "erase", profile=profile, kits=kits, trouble=trouble, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable,
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=HERE, handler=show, before="mapping"),
    Page(method="GET", path=f"{HERE}/download", handler=download, before="mapping"),
    Page(method="GET", path=ERASE, handler=ask_erase, before="mapping"),
    Page(method="POST", path=ERASE, handler=erase, before="mapping"),
    Page(method="POST", path=f"{ERASE}/withdrawal", handler=stay, before="mapping"),
)
