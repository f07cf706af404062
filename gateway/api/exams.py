"""The candidate's testing history (F6.1, F6.2)."""

from typing import Any
from urllib.parse import urlencode

from gateway.api import exam_answers, result_answers, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.documents import exams as documents
from gateway.documents.printing import PDF, file_name, pdf

PATH = "/api/v1/me/exams"


async def history(ask: Ask) -> Answer:
    """One page, with RFC 8288 links to its neighbours."""
    asked = ask.query
    found = await ask.caller.result(
        "testing", "history", candidate_id=ask.candidate_id, sort=asked["sort"], descending=asked["order"] == "desc",
        page=asked["page"], page_size=asked["page_size"], outcome=asked["outcome"], year=asked["year"],
    )  # fmt: skip
    body = {**found, "page": asked["page"], "page_size": asked["page_size"], "stale": bool(ask.caller.stale)}
    links = neighbours(asked, total=found["total"])
    return Answer(body, headers={"Link": links} if links else {})


def neighbours(asked: dict[str, object], *, total: int) -> str:
    """Links to the previous and the next page, where there is one."""
    page, size = int(str(asked["page"])), int(str(asked["page_size"]))
    pages = {"prev": page - 1, "next": page + 1}
    kept = {name: value for name, value in asked.items() if value is not None}
    there = {name: number for name, number in pages.items() if 1 <= number <= -(-total // size)}
    return ", ".join(f'<{PATH}?{urlencode({**kept, "page": number})}>; rel="{name}"' for name, number in there.items())


async def practical(ask: Ask) -> Answer:
    """Labs and practicals, newest first."""
    found = await ask.caller.result("testing", "practical_exams", candidate_id=ask.candidate_id)
    return Answer({"practical_exams": found, "stale": bool(ask.caller.stale)})


async def score_report(ask: Ask) -> Answer:
    """One result with its percentages per domain."""
    found = await ask.caller.result(
        "testing", "score_report", candidate_id=ask.candidate_id, result_id=ask.path["result_id"]
    )
    return Answer(found)


async def score_report_pdf(ask: Ask) -> Answer:
    """The score report on paper."""
    mine: dict[str, Any] = {"candidate_id": ask.candidate_id}
    found = await ask.caller.result("testing", "score_report", **mine, result_id=ask.path["result_id"])
    profile = await ask.caller.result("identity", "profile", **mine)
    name = file_name("score-report", found["exam"], found["taken_on"])
    return Answer(await pdf(documents.score_report(found, profile), name))


async def provider(ask: Ask) -> Answer:
    """Where the test provider keeps the candidate's profile, and helps with appointments (F10.4, F10.5)."""
    return Answer(await ask.caller.result("testing", "provider_pages"))


async def sanctions(ask: Ask) -> Answer:
    """Sanctions against the candidate."""
    found = await ask.caller.result("testing", "sanctions", candidate_id=ask.candidate_id)
    return Answer({"sanctions": found, "stale": bool(ask.caller.stale)})


OPERATIONS = (
    Operation(
        method="GET", path=PATH, summary="Testing history", handler=history,
        query=schemas.ExamsQuery(), answer=result_answers.Exams(),
    ),
    Operation(
        method="GET", path=f"{PATH}/{{result_id}}/score-report", summary="Score report", handler=score_report,
        answer=result_answers.ScoreReport(), also={404: "There is no score report of such a result."},
    ),
    Operation(
        method="GET", path=f"{PATH}/{{result_id}}/score-report/pdf", summary="Score report as PDF",
        handler=score_report_pdf, answer=result_answers.ScoreReport(), gives=PDF,
        also={404: "There is no score report of such a result."},
    ),
    Operation(
        method="GET", path="/api/v1/me/practical-exams", summary="Practical exams", handler=practical,
        answer=result_answers.PracticalExams(),
    ),
    Operation(
        method="GET", path="/api/v1/test-provider", summary="Pages of the test provider", handler=provider,
        answer=exam_answers.ProviderPages(),
    ),
    Operation(
        method="GET", path="/api/v1/me/sanctions", summary="Sanctions", handler=sanctions,
        answer=result_answers.Sanctions(),
    ),
)  # fmt: skip
