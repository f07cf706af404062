"""Everything about one candidate: answers of five services, and their facts as one line of time."""

from dataclasses import dataclass
from typing import Any

from gateway.calls import Caller
from gateway.console.proposals import SERVICES

PAGE = 25
QUIET = ("session-extended",)
"""Facts that tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Facts of all services, the newest first; `before` leads to the older ones, empty at the end."""

    facts: list[dict[str, Any]]
    before: str
    silent: list[str]


async def parts(caller: Caller, candidate_id: str) -> tuple[dict[str, Any], list[str]]:
    """Profile, certifications, exams, kits and transcripts; None for a part whose service is silent."""
    return await caller.together(
        profile=caller.ask("identity", "profile", candidate_id=candidate_id),
        certifications=caller.ask("certification", "status", candidate_id=candidate_id),
        exams=caller.ask("testing", "history", candidate_id=candidate_id, page_size=50),
        kits=caller.ask("fulfillment", "kits", candidate_id=candidate_id),
        transcripts=caller.ask("verification", "transcripts", candidate_id=candidate_id),
    )


async def timeline(caller: Caller, candidate_id: str, before: str = "") -> Timeline:
    """A page of the candidate's facts; each service is read on from its own place."""
    places = read_places(before)
    asked = {
        service: caller.ask(
            service, "timeline", candidate_id=candidate_id, before=places.get(service), limit=PAGE, without=QUIET
        )
        for service in SERVICES
        if places.get(service) != 0
    }
    answers, silent = await caller.together(**asked)
    found = [line for lines in answers.values() if lines for line in lines]
    newest = sorted(found, key=lambda line: (line["at"], line["source"], line["position"]), reverse=True)
    return Timeline(newest[:PAGE], _next(places, answers, newest), silent)


def read_places(text: str) -> dict[str, int]:
    """Where each service goes on, from `identity:120,testing:0`; what cannot be read is left out."""
    found = (part.partition(":") for part in text.split(",", len(SERVICES))[: len(SERVICES)])
    return {
        service: int(place)
        for service, _, place in found
        if service in SERVICES and place.isascii() and place.isdecimal() and len(place) < len("9" * 18)
    }


def _next(places: dict[str, int], answers: dict[str, Any], newest: list[dict[str, Any]]) -> str:
    """The places behind this page; 0 for a service that has told everything."""
    shown, left = newest[:PAGE], newest[PAGE:]
    after = dict(places)
    for service, lines in answers.items():
        if lines is None:
            continue
        own = [line["position"] for line in shown if line["source"] == service]
        has_more = len(lines) == PAGE or any(line["source"] == service for line in left)
        if own:
            after[service] = min(own)
        if not has_more:
            after[service] = 0
    is_over = all(after.get(service) == 0 for service in SERVICES)
    return "" if is_over else ",".join(f"{service}:{place}" for service, place in sorted(after.items()))
