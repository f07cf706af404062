"""Claims at work, whom an extension reaches, and how a record stood on a day (F5.7, F12.2)."""

from typing import Any

from gateway.api import certification_schemas
from gateway.api import schemas as plain
from gateway.api.console import claim_schemas as schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation

CLAIMS = "/api/console/v1/claims"
ONE = f"{CLAIMS}/{{claim_id}}"
EXTENSIONS = "/api/console/v1/extensions"


async def queue(ask: Ask) -> Answer:
    """Claims that wait, the longest waiting first."""
    return Answer(await ask.caller.result("certification", "claim_queue", **ask.query))


async def one(ask: Ask) -> Answer:
    """One claim; that somebody has read it is written down."""
    found = await ask.caller.result("certification", "claim", claim_id=ask.path["claim_id"])
    await write_down(ask, "claim-viewed", about=found["candidate_id"])
    return Answer(found)


async def approve(ask: Ask) -> Answer:
    """Let its credits count."""
    return await _act(ask, "approve_claim", "claim-approved")


async def refuse(ask: Ask) -> Answer:
    """Refuse it for one of the catalogue's reasons."""
    return await _act(ask, "reject_claim", "claim-rejected")


async def question(ask: Ask) -> Answer:
    """Ask the candidate for more evidence."""
    return await _act(ask, "request_evidence", "evidence-requested")


async def _act(ask: Ask, method: str, what: str) -> Answer:
    claim_id = ask.path["claim_id"]
    found = await ask.caller.result("certification", "claim", claim_id=claim_id)
    await write_down(ask, what, about=found["candidate_id"])
    done = await ask.command("certification", method, claim_id=claim_id, by=ask.candidate_id, **ask.body)
    return Answer({"claim_id": claim_id, **done})


async def extensions(ask: Ask) -> Answer:
    """What was decided, and how far it has come."""
    return Answer({"extensions": await ask.caller.result("certification", "extensions")})


async def reach(ask: Ask) -> Answer:
    """Every certification that an extension would move, page after page."""
    await write_down(ask, "extension-previewed")
    asked = {**ask.query, "on": ask.query["on"].isoformat()}
    return Answer(await ask.caller.result("certification", "whom_extending_reaches", **asked))


async def record_on(ask: Ask) -> Answer:
    """How everything stood on a day, by what was known on another one."""
    me, known_on = ask.path["candidate_id"], ask.query["known_on"]
    await write_down(ask, "candidate-viewed", about=me)
    found = await ask.caller.result(
        "certification", "record_on", candidate_id=me, on=ask.query["on"].isoformat(),
        known_on=None if known_on is None else known_on.isoformat(),
    )  # fmt: skip
    return Answer(found)


def _deciding(path: str, summary: str, handler: Any, body: Any) -> Operation:
    return Operation(
        method="POST", path=f"{ONE}/{path}", summary=summary, handler=handler, body=body,
        answer=certification_schemas.ClaimDone(), writes=True, also=REFUSED,
    )  # fmt: skip


REFUSED = {409: "The rules refuse it; `code` says why."}
OPERATIONS = (
    Operation(
        method="GET", path=CLAIMS, summary="Claims that wait", handler=queue, query=schemas.ClaimQueuePlace(),
        answer=schemas.ClaimQueue(),
    ),
    Operation(method="GET", path=ONE, summary="One claim at work", handler=one, answer=schemas.ClaimAtWork()),
    _deciding("approval", "Approve a claim", approve, plain.Empty()),
    _deciding("refusal", "Refuse a claim", refuse, schemas.ClaimRefusal()),
    _deciding("question", "Ask for evidence", question, schemas.ClaimQuestion()),
    Operation(
        method="GET", path=EXTENSIONS, summary="Blanket extensions", handler=extensions, answer=schemas.Extensions(),
    ),
    Operation(
        method="GET", path=f"{EXTENSIONS}/reach", summary="Whom an extension reaches", handler=reach,
        query=schemas.ExtensionAsked(), answer=schemas.ExtensionReach(), also=REFUSED,
    ),
    Operation(
        method="GET", path="/api/console/v1/candidates/{candidate_id}/certifications/on",
        summary="A candidate's status as of a day", handler=record_on, query=certification_schemas.OnQuery(),
        answer=certification_schemas.RecordOn(), also=REFUSED,
    ),
)  # fmt: skip
