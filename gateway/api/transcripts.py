"""Transcripts: make, share, switch off and on, delete (F9.4 to F9.7, F9.9)."""

from gateway.api import answers, schemas
from gateway.api.operation import Answer, Ask, Operation
from gateway.api.profile import withdrawn

ONE = "/api/v1/me/transcripts/{transcript_id}"


async def transcripts(ask: Ask) -> Answer:
    """All transcripts of the candidate."""
    found = await ask.caller.result("verification", "transcripts", candidate_id=ask.candidate_id)
    return Answer({"transcripts": found, "stale": bool(ask.caller.stale)})


async def create(ask: Ask) -> Answer:
    """Make a transcript."""
    day = ask.body["view_until"]
    body = {**ask.body, "view_until": day and day.isoformat()}
    return Answer(await ask.command("verification", "create_transcript", candidate_id=ask.candidate_id, **body), 201)


async def disclose(ask: Ask) -> Answer:
    """Make a link."""
    return Answer(await _on_one(ask, "disclose_transcript"), 201)


async def disable(ask: Ask) -> Answer:
    """Stop every link; verification answers when the last lease on an earlier answer has run out."""
    await _on_one(ask, "disable_transcript")
    return withdrawn(done=True)


async def enable(ask: Ask) -> Answer:
    """Let the links work again."""
    await _on_one(ask, "enable_transcript")
    return Answer({"transcript_id": ask.path["transcript_id"]})


async def delete(ask: Ask) -> Answer:
    """Remove the transcript for good."""
    await _on_one(ask, "delete_transcript")
    return withdrawn(done=True)


async def _on_one(ask: Ask, method: str) -> dict[str, object]:
    transcript_id = ask.path["transcript_id"]
    return await ask.command("verification", method, candidate_id=ask.candidate_id, transcript_id=transcript_id)


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/transcripts", summary="Transcripts", handler=transcripts,
        answer=answers.Transcripts(),
    ),
    Operation(
        method="POST", path="/api/v1/me/transcripts", summary="Make a transcript", handler=create,
        body=schemas.NewTranscript(), answer=answers.TranscriptCreated(), status=201, writes=True,
        also={409: "The rules refuse it, for example a last viewing day that is too late."},
    ),
    Operation(
        method="POST", path=f"{ONE}/disclosures", summary="Make a link to a transcript", handler=disclose,
        answer=answers.Disclosed(), status=201, writes=True, also={409: "The transcript is switched off or expired."},
    ),
    Operation(
        method="POST", path=f"{ONE}/disable", summary="Switch a transcript off", handler=disable,
        answer=answers.Withdrawal(), writes=True,
    ),
    Operation(
        method="POST", path=f"{ONE}/enable", summary="Switch a transcript on", handler=enable,
        answer=answers.TranscriptCreated(), writes=True,
    ),
    Operation(
        method="DELETE", path=ONE, summary="Delete a transcript", handler=delete,
        answer=answers.Withdrawal(), writes=True,
    ),
)  # fmt: skip
