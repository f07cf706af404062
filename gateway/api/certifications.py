"""Certification status and history, and verification codes (F4.1, F4.5, R-G4)."""

from gateway.api import answers
from gateway.api.operation import Answer, Ask, Operation


async def status(ask: Ask) -> Answer:
    """Where the candidate stands today."""
    found = await ask.caller.result("certification", "status", candidate_id=ask.candidate_id)
    return Answer({**found, "stale": bool(ask.caller.stale)})


async def history(ask: Ask) -> Answer:
    """One line per fact."""
    found = await ask.caller.result("certification", "history", candidate_id=ask.candidate_id)
    return Answer({"history": found, "stale": bool(ask.caller.stale)})


async def codes(ask: Ask) -> Answer:
    """The code under which anybody can check a certification."""
    found = await ask.caller.result("verification", "codes", candidate_id=ask.candidate_id)
    return Answer({"codes": found, "stale": bool(ask.caller.stale)})


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/certifications", summary="Certification status", handler=status,
        answer=answers.Certifications(),
    ),
    Operation(
        method="GET", path="/api/v1/me/certifications/history", summary="Certification history", handler=history,
        answer=answers.CertificationHistory(),
    ),
    Operation(
        method="GET", path="/api/v1/me/certifications/codes", summary="Verification codes", handler=codes,
        answer=answers.Codes(),
    ),
)  # fmt: skip
