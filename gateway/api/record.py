"""The record in depth: adviser, what-if, any day, requirement trees, agreement, expert status (F4.3, F4.6 to F4.8)."""

from gateway.api import certification_schemas as schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.api.schemas import Empty


async def advice(ask: Ask) -> Answer:
    """Every option of renewal."""
    return Answer(await ask.caller.result("certification", "advice", candidate_id=ask.candidate_id))


async def what_if(ask: Ask) -> Answer:
    """As if an exam were passed."""
    passes = [{"exam": ask.query["exam"], "on": ask.query["on"].isoformat()}]
    me = ask.candidate_id
    return Answer(await ask.caller.result("certification", "what_if", candidate_id=me, passes=passes))


async def record_on(ask: Ask) -> Answer:
    """How everything stood on a day."""
    known_on = ask.query["known_on"]
    found = await ask.caller.result(
        "certification", "record_on", candidate_id=ask.candidate_id, on=ask.query["on"].isoformat(),
        known_on=None if known_on is None else known_on.isoformat(),
    )  # fmt: skip
    return Answer(found)


async def requirements(ask: Ask) -> Answer:
    """The parts of a certification."""
    me, name = ask.candidate_id, ask.path["certification"]
    return Answer(await ask.caller.result("certification", "requirements", candidate_id=me, certification=name))


async def agreement(ask: Ask) -> Answer:
    """Versions and acceptances."""
    return Answer(await ask.caller.result("certification", "agreement", candidate_id=ask.candidate_id))


async def accept_agreement(ask: Ask) -> Answer:
    """Accept a version."""
    me, version = ask.candidate_id, ask.body["version"]
    return Answer(await ask.command("certification", "accept_agreement", candidate_id=me, version=version))


async def expert(ask: Ask) -> Answer:
    """Numbers, days, applications."""
    return Answer(await ask.caller.result("certification", "expert", candidate_id=ask.candidate_id))


async def apply_for_emeritus(ask: Ask) -> Answer:
    """Ask for a term."""
    return Answer(await ask.command("certification", "apply_for_emeritus", candidate_id=ask.candidate_id))


async def emeritus_payment(ask: Ask) -> Answer:
    """A fee was paid."""
    body = {**ask.body, "paid_on": ask.body["paid_on"].isoformat()}
    return Answer(await ask.command("certification", "record_emeritus_payment", **body))


REFUSED = {409: "The rules do not allow it; `code` says why."}
ME = "/api/v1/me"

OPERATIONS = (
    Operation(
        method="GET", path=f"{ME}/certifications/advice", summary="How to renew", handler=advice,
        answer=schemas.Advice(),
    ),
    Operation(
        method="GET", path=f"{ME}/certifications/what-if", summary="What a pass would bring", handler=what_if,
        query=schemas.WhatIfQuery(), answer=schemas.WhatIf(), also=REFUSED,
    ),
    Operation(
        method="GET", path=f"{ME}/certifications/on", summary="Status as of a day", handler=record_on,
        query=schemas.OnQuery(), answer=schemas.RecordOn(), also=REFUSED,
    ),
    Operation(
        method="GET", path=f"{ME}/certifications/{{certification}}/requirements", summary="Requirement tree",
        handler=requirements, answer=schemas.Requirements(),
    ),
    Operation(
        method="GET", path=f"{ME}/agreement", summary="Certification agreement", handler=agreement,
        answer=schemas.Agreement(),
    ),
    Operation(
        method="POST", path=f"{ME}/agreement", summary="Accept the agreement", handler=accept_agreement,
        body=schemas.Version(), answer=schemas.Done(), writes=True, also=REFUSED,
    ),
    Operation(
        method="GET", path=f"{ME}/expert", summary="Expert status", handler=expert, answer=schemas.Expert(),
    ),
    Operation(
        method="POST", path=f"{ME}/expert/emeritus", summary="Apply for Emeritus", handler=apply_for_emeritus,
        body=Empty(), answer=schemas.Applied(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path="/api/provider/v1/emeritus-payments", summary="Report a paid Emeritus fee",
        handler=emeritus_payment, body=schemas.EmeritusPayment(), answer=schemas.Done(), writes=True, also=REFUSED,
    ),
)  # fmt: skip
