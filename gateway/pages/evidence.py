"""A file that comes with a form: kept by its service part by part, and told of in the form where that fails."""

from collections.abc import AsyncIterator

from starlette.datastructures import UploadFile

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import idempotency, uploads
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.visit import Visit
from gateway.problems import Problem

FIELD = "file"


async def kept(visit: Visit, service: str, who: str, **owner: str) -> tuple[list[str], Trouble]:
    """The ids of what came with the form, none or one; sent twice it is kept once."""
    if visit.file is None or not visit.file.filename:
        return [], NONE
    key = idempotency.checked(visit.form.get("idempotency_key"))
    command = idempotency.command_id(who, "POST", visit.template, f"{key[:200]}-file")
    visit.caller.identify(command, idempotency.body_hash(visit.house.keys.body, visit.path))
    name = visit.file.filename[-200:]
    try:
        return [await uploads.keep(visit.caller, service, _chunks(visit.file), name=name, **owner)], NONE
    except (Rejected, Failure) as error:
        return [], Trouble({FIELD: trouble_of(error).message})
    except Problem as problem:
        return [], Trouble({FIELD: problem.detail}, status=problem.status)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(uploads.PART):
        yield chunk
