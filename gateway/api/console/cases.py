"""Cases at work: the queue, one case, answers, and how it ends; joining a record is proposed as an approval (F1.16)."""

from gateway.api import answers, challenge_answers, schemas
from gateway.api.console.answers import MergePreview, ProposalId
from gateway.api.console.asking import permissions, write_down
from gateway.api.console.schemas import MergedRecord, NewActByCase
from gateway.api.operation import BINARY, Answer, Ask, Operation
from gateway.console import merging
from gateway.console.people import PERSONAL
from gateway.downloads import handed_over

CASES = "/api/console/v1/cases"


async def queue(ask: Ask) -> Answer:
    """Cases in one state, those that wait longest first."""
    return Answer(await ask.caller.result("identity", "case_queue", **ask.query))


async def one(ask: Ask) -> Answer:
    """One case; that somebody has read it is written down first."""
    case_id = ask.path["case_id"]
    await write_down(ask, "case-viewed", about=case_id)
    return Answer(await ask.caller.result("identity", "case_at_work", case_id=case_id))


async def download(ask: Ask) -> Answer:
    """A file of the case; that somebody has read it is written down first."""
    await write_down(ask, "case-file-opened", about=ask.path["case_id"])
    return Answer(
        await handed_over(ask.caller, "identity", described="file_at_work", part="file_part_at_work", **ask.path)
    )


async def merge(ask: Ask) -> Answer:
    """What the record of the case and another one would hold as one; written down first."""
    case_id = ask.path["case_id"]
    case = await ask.caller.result("identity", "case_at_work", case_id=case_id)
    await write_down(ask, "merge-previewed", about=case["owner"])
    found = await merging.previewed(ask.caller, case_id, case["owner"], ask.query["record"])
    if PERSONAL not in permissions(ask):
        for side in (found.kept, found.absorbed):
            side.update(name=None, email=None)
    return Answer(found.as_document())


async def answer(ask: Ask) -> Answer:
    """Write to the person."""
    await write_down(ask, "case-answered", about=ask.path["case_id"])
    return Answer(await ask.command("identity", "answer_case", by=ask.principal.subject, **ask.path, **ask.body))


async def close(ask: Ask) -> Answer:
    """Come to an end."""
    await write_down(ask, "case-closed", about=ask.path["case_id"])
    return Answer(await ask.command("identity", "close_case", by=ask.principal.subject, **ask.path, **ask.body))


async def propose(ask: Ask) -> Answer:
    """Ask a second person for what the case is about."""
    await write_down(ask, "proposal-made", about=ask.path["case_id"], reason=ask.body["reason"])
    arguments = {**ask.path, **ask.body, "by": ask.principal.subject, "permissions": permissions(ask)}
    return Answer(await ask.command("identity", "propose_by_case", **arguments), 201)


OPERATIONS = (
    Operation(
        method="GET", path=CASES, summary="Cases that wait", handler=queue, query=schemas.CaseQueue(),
        answer=answers.CaseQueue(),
    ),
    Operation(
        method="GET", path=f"{CASES}/{{case_id}}", summary="One case at work", handler=one, answer=answers.CaseAtWork(),
    ),
    Operation(
        method="GET", path=f"{CASES}/{{case_id}}/files/{{file_id}}", summary="Evidence of a case", handler=download,
        answer=challenge_answers.FileId(), gives=BINARY, also={404: "There is no such file."},
    ),
    Operation(
        method="GET", path=f"{CASES}/{{case_id}}/merge", summary="What two records would hold as one", handler=merge,
        query=MergedRecord(), answer=MergePreview(),
    ),
    Operation(
        method="POST", path=f"{CASES}/{{case_id}}/answers", summary="Answer a case", handler=answer,
        body=schemas.CaseAnswer(), answer=answers.CaseId(), writes=True,
    ),
    Operation(
        method="POST", path=f"{CASES}/{{case_id}}/closing", summary="Close a case", handler=close,
        body=schemas.CaseClosing(), answer=answers.CaseId(), writes=True,
    ),
    Operation(
        method="POST", path=f"{CASES}/{{case_id}}/proposals", summary="Ask for what a case needs two people for",
        handler=propose, body=NewActByCase(), answer=ProposalId(), status=201, writes=True,
        also={409: "The rules refuse it; `code` says why."},
    ),
)  # fmt: skip
