"""Transcripts & Digital Badges: make, share by link, switch off and on, delete (F9.4 to F9.7, F9.9)."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.api import schemas
from gateway.language import say
from gateway.pages.forms import NONE, Trouble, load, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit

NEW = schemas.NewTranscript()
TEXTS = ("view_until", "remarks", "private_notes")
TICKS = ("include_expired", "show_dates", "show_address")


async def transcripts(visit: Visit) -> Response:
    """All transcripts with their links."""
    return await _list(visit, NONE)


async def ask_new(visit: Visit) -> Response:
    """The empty form."""
    return await _form(visit, NONE)


async def create(visit: Visit) -> Response:
    """Make a transcript."""
    entered: dict[str, Any] = {name: visit.form.get(name, "").strip() for name in TEXTS}
    entered |= {name: name in visit.form for name in TICKS}
    if visit.form.get("which") == "chosen":
        entered["certifications"] = visit.many("certifications")
        if not entered["certifications"]:
            return await _form(visit, Trouble({"certifications": say("Choose at least one certification.")}))
    data, trouble = load(NEW, entered)
    if not trouble:
        day = data["view_until"]
        trouble = await _send(visit, "create_transcript", **{**data, "view_until": day and day.isoformat()})
    return await _form(visit, trouble) if trouble else visit.go("/transcripts", notice="transcript-created")


def button(method: str, notice: str) -> Callable[[Visit], Awaitable[Response]]:
    """A handler for a button beside a transcript."""

    async def press(visit: Visit) -> Response:
        trouble = await _send(visit, method, transcript_id=visit.path["transcript_id"])
        return await _list(visit, trouble) if trouble else visit.go("/transcripts", notice=notice)

    return press


async def _send(visit: Visit, method: str, **arguments: Any) -> Trouble:
    try:
        await visit.command("verification", method, candidate_id=visit.candidate_id, **arguments)
    except (Rejected, Failure) as error:
        return trouble_of(error)
    return NONE


async def _list(visit: Visit, trouble: Trouble) -> Response:
    if trouble.repeatable:  # every button's key begins with the page's own
        visit.form["idempotency_key"] = visit.form["idempotency_key"][:32]
    caller, me = visit.caller, visit.candidate_id
    answers, silent = await caller.together(
        transcripts=caller.ask("verification", "transcripts", candidate_id=me),
        status=caller.ask("certification", "status", candidate_id=me),
    )
    return visit.show(
        "transcripts", transcripts=answers["transcripts"] or [], silent="transcripts" in silent, trouble=trouble,
        names=_names(answers["status"]), shown=shown, stale="transcripts" in caller.stale, site=_site(visit),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


async def _form(visit: Visit, trouble: Trouble) -> Response:
    answers, _ = await visit.caller.together(
        status=visit.caller.ask("certification", "status", candidate_id=visit.candidate_id)
    )
    return visit.show(
        "new_transcript", names=_names(answers["status"]), trouble=trouble, chosen=visit.many("certifications"),
        values={name: visit.form.get(name, "") for name in (*TEXTS, "which")}, ticked=set(TICKS) & visit.form.keys(),
        status=trouble.status if trouble else 200, keep_key=trouble.repeatable,
    )  # fmt: skip


def shown(transcript: dict[str, Any], names: dict[str, str]) -> list[str]:
    """What the transcript shows, part by part."""
    chosen = [names.get(one, one) for one in transcript["certifications"] or []]
    told = [
        (transcript["include_expired"], say("expired ones too")),
        (transcript["show_dates"], say("with dates")),
        (transcript["show_address"], say("with address")),
    ]
    return [*(chosen or [say("All certifications")]), *(words for asked, words in told if asked)]


def _names(status: dict[str, Any] | None) -> dict[str, str]:
    return {line["certification"]: line["name"] for line in status["certifications"]} if status else {}


def _site(visit: Visit) -> str:
    return f"{visit.request.url.scheme}://{visit.request.url.netloc}"


ONE = "/transcripts/{transcript_id}"
PAGES = (
    Page(method="GET", path="/transcripts", handler=transcripts),
    Page(method="GET", path="/transcripts/new", handler=ask_new),
    Page(method="POST", path="/transcripts/new", handler=create),
    Page(method="POST", path=f"{ONE}/share", handler=button("disclose_transcript", "transcript-shared")),
    Page(method="POST", path=f"{ONE}/disable", handler=button("disable_transcript", "transcript-disabled")),
    Page(method="POST", path=f"{ONE}/enable", handler=button("enable_transcript", "transcript-enabled")),
    Page(method="POST", path=f"{ONE}/delete", handler=button("delete_transcript", "transcript-deleted")),
)
