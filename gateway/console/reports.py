"""Reports: what each of them asks, whom, and which columns it shows; none holds anything personal but ids."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from chassis.errors import NotFound
from gateway.calls import Caller
from gateway.console import sheet
from gateway.language import Words, words
from gateway.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as data: the service answers {"rows": [...], "next": place or null}, page after page."""

    code: str
    name: Words
    tells: Words
    service: str
    method: str
    columns: tuple[tuple[str, Words], ...]
    numbers: tuple[str, ...] = ()


REPORTS: tuple[Report, ...] = (
    Report(
        code="active-certifications",
        name=words("Active certifications"),
        tells=words("How many people hold each certification today, by country."),
        service="certification",
        method="report_active",
        columns=(
            ("name", words("Certification")), ("country", words("Country")), ("holders", words("Holders")),
        ),
        numbers=("holders",),
    ),
    Report(
        code="expiring",
        name=words("Expiring certifications"),
        tells=words("How many certifications expire in each of the next twelve months if nothing is done."),
        service="certification",
        method="report_expiring",
        columns=(
            ("month", words("Month")), ("name", words("Certification")), ("holders", words("Holders")),
        ),
        numbers=("holders",),
    ),
    Report(
        code="pass-rates",
        name=words("Pass rates"),
        tells=words("Sittings and passes of each exam in the last twelve months."),
        service="testing",
        method="report_pass_rates",
        columns=(
            ("exam", words("Exam")), ("title", words("Title")), ("taken", words("Taken")),
            ("passed", words("Passed")), ("percent", words("Pass rate in percent")),
        ),
        numbers=("taken", "passed", "percent"),
    ),
    Report(
        code="kits-overdue",
        name=words("Kits overdue"),
        tells=words("Ordered kits whose sixteen weeks are over."),
        service="fulfillment",
        method="report_kits_overdue",
        columns=(
            ("order_number", words("Order")), ("name", words("Certification")), ("kind", words("Item")),
            ("claimed_on", words("Ordered")), ("promise_until", words("Promised until")),
            ("days_late", words("Days late")), ("candidate_id", words("Candidate")),
        ),
        numbers=("days_late",),
    ),
    Report(
        code="case-ages",
        name=words("Ages of cases"),
        tells=words("Open cases by kind, and how long the oldest has waited."),
        service="identity",
        method="report_case_ages",
        columns=(
            ("kind", words("Kind of case")), ("open", words("Open cases")), ("oldest_days", words("Oldest, in days")),
        ),
        numbers=("open", "oldest_days"),
    ),
    Report(
        code="claims-waiting",
        name=words("Claims waiting"),
        tells=words("Claims of continuing education that wait for a reviewer."),
        service="certification",
        method="report_claims_waiting",
        columns=(
            ("submitted_on", words("Submitted")), ("waiting", words("Claims waiting")), ("days", words("Days waiting")),
        ),
        numbers=("waiting", "days"),
    ),
)  # fmt: skip


def with_code(code: str) -> Report:
    """The report; Problem 404 where there is none."""
    for report in REPORTS:
        if report.code == code:
            return report
    raise Problem(404, "not-found")


async def page(caller: Caller, report: Report, after: str = "") -> tuple[list[dict[str, Any]], str]:
    """Rows of a report and where it goes on; a service that keeps nothing of the kind has nothing to show."""
    try:
        answer = await caller.result(report.service, report.method, after=after)
    except NotFound as missing:
        if missing.code != "no-such-method":
            raise
        return [], ""
    return list(answer["rows"]), str(answer["next"] or "")


def head(report: Report) -> str:
    """The first line of the CSV, in the reader's language."""
    return sheet.BYTE_ORDER_MARK + sheet.line([str(name) for _, name in report.columns])


async def as_sheet(caller: Caller, report: Report, head: str) -> AsyncIterator[str]:
    """The whole report as CSV, page after page."""
    yield head
    after, is_first = "", True
    while after or is_first:
        rows, after = await page(caller, report, after)
        is_first = False
        if rows:
            yield "".join(sheet.line([row[code] for code, _ in report.columns]) for row in rows)
