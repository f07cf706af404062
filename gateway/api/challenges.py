"""Challenges: objections, their evidence, and skill challenges (F6.4)."""

from typing import Any
from urllib.parse import unquote

from gateway import uploads
from gateway.api import challenge_answers, exam_schemas, schemas
from gateway.api.operation import BINARY, Answer, Ask, Operation
from gateway.downloads import handed_over

MINE = "/api/v1/me/challenges"
ONE = f"{MINE}/{{challenge_id}}"
FILES = f"{MINE}/files"
NOT_NOW = {409: "The rules refuse it; `code` says why."}


async def challenges(ask: Ask) -> Answer:
    """Both lists, newest first."""
    found = await ask.caller.result("testing", "challenges", candidate_id=ask.candidate_id)
    return Answer({**found, "stale": bool(ask.caller.stale)})


async def challenge(ask: Ask) -> Answer:
    """One objection with everything that was said."""
    return Answer(await ask.caller.result("testing", "challenge", **_one(ask)))


async def open_one(ask: Ask) -> Answer:
    """Object."""
    return Answer(await ask.command("testing", "open_challenge", candidate_id=ask.candidate_id, **ask.body), 201)


async def supply(ask: Ask) -> Answer:
    """Answer the reviewer, or complete the statement."""
    return Answer(await ask.command("testing", "supply_evidence", **_one(ask), **ask.body))


async def withdraw(ask: Ask) -> Answer:
    """Give the challenge up."""
    return Answer(await ask.command("testing", "withdraw_challenge", **_one(ask)))


async def upload(ask: Ask) -> Answer:
    """Upload a file (PDF, PNG, JPEG or text, at most 25 MiB); the body is the file, its name stands in `File-Name`."""
    name = unquote(ask.request.headers.get("file-name", "file"))[:200] or "file"
    file_id = await uploads.keep(ask.caller, "testing", ask.request.stream(), name=name, candidate_id=ask.candidate_id)
    return Answer({"file_id": file_id}, 201)


async def download(ask: Ask) -> Answer:
    """One file of the challenge."""
    return Answer(await handed_over(ask.caller, "testing", **_one(ask), file_id=ask.path["file_id"]))


def _one(ask: Ask) -> dict[str, Any]:
    return {"candidate_id": ask.candidate_id, "challenge_id": ask.path["challenge_id"]}


OPERATIONS = (
    Operation(
        method="GET", path=MINE, summary="Challenges", handler=challenges, answer=challenge_answers.Challenges(),
    ),
    Operation(
        method="POST", path=MINE, summary="Open a challenge", handler=open_one, body=exam_schemas.NewChallenge(),
        answer=challenge_answers.ChallengeId(), status=201, writes=True, also=NOT_NOW,
    ),
    Operation(
        method="POST", path=FILES, summary="Upload evidence", handler=upload, takes=BINARY,
        answer=challenge_answers.FileId(), status=201,
        also={413: "The file is larger than 25 MiB.", 415: "Only PDF, PNG, JPEG and text are taken."},
    ),
    Operation(
        method="GET", path=ONE, summary="One challenge", handler=challenge, answer=challenge_answers.Challenge(),
        also={404: "There is no such challenge."},
    ),
    Operation(
        method="POST", path=f"{ONE}/evidence", summary="Supply evidence", handler=supply,
        body=exam_schemas.Evidence(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
    Operation(
        method="GET", path=f"{ONE}/files/{{file_id}}", summary="Evidence of a challenge", handler=download,
        answer=challenge_answers.FileId(), gives=BINARY, also={404: "There is no such file."},
    ),
    Operation(
        method="POST", path=f"{ONE}/withdrawal", summary="Withdraw a challenge", handler=withdraw,
        body=schemas.Empty(), answer=challenge_answers.ChallengeId(), writes=True, also=NOT_NOW,
    ),
)  # fmt: skip
