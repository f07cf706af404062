"""Kits: see them, claim them (F8.2, F8.4)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation


async def kits(ask: Ask) -> Answer:
    """All kits of the candidate."""
    found = await ask.caller.result("fulfillment", "kits", candidate_id=ask.candidate_id)
    return Answer({"kits": found, "stale": bool(ask.caller.stale)})


async def claim(ask: Ask) -> Answer:
    """Order a pending kit."""
    kit_id, name = ask.path["kit_id"], ask.body["printed_name"]
    return Answer(
        await ask.command("fulfillment", "claim_kit", candidate_id=ask.candidate_id, kit_id=kit_id, printed_name=name)
    )


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/kits", summary="Certificates and plaques", handler=kits, answer=answers.Kits(),
    ),
    Operation(
        method="POST", path="/api/v1/me/kits/{kit_id}/claim", summary="Claim a kit", handler=claim,
        body=schemas.ClaimKit(), answer=answers.Order(), writes=True,
        also={409: "The kit cannot be claimed now; `code` says why."},
    ),
)  # fmt: skip
