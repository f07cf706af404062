"""Online Support for candidates and for visitors: open a case, read it, write again (F1.16)."""

from urllib.parse import unquote

from gateway import uploads
from gateway.api import answers, challenge_answers, schemas
from gateway.api.operation import BINARY, Answer, Ask, Operation
from gateway.downloads import handed_over

MINE = "/api/v1/me/cases"


async def mine(ask: Ask) -> Answer:
    """The candidate's cases, the newest first."""
    return Answer({"cases": await ask.caller.result("identity", "cases", candidate_id=ask.candidate_id)})


async def one(ask: Ask) -> Answer:
    """One case with its messages."""
    case_id = ask.path["case_id"]
    return Answer(await ask.caller.result("identity", "case", candidate_id=ask.candidate_id, case_id=case_id))


async def open_mine(ask: Ask) -> Answer:
    """Ask for help."""
    return Answer(await ask.command("identity", "open_case", candidate_id=ask.candidate_id, **ask.body), 201)


async def reply(ask: Ask) -> Answer:
    """Write to support again."""
    return Answer(await ask.command("identity", "reply_to_case", candidate_id=ask.candidate_id, **ask.path, **ask.body))


async def upload(ask: Ask) -> Answer:
    """Upload a file (PDF, PNG, JPEG or text, at most 25 MiB); the body is the file, its name stands in `File-Name`.

    A message that names the file in `files` makes it part of the case.
    """
    name = unquote(ask.request.headers.get("file-name", "file"))[:200] or "file"
    owner = {"candidate_id": ask.candidate_id, "case_id": ask.path["case_id"]}
    return Answer(
        {"file_id": await uploads.keep(ask.caller, "identity", ask.request.stream(), name=name, **owner)}, 201
    )


async def download(ask: Ask) -> Answer:
    """One file of the case."""
    return Answer(await handed_over(ask.caller, "identity", **ask.path, candidate_id=ask.candidate_id))


async def open_as_visitor(ask: Ask) -> Answer:
    """Ask for help without an account; a link to the case is mailed."""
    return Answer(await ask.command("identity", "open_case", **ask.body), 201)


OPERATIONS = (
    Operation(
        method="GET", path=MINE, summary="Cases", handler=mine, answer=answers.Cases(), before="mapping",
    ),
    Operation(
        method="POST", path=MINE, summary="Open a case", handler=open_mine, body=schemas.NewCase(),
        answer=answers.CaseId(), status=201, writes=True, before="mapping",
    ),
    Operation(
        method="GET", path=f"{MINE}/{{case_id}}", summary="One case with its messages", handler=one,
        answer=answers.Case(), before="mapping",
    ),
    Operation(
        method="POST", path=f"{MINE}/{{case_id}}/messages", summary="Write in a case", handler=reply,
        body=schemas.CaseReply(), answer=answers.CaseId(), writes=True, before="mapping",
    ),
    Operation(
        method="POST", path=f"{MINE}/{{case_id}}/files", summary="Upload evidence for a case", handler=upload,
        takes=BINARY, answer=challenge_answers.FileId(), status=201, writes=True, before="mapping",
        also={413: "The file is larger than 25 MiB.", 415: "Only PDF, PNG, JPEG and text are taken."},
    ),
    Operation(
        method="GET", path=f"{MINE}/{{case_id}}/files/{{file_id}}", summary="Evidence of a case", handler=download,
        answer=challenge_answers.FileId(), gives=BINARY, before="mapping", also={404: "There is no such file."},
    ),
    Operation(
        method="POST", path="/api/v1/cases", summary="Open a case without an account", handler=open_as_visitor,
        body=schemas.VisitorsCase(), answer=answers.CaseId(), status=201, writes=True, visitor=True,
    ),
)  # fmt: skip
