"""Reports and the audit trail."""

from gateway.api.console import answers, schemas
from gateway.api.console.asking import write_down
from gateway.api.operation import Answer, Ask, Operation
from gateway.console import reports, trail


async def report(ask: Ask) -> Answer:
    """Rows of a report, page after page."""
    wanted = reports.with_code(ask.path["report"])
    await write_down(ask, "report-read")
    rows, after = await reports.page(ask.caller, wanted, ask.query["after"])
    return Answer({"report": wanted.code, "rows": rows, "next": after})


async def audit(ask: Ask) -> Answer:
    """One page of the audit trail, the newest first; reading it is an entry, too."""
    await write_down(ask, "audit-read")
    return Answer(await trail.entries(ask.caller, ask.query))


OPERATIONS = (
    Operation(
        method="GET", path="/api/console/v1/reports/{report}", summary="A report", handler=report,
        query=schemas.ReportPlace(), answer=answers.ReportRows(),
    ),
    Operation(
        method="GET", path="/api/console/v1/audit", summary="The audit trail", handler=audit, query=schemas.Trail(),
        answer=answers.AuditTrail(),
    ),
)  # fmt: skip
