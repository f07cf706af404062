"""Reports on screen and as CSV."""

from starlette.responses import Response, StreamingResponse

from gateway.console import reports
from gateway.pages.console.visiting import write_down
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/reports"


async def all_reports(visit: Visit) -> Response:
    """What can be read."""
    return visit.show("console/reports", reports=reports.REPORTS)


async def report(visit: Visit) -> Response:
    """One report; long ones go on."""
    wanted = reports.with_code(visit.path["report"])
    await write_down(visit, "report-read")
    rows, after = await reports.page(visit.caller, wanted, visit.query.get("after", ""))
    codes = [code for code, _ in wanted.columns]
    return visit.show(
        "console/report", report=wanted, rows=rows, after=after, columns=[said for _, said in wanted.columns],
        numbers=[codes.index(code) for code in wanted.numbers],
    )  # fmt: skip


async def sheet(visit: Visit) -> Response:
    """The whole report for a spreadsheet."""
    wanted = reports.with_code(visit.path["report"])
    await write_down(visit, "report-read")
    lines = reports.as_sheet(visit.caller, wanted, reports.head(wanted))
    name = f'attachment; filename="{wanted.code}.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


PAGES = (
    Page(method="GET", path=LIST, handler=all_reports),
    Page(method="GET", path=f"{LIST}/{{report}}", handler=report),
    Page(method="GET", path=f"{LIST}/{{report}}/csv", handler=sheet),
)
