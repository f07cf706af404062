"""For people of the house: the built-in test centre, and the challenges that wait for a reviewer."""

from typing import Any

from gateway.api import challenge_answers, exam_answers, exam_schemas, schemas
from gateway.api.appointments import plain
from gateway.api.operation import Answer, Ask, Operation
from gateway.downloads import handed_over

CENTRE = "/api/console/v1/test-centre"
VISIT = f"{CENTRE}/{{appointment_id}}"
QUEUE = "/api/console/v1/challenges"
ONE = f"{QUEUE}/{{challenge_id}}"
NOT_NOW = {409: "The rules refuse it; `code` says why."}


async def visitors(ask: Ask) -> Answer:
    """Who comes on a day."""
    return Answer(await ask.caller.result("testing", "centre", **plain(ask.query)))


async def happened(ask: Ask) -> Answer:
    """Note what happened."""
    return Answer(await ask.command("testing", "note_at_centre", **ask.path, **ask.body))


async def scored(ask: Ask) -> Answer:
    """Score a delivered exam."""
    return Answer(await ask.command("testing", "score", **ask.path, **ask.body))


async def queue(ask: Ask) -> Answer:
    """What waits."""
    return Answer({"challenges": await ask.caller.result("testing", "challenge_queue")})


async def review(ask: Ask) -> Answer:
    """One challenge with everything that was said and proposed."""
    return Answer(await ask.caller.result("testing", "review", challenge_id=ask.path["challenge_id"]))


async def evidence(ask: Ask) -> Answer:
    """One file that the candidate sent."""
    found = await ask.caller.result("testing", "review", challenge_id=ask.path["challenge_id"])
    return Answer(await handed_over(ask.caller, "testing", **ask.path, candidate_id=found["candidate_id"]))


async def start(ask: Ask) -> Answer:
    """Take a challenge."""
    return await _as_reviewer(ask, "start_review")


async def question(ask: Ask) -> Answer:
    """Ask the candidate."""
    return await _as_reviewer(ask, "request_evidence")


async def rule(ask: Ask) -> Answer:
    """Say how it should end."""
    return await _as_reviewer(ask, "propose_ruling")


async def decide(ask: Ask) -> Answer:
    """Agree as the second reviewer, or send it back."""
    return await _as_reviewer(ask, "decide_challenge")


async def _as_reviewer(ask: Ask, method: str) -> Answer:
    named: dict[str, Any] = {"challenge_id": ask.path["challenge_id"], "reviewer": ask.principal.subject}
    return Answer(await ask.command("testing", method, **named, **ask.body))


OPERATIONS = (
    Operation(
        method="GET", path=CENTRE, summary="Who comes to the test centre", handler=visitors,
        query=exam_schemas.CentreQuery(), answer=exam_answers.Visitors(),
    ),
    Operation(
        method="POST", path=f"{VISIT}/happenings", summary="Note what happened at the test centre", handler=happened,
        body=exam_schemas.Happening(), answer=exam_answers.AppointmentId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{VISIT}/score", summary="Score a delivered exam", handler=scored,
        body=exam_schemas.Score(), answer=exam_answers.ResultId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="GET", path=QUEUE, summary="Challenges that wait", handler=queue, answer=challenge_answers.Queue(),
    ),
    Operation(
        method="GET", path=ONE, summary="Review a challenge", handler=review, answer=challenge_answers.Review(),
        also={404: "There is no such challenge."},
    ),
    Operation(
        method="GET", path=f"{ONE}/files/{{file_id}}", summary="Evidence under review", handler=evidence,
        answer=challenge_answers.FileId(), gives="application/octet-stream", also={404: "There is no such file."},
    ),
    Operation(
        method="POST", path=f"{ONE}/review", summary="Take a challenge", handler=start,
        body=schemas.Empty(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{ONE}/questions", summary="Ask the candidate", handler=question,
        body=exam_schemas.Question(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{ONE}/ruling", summary="Propose how a challenge ends", handler=rule,
        body=exam_schemas.Ruling(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=f"{ONE}/decision", summary="Decide a challenge", handler=decide,
        body=exam_schemas.Decision(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
)  # fmt: skip
