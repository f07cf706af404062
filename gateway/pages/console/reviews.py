"""Challenges that wait: taken by one reviewer, decided by another (F6.4, R-H4)."""

from typing import Any

from starlette.responses import Response

from gateway.api import exam_schemas
from gateway.downloads import handed_over
from gateway.pages.console.visiting import may, send, write_down
from gateway.pages.exam_words import REMEDIES, vocabulary
from gateway.pages.forms import NONE, Trouble, load
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/console/challenges"
ONE = f"{LIST}/{{challenge_id}}"
QUESTION, RULING, DECISION = exam_schemas.Question(), exam_schemas.Ruling(), exam_schemas.Decision()


async def queue(visit: Visit) -> Response:
    """What waits, the nearest promise first."""
    found = await visit.caller.result("testing", "challenge_queue")
    return visit.show("console/challenges", challenges=found, **vocabulary())


async def review(visit: Visit) -> Response:
    """One challenge with everything that was said and proposed."""
    return await _one(visit, NONE)


async def download(visit: Visit) -> Response:
    """One file that the candidate sent."""
    found = await visit.caller.result("testing", "review", challenge_id=visit.path["challenge_id"])
    await write_down(visit, "evidence-viewed", about=found["candidate_id"])
    return await handed_over(visit.caller, "testing", **visit.path, candidate_id=found["candidate_id"])


async def take(visit: Visit) -> Response:
    """Take it."""
    return await _act(visit, "start_review", {}, NONE)


async def ask(visit: Visit) -> Response:
    """Ask the candidate."""
    data, trouble = load(QUESTION, {"question": visit.form.get("question", "").strip()})
    return await _act(visit, "request_evidence", data, trouble)


async def rule(visit: Visit) -> Response:
    """Say how it should end."""
    entered: dict[str, Any] = {
        name: visit.form.get(name, "").strip() for name in ("reason", "remedy", "outcome", "score")
    }
    data, trouble = load(RULING, {**entered, "upheld": visit.form.get("upheld") == "yes"})
    return await _act(visit, "propose_ruling", data, trouble)


async def decide(visit: Visit) -> Response:
    """Agree, or send it back."""
    entered = {"agrees": visit.form.get("agrees") == "yes", "reason": visit.form.get("reason", "").strip()}
    data, trouble = load(DECISION, entered)
    return await _act(visit, "decide_challenge", data, trouble)


async def _act(visit: Visit, method: str, data: dict[str, Any], trouble: Trouble) -> Response:
    if not trouble:
        trouble = await send(visit, "testing", method, **visit.path, reviewer=visit.candidate_id, **data)
    here = f"{LIST}/{visit.path['challenge_id']}"
    return await _one(visit, trouble) if trouble else visit.go(here, notice="review-noted")


async def _one(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result("testing", "review", challenge_id=visit.path["challenge_id"])
    await write_down(visit, "challenge-viewed", about=found["candidate_id"])
    proposed = found["status"] == "under-review" and found["proposed_remedy"] is not None
    return visit.show(
        "console/challenge", challenge=found, trouble=trouble, values=visit.form, remedies=REMEDIES,
        proposed=proposed, mine=found["reviewer"] == visit.candidate_id, can_decide=may(visit, "challenges.decide"),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable, **vocabulary(),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=queue),
    Page(method="GET", path=ONE, handler=review),
    Page(method="GET", path=f"{ONE}/files/{{file_id}}", handler=download),
    Page(method="POST", path=f"{ONE}/review", handler=take),
    Page(method="POST", path=f"{ONE}/questions", handler=ask),
    Page(method="POST", path=f"{ONE}/ruling", handler=rule),
    Page(method="POST", path=f"{ONE}/decision", handler=decide),
)
