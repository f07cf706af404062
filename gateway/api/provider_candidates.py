"""Whom the test provider has booked: the ids that its later reports name (F1.9, F1.11)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation


async def report(ask: Ask) -> Answer:
    """Take a person with the day of a booking; the same person has the same ids every time."""
    return Answer(await ask.command("identity", "report_candidate", **ask.body))


OPERATIONS = (
    Operation(
        method="POST", path="/api/provider/v1/candidates", summary="Report whom a booking is for", handler=report,
        body=schemas.ReportedCandidate(), answer=answers.CandidateIds(), writes=True,
    ),
)  # fmt: skip
