"""Continuing education: terms, items, claims and their files; a provider's completions (F5.1 to F5.7)."""

from typing import Any

from gateway import credit_feed, evidence_files, idempotency
from gateway.api import certification_schemas as schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.api.schemas import Empty
from gateway.problems import Problem

FEED = "/api/provider/v1/credit-completions"


async def overview(ask: Ask) -> Answer:
    """Everything of the candidate."""
    return Answer(await ask.caller.result("certification", "credits", candidate_id=ask.candidate_id))


async def items(ask: Ask) -> Answer:
    """Search the catalogue."""
    return Answer(await ask.caller.result("certification", "credit_items", **ask.query))


async def accept_terms(ask: Ask) -> Answer:
    """Enrol."""
    me, version = ask.candidate_id, ask.body["version"]
    return Answer(await ask.command("certification", "accept_credit_terms", candidate_id=me, version=version))


async def draft(ask: Ask) -> Answer:
    """Begin a claim, or change its draft."""
    lines = [{**line, "completed_on": line["completed_on"].isoformat()} for line in ask.body["lines"]]
    claim_id = ask.path.get("claim_id")
    found = await ask.command(
        "certification", "draft_claim", candidate_id=ask.candidate_id, lines=lines, claim_id=claim_id
    )
    return Answer(found)


async def submit(ask: Ask) -> Answer:
    """Hand it in."""
    return await _about(ask, "submit_claim")


async def withdraw(ask: Ask) -> Answer:
    """Take it back."""
    return await _about(ask, "withdraw_claim")


async def supplied(ask: Ask) -> Answer:
    """What was asked for is there."""
    return await _about(ask, "supply_evidence")


async def _about(ask: Ask, method: str) -> Answer:
    me, claim_id = ask.candidate_id, ask.path["claim_id"]
    return Answer(await ask.command("certification", method, candidate_id=me, claim_id=claim_id))


async def add_file(ask: Ask) -> Answer:
    """A file beside a claim: the body is the file itself."""
    length = ask.request.headers.get("content-length", "")
    if not length.isdigit():
        raise Problem(411, "length-needed")

    async def send(method: str, **arguments: Any) -> Any:
        return await ask.command("certification", method, **arguments)

    found = await evidence_files.pass_on(
        send, ask.request.stream(), candidate_id=ask.candidate_id, claim_id=ask.path["claim_id"],
        name=ask.query["name"], kind=ask.request.headers.get("content-type", "").partition(";")[0].strip().lower(),
        size=int(length),
    )  # fmt: skip
    return Answer(found, 201)


async def completions(ask: Ask) -> Answer:
    """A provider's list; each line has its own outcome."""
    lines = [{**line, "completed_on": line["completed_on"].isoformat()} for line in ask.body["completions"]]
    provider, key = ask.principal.subject, idempotency.checked(ask.request.headers.get("idempotency-key"))
    outcomes = await credit_feed.confirm(
        ask.house, ask.caller, FEED, key, sender=provider, provider=provider, lines=lines
    )
    return Answer({"outcomes": outcomes})


REFUSED = {409: "The rules do not allow it; `code` says why."}
CLAIMS = "/api/v1/me/credits/claims"

OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/credits", summary="Continuing education", handler=overview,
        answer=schemas.Credits(),
    ),
    Operation(
        method="GET", path="/api/v1/credit-items", summary="Items that earn credits", handler=items,
        query=schemas.ItemsQuery(), answer=schemas.Items(),
    ),
    Operation(
        method="POST", path="/api/v1/me/credits/terms", summary="Accept the terms", handler=accept_terms,
        body=schemas.Version(), answer=schemas.Done(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=CLAIMS, summary="Begin a claim", handler=draft, body=schemas.NewClaim(),
        answer=schemas.ClaimDone(), writes=True, also=REFUSED,
    ),
    Operation(
        method="PUT", path=f"{CLAIMS}/{{claim_id}}", summary="Change a draft", handler=draft, body=schemas.NewClaim(),
        answer=schemas.ClaimDone(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{CLAIMS}/{{claim_id}}/files", summary="Add a file of at most 25 MB", handler=add_file,
        query=schemas.FileQuery(), answer=schemas.FileDone(), status=201, writes=True,
        also={**REFUSED, 411: "Content-Length is missing.", 413: "The file is larger than 25 MB."},
    ),
    Operation(
        method="POST", path=f"{CLAIMS}/{{claim_id}}/submission", summary="Hand a claim in", handler=submit,
        body=Empty(), answer=schemas.ClaimDone(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{CLAIMS}/{{claim_id}}/withdrawal", summary="Take a claim back", handler=withdraw,
        body=Empty(), answer=schemas.ClaimDone(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=f"{CLAIMS}/{{claim_id}}/evidence-supplied", summary="Answer a request for evidence",
        handler=supplied, body=Empty(), answer=schemas.ClaimDone(), writes=True, also=REFUSED,
    ),
    Operation(
        method="POST", path=FEED, summary="Report completed items",
        handler=completions, body=schemas.Completions(), answer=schemas.Outcomes(), writes=True,
    ),
)  # fmt: skip
