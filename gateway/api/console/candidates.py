"""Candidates found, the whole record of one, and what happened to them (F12.1)."""

from gateway.api.console import answers, schemas
from gateway.api.console.asking import permissions, write_down
from gateway.api.operation import Answer, Ask, Operation
from gateway.console import people, record
from gateway.console.people import PERSONAL
from gateway.problems import Problem

LIST = "/api/console/v1/candidates"
ONE = f"{LIST}/{{candidate_id}}"


async def search(ask: Ask) -> Answer:
    """Candidates who match all that is given; names and e-mail addresses only for groups that may see them."""
    personal = PERSONAL in permissions(ask)
    if not personal and (ask.query["text"] or ask.query["email"]):
        raise Problem(403, "permission-missing", details={"permission": PERSONAL})
    await write_down(ask, "candidates-searched")
    found = await ask.caller.result("identity", "search_candidates", **ask.query)
    return Answer({**found, "candidates": [people.shown(one, personal=personal) for one in found["candidates"]]})


async def one(ask: Ask) -> Answer:
    """Everything about one candidate."""
    candidate_id = ask.path["candidate_id"]
    await write_down(ask, "candidate-viewed", about=candidate_id)
    parts, silent = await record.parts(ask.caller, candidate_id)
    if parts["transcripts"]:
        parts["transcripts"] = [{**one, "private_notes": None} for one in parts["transcripts"]]
    if parts["profile"]:
        parts["profile"] = people.shown(parts["profile"], personal=PERSONAL in permissions(ask))
    return Answer({"candidate_id": candidate_id, **parts, "unavailable": silent})


async def timeline(ask: Ask) -> Answer:
    """Facts of all services about one candidate, the newest first."""
    candidate_id = ask.path["candidate_id"]
    await write_down(ask, "candidate-viewed", about=candidate_id)
    told = await record.timeline(ask.caller, candidate_id, ask.query["before"])
    return Answer({"facts": told.facts, "before": told.before, "unavailable": told.silent})


OPERATIONS = (
    Operation(
        method="GET", path=LIST, summary="Find candidates", handler=search, query=schemas.Search(),
        answer=answers.CandidatesFound(),
    ),
    Operation(method="GET", path=ONE, summary="One candidate", handler=one, answer=answers.CandidateRecord()),
    Operation(
        method="GET", path=f"{ONE}/timeline", summary="What happened to a candidate", handler=timeline,
        query=schemas.Timeline(), answer=answers.CandidateTimeline(),
    ),
)  # fmt: skip
