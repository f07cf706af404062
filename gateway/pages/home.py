"""The dashboard: recent activity, upcoming expirations, what to do next (F3.1, F3.4, F3.5, F3.6)."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from gateway import wording
from gateway.language import say
from gateway.pages.page import Page
from gateway.pages.visit import Visit

MOST_RECENT = 10
EXPIRES_WITHIN_DAYS = 180


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of recent activity, linking to its page."""

    on: str
    words: str
    path: str


async def home(visit: Visit) -> Response:
    """Ask every service at once; a silent one leaves a quiet placeholder."""
    me, caller = visit.candidate_id, visit.caller
    answers, silent = await caller.together(
        profile=caller.ask("identity", "profile", candidate_id=me),
        expirations=caller.ask("certification", "expirations", candidate_id=me, within_days=EXPIRES_WITHIN_DAYS),
        history=caller.ask("certification", "history", candidate_id=me),
        exams=caller.ask("testing", "history", candidate_id=me, page_size=MOST_RECENT),
        kits=caller.ask("fulfillment", "kits", candidate_id=me),
        transcripts=caller.ask("verification", "transcripts", candidate_id=me),
    )
    return visit.show(
        "home", profile=answers["profile"], expirations=answers["expirations"], stale=bool(caller.stale),
        silent=silent, activities=recent(answers), claimable=claimable(answers["kits"]),
    )  # fmt: skip


def claimable(kits: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Kits waiting for a claim."""
    return [kit for kit in kits or [] if kit["claimable"]]


def recent(answers: dict[str, Any]) -> list[Activity]:
    """The candidate's last facts, newest first."""
    found = [
        *(_certification(line) for line in answers["history"] or []),
        *(_exam(line) for line in (answers["exams"] or {"results": []})["results"]),
        *(line for kit in answers["kits"] or [] for line in _kit(kit)),
        *(line for transcript in answers["transcripts"] or [] for line in _transcript(transcript)),
    ]
    return sorted(found, key=lambda line: line.on, reverse=True)[:MOST_RECENT]


def _certification(line: dict[str, Any]) -> Activity:
    return Activity(line["on"], f"{wording.fact(line['what'])}: {line['name']}", "/certifications/history")


def _exam(line: dict[str, Any]) -> Activity:
    outcome = wording.status(line["outcome"])
    told = say("Exam %(code)s %(title)s: %(outcome)s", code=line["exam"], title=line["title"], outcome=outcome)
    return Activity(line["taken_on"], told, "/testing-history")


def _kit(kit: dict[str, Any]) -> list[Activity]:
    told = {"kind": wording.kind(kit["kind"]), "name": kit["name"]}
    lines = [Activity(kit["offered_on"], say("%(kind)s offered: %(name)s", **told), "/kits")]
    if kit["claimed_on"]:
        lines.append(Activity(kit["claimed_on"], say("%(kind)s ordered: %(name)s", **told), "/kits"))
    return lines


def _transcript(transcript: dict[str, Any]) -> list[Activity]:
    return [
        Activity(shared["disclosed_at"][:10], say("Transcript shared by link"), "/transcripts")
        for shared in transcript["disclosures"]
    ]


PAGES = (Page(method="GET", path="/home", handler=home),)
