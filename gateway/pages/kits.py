"""Certificates & Plaques: pending and ordered kits, and the claim dialogue (F8.2, F8.3, F8.4)."""

from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

CLAIM = schemas.ClaimKit()


async def kits(visit: Visit) -> Response:
    """All kits."""
    answers, silent = await visit.caller.together(
        kits=visit.caller.ask("fulfillment", "kits", candidate_id=visit.candidate_id)
    )
    return visit.show("kits", kits=answers["kits"] or [], silent=bool(silent), stale=bool(visit.caller.stale))


async def ask_claim(visit: Visit) -> Response:
    """The claim dialogue: printed name and address to confirm."""
    return await _dialogue(visit, NONE)


async def claim(visit: Visit) -> Response:
    """Order the kit; twenty clicks on one form make one order."""
    data, trouble = load(CLAIM, {"printed_name": visit.form.get("printed_name", "").strip()})
    if not trouble:
        trouble = await _order(visit, data["printed_name"])
    return await _dialogue(visit, trouble) if trouble else visit.go("/kits", notice="kit-ordered")


async def _order(visit: Visit, name: str) -> Trouble:
    me, kit_id = visit.candidate_id, visit.path["kit_id"]
    try:
        await visit.command("fulfillment", "claim_kit", candidate_id=me, kit_id=kit_id, printed_name=name)
    except (Rejected, Failure) as error:
        return trouble_of(error)
    return NONE


async def _dialogue(visit: Visit, trouble: Trouble) -> Response:
    caller, me = visit.caller, visit.candidate_id
    answers, silent = await caller.together(
        kits=caller.ask("fulfillment", "kits", candidate_id=me),
        profile=caller.ask("identity", "profile", candidate_id=me),
    )
    if silent:
        raise Problem(503, "unavailable")
    kit = _kit(answers["kits"], visit.path["kit_id"])
    name = visit.form.get("printed_name") or answers["profile"]["name"]
    return visit.show(
        "claim_kit", kit=kit, profile=answers["profile"], name=name, trouble=trouble,
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


def _kit(found: list[dict[str, Any]], kit_id: str) -> dict[str, Any]:
    for kit in found:
        if kit["kit_id"] == kit_id:
            return kit
    raise Problem(404, "unknown-kit")


PAGES = (
    Page(method="GET", path="/kits", handler=kits),
    Page(method="GET", path="/kits/{kit_id}/claim", handler=ask_claim),
    Page(method="POST", path="/kits/{kit_id}/claim", handler=claim),
)
