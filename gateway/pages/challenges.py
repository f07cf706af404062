"""Challenges: objections and skill challenges under one heading, the form, evidence, messages (F6.4)."""

from typing import Any
from urllib.parse import unquote

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import exam_schemas
from gateway.downloads import handed_over
from gateway.pages import evidence
from gateway.pages.exam_words import CHALLENGES, vocabulary
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

LIST = "/testing-history/challenges"
ONE = f"{LIST}/{{challenge_id}}"
NEW = exam_schemas.NewChallenge()
ANSWER = exam_schemas.Evidence(only=("answer",))
FIELDS = {"test-card-needed": "card", "payment-declined": "card", "challenge-names-one-question": "question"}


async def challenges(visit: Visit) -> Response:
    """Both lists, what may be challenged today, and sanctions that can be appealed."""
    me, caller = visit.candidate_id, visit.caller
    answers, silent = await caller.together(
        listed=caller.ask("testing", "challenges", candidate_id=me),
        offered=caller.ask("testing", "challengeable", candidate_id=me),
        sanctions=caller.ask("testing", "sanctions", candidate_id=me),
    )
    listed = answers["listed"] or {"objections": [], "skill_challenges": []}
    return visit.show(
        "challenges", objections=listed["objections"], skills=listed["skill_challenges"], silent=bool(silent),
        offered=answers["offered"] or [], sanctions=answers["sanctions"] or [], stale=bool(caller.stale),
        **vocabulary(),
    )  # fmt: skip


async def ask_new(visit: Visit) -> Response:
    """The form for one thing that may be challenged."""
    return await _form(visit, NONE)


async def open_one(visit: Visit) -> Response:
    """Object."""
    kind, _, matter = visit.form.get("about", "").partition("|")
    matter_kind, _, matter_id = matter.partition("|")
    entered: dict[str, Any] = {"kind": kind, "matter_kind": matter_kind, "matter_id": matter_id}
    entered |= {name: visit.form.get(name, "").strip() for name in ("question", "statement", "card")}
    data, trouble = load(NEW, entered)
    if not trouble:
        trouble = await _send(visit, "open_challenge", **data)
    return await _form(visit, trouble) if trouble else visit.go(LIST, notice="challenge-opened")


async def show(visit: Visit) -> Response:
    """One challenge with everything that was said."""
    return await _one(visit, NONE)


async def answer(visit: Visit) -> Response:
    """Answer the reviewer, or complete the statement."""
    data, trouble = load(ANSWER, {"answer": visit.form.get("answer", "").strip()})
    files: list[str] = []
    if not trouble:
        files, trouble = await evidence.kept(visit, "testing", visit.candidate_id, candidate_id=visit.candidate_id)
    if not trouble:
        trouble = await _send(visit, "supply_evidence", **visit.path, answer=data["answer"], files=files)
    here = f"{LIST}/{visit.path['challenge_id']}"
    return await _one(visit, trouble) if trouble else visit.go(here, notice="challenge-answered")


async def download(visit: Visit) -> Response:
    """One file of the challenge."""
    return await handed_over(visit.caller, "testing", **visit.path, candidate_id=visit.candidate_id)


async def withdraw(visit: Visit) -> Response:
    """Give the challenge up."""
    trouble = await _send(visit, "withdraw_challenge", **visit.path)
    return await _one(visit, trouble) if trouble else visit.go(LIST, notice="challenge-withdrawn")


async def _send(visit: Visit, method: str, **arguments: Any) -> Trouble:
    try:
        await visit.command("testing", method, candidate_id=visit.candidate_id, **arguments)
    except (Rejected, Failure) as error:
        trouble = trouble_of(error)
        field = FIELDS.get(error.code)
        return Trouble({field: trouble.message}, status=trouble.status) if field else trouble
    return NONE


async def _form(visit: Visit, trouble: Trouble) -> Response:
    offered = await visit.caller.result("testing", "challengeable", candidate_id=visit.candidate_id)
    about = visit.form.get("about") or unquote(visit.query.get("about", ""))
    chosen = next((one for one in offered if _key(one) == about), None)
    return visit.show(
        "new_challenge", offered={_key(one): one for one in offered}, about=about, chosen=chosen, trouble=trouble,
        kinds=CHALLENGES, values=visit.form, status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
        **vocabulary(),
    )  # fmt: skip


def _key(one: dict[str, Any]) -> str:
    return f"{one['kind']}|{one['matter_kind']}|{one['matter_id']}"


async def _one(visit: Visit, trouble: Trouble) -> Response:
    found = await visit.caller.result(
        "testing", "challenge", candidate_id=visit.candidate_id, challenge_id=visit.path["challenge_id"]
    )
    return visit.show(
        "challenge", challenge=found, trouble=trouble, values=visit.form, status=trouble.status if trouble else 200,
        keep_key=trouble.repeatable, **vocabulary(),
    )  # fmt: skip


PAGES = (
    Page(method="GET", path=LIST, handler=challenges),
    Page(method="GET", path=f"{LIST}/new", handler=ask_new),
    Page(method="POST", path=f"{LIST}/new", handler=open_one),
    Page(method="GET", path=ONE, handler=show),
    Page(method="POST", path=f"{ONE}/evidence", handler=answer, takes_file=True),
    Page(method="GET", path=f"{ONE}/files/{{file_id}}", handler=download),
    Page(method="POST", path=f"{ONE}/withdrawal", handler=withdraw),
)
