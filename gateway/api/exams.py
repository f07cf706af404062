"""The candidate's testing history (F6.1, F6.2)."""

from urllib.parse import urlencode

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation

PATH = "/api/v1/me/exams"


async def history(ask: Ask) -> Answer:
    """One page, with RFC 8288 links to its neighbours."""
    asked = ask.query
    found = await ask.caller.result(
        "testing", "history", candidate_id=ask.candidate_id, sort=asked["sort"], descending=asked["order"] == "desc",
        page=asked["page"], page_size=asked["page_size"],
    )  # fmt: skip
    body = {**found, "page": asked["page"], "page_size": asked["page_size"], "stale": bool(ask.caller.stale)}
    links = neighbours(asked, total=found["total"])
    return Answer(body, headers={"Link": links} if links else {})


def neighbours(asked: dict[str, object], *, total: int) -> str:
    """Links to the previous and the next page, where there is one."""
    page, size = int(str(asked["page"])), int(str(asked["page_size"]))
    pages = {"prev": page - 1, "next": page + 1}
    there = {name: number for name, number in pages.items() if 1 <= number <= -(-total // size)}
    return ", ".join(f'<{PATH}?{urlencode({**asked, "page": number})}>; rel="{name}"' for name, number in there.items())


OPERATIONS = (
    Operation(
        method="GET", path=PATH, summary="Testing history", handler=history,
        query=schemas.ExamsQuery(), answer=answers.Exams(),
    ),
)  # fmt: skip
