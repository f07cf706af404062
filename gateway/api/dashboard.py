"""The composed answer: five services asked at once, silence forgiven."""

from gateway.api import answers
from gateway.api.operation import Answer, Ask, Operation


async def dashboard(ask: Ask) -> Answer:
    """Everything about one candidate at a glance."""
    me, caller = ask.candidate_id, ask.caller
    told, silent = await caller.together(
        identity=caller.ask("identity", "profile", candidate_id=me),
        certification=caller.ask("certification", "status", candidate_id=me),
        testing=caller.ask("testing", "history", candidate_id=me),
        fulfillment=caller.ask("fulfillment", "kits", candidate_id=me),
        verification=caller.ask("verification", "transcripts", candidate_id=me),
    )
    return Answer(
        {
            "profile": told["identity"],
            "certifications": told["certification"],
            "exams": told["testing"],
            "kits": told["fulfillment"],
            "transcripts": told["verification"],
            "unavailable": silent,
            "stale": caller.stale,
        }
    )


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/dashboard", summary="Everything at a glance", handler=dashboard,
        answer=answers.Dashboard(),
    ),
)  # fmt: skip
