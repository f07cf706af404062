"""Company names that people have written themselves: one of the list, or as they stand (F2.4)."""

from gateway.api import schemas
from gateway.api.console.answers import CompaniesToReview
from gateway.api.console.asking import write_down
from gateway.api.console.schemas import CompanyPage, CompanyReview
from gateway.api.operation import Answer, Ask, Operation

COMPANIES = "/api/console/v1/companies"


async def queue(ask: Ask) -> Answer:
    """What waits, the oldest first; that somebody has read it is written down first."""
    await write_down(ask, "companies-viewed")
    return Answer(await ask.caller.result("identity", "companies_to_review", **ask.query))


async def review(ask: Ask) -> Answer:
    """Say which company it is, or let the name stand."""
    await write_down(ask, "company-reviewed", about=ask.path["candidate_id"])
    await ask.command("identity", "review_company", by=ask.principal.subject, **ask.path, **ask.body)
    return Answer(status=204)


OPERATIONS = (
    Operation(
        method="GET", path=COMPANIES, summary="Company names that wait", handler=queue, query=CompanyPage(),
        answer=CompaniesToReview(),
    ),
    Operation(
        method="POST", path=f"{COMPANIES}/{{candidate_id}}", summary="Say which company it is", handler=review,
        body=CompanyReview(), answer=schemas.Empty(), status=204, writes=True,
        also={409: "The name was changed or looked at meanwhile, or is not on the list."},
    ),
)  # fmt: skip
