"""Passkeys: made and used by a small script, which puts the device's answer into a form (F1.14)."""

from typing import Any

import orjson
from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.language import say
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.security import page_with
from gateway.pages.visit import Visit

NAME = schemas.PasskeyName()


async def ask(visit: Visit) -> Response:
    """The page whose script asks the device for a passkey."""
    return await _form(visit, NONE)


async def register(visit: Visit) -> Response:
    """Let the device open the account from now on."""
    data, trouble = load(NAME, {"name": visit.form.get("name", "").strip()})
    credential, nothing = read_credential(visit)
    if trouble or nothing:
        return await _form(visit, trouble or nothing)
    try:
        await visit.command(
            "identity", "register_passkey", candidate_id=visit.candidate_id, credential=credential, **data
        )
    except (Rejected, Failure) as error:
        return await _form(visit, trouble_of(error))
    return visit.go("/security", notice="passkey-added")


async def rename(visit: Visit) -> Response:
    """Call it otherwise; a name that cannot be is left as it was."""
    data, trouble = load(NAME, {"name": visit.form.get("name", "").strip()})
    if trouble:
        return visit.go("/security")
    await visit.command("identity", "rename_passkey", candidate_id=visit.candidate_id, **visit.path, **data)
    return visit.go("/security", notice="passkey-renamed")


async def remove(visit: Visit) -> Response:
    """Let it open nothing any more."""
    try:
        await visit.command("identity", "remove_passkey", candidate_id=visit.candidate_id, **visit.path)
    except Rejected as error:
        return await page_with(visit, trouble_of(error))
    return visit.go("/security", notice="passkey-removed")


def read_credential(visit: Visit) -> tuple[dict[str, Any], Trouble]:
    """What the device has answered, as the script wrote it down; without the script there is nothing."""
    try:
        found = orjson.loads(visit.form.get("credential") or "null")
    except orjson.JSONDecodeError:
        found = None
    if isinstance(found, dict):
        return found, NONE
    return {}, Trouble(message=say("Your browser sent no passkey. Passkeys need scripts to be switched on."))


async def _form(visit: Visit, trouble: Trouble) -> Response:
    options = await visit.caller.result("identity", "passkey_options", candidate_id=visit.candidate_id)
    status = 200 if not trouble else trouble.status if trouble.repeatable else 422
    values = {"name": visit.form.get("name", "")}
    return visit.show("new_passkey", options=options, values=values, trouble=trouble, status=status)


PAGES = (
    Page(method="GET", path="/security/passkeys/new", handler=ask, before="mapping"),
    Page(method="POST", path="/security/passkeys/new", handler=register, before="mapping"),
    Page(method="POST", path="/security/passkeys/{passkey_id}/name", handler=rename, before="mapping"),
    Page(method="POST", path="/security/passkeys/{passkey_id}/remove", handler=remove, before="mapping"),
)
