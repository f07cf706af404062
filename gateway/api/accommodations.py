"""Accommodations: asked for by candidates, decided by the house (F10.8)."""

from gateway.api import exam_answers, exam_schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation

MINE = "/api/v1/me/accommodations"
QUEUE = "/api/console/v1/accommodations"
NOT_NOW = {409: "The rules refuse it; `code` says why."}


async def accommodations(ask: Ask) -> Answer:
    """What can be arranged, and what became of the candidate's requests."""
    found = await ask.caller.result("testing", "accommodations", candidate_id=ask.candidate_id)
    return Answer({**found, "stale": bool(ask.caller.stale)})


async def request(ask: Ask) -> Answer:
    """Ask for one."""
    return Answer(await ask.command("testing", "request_accommodation", candidate_id=ask.candidate_id, **ask.body), 201)


async def queue(ask: Ask) -> Answer:
    """What waits for a decision, the oldest first."""
    found = await ask.caller.result("testing", "accommodation_queue")
    for one in found:
        await write_down(ask, "accommodation-viewed", about=one["candidate_id"])
    return Answer({"requests": found})


async def decide(ask: Ask) -> Answer:
    """Grant it or not."""
    return Answer(
        await ask.command("testing", "decide_accommodation", **ask.path, reviewer=ask.candidate_id, **ask.body)
    )


OPERATIONS = (
    Operation(
        method="GET", path=MINE, summary="Accommodations", handler=accommodations,
        answer=exam_answers.Accommodations(),
    ),
    Operation(
        method="POST", path=MINE, summary="Ask for an accommodation", handler=request,
        body=exam_schemas.AccommodationRequest(), answer=exam_answers.RequestId(), status=201, writes=True,
        also=NOT_NOW,
    ),
    Operation(
        method="GET", path=QUEUE, summary="Accommodations that wait", handler=queue,
        answer=exam_answers.AccommodationQueue(),
    ),
    Operation(
        method="POST", path=f"{QUEUE}/{{request_id}}", summary="Decide on an accommodation", handler=decide,
        body=exam_schemas.AccommodationDecision(), answer=exam_answers.RequestId(), writes=True, also=NOT_NOW,
    ),
)  # fmt: skip
