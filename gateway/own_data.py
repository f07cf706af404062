"""Everything that all services know of one person, for themselves (F2.11, R-P2)."""

import asyncio
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

from gateway.calls import Caller
from gateway.console.proposals import SERVICES

QUIET = ("session-extended", "session-started", "session-ended", "link-issued")
"""Facts that tell nobody anything."""
SECONDS = 10.0
"""A download may take longer than a page."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """The profile, and the facts of each service, the newest first."""

    profile: dict[str, Any]
    facts: dict[str, list[dict[str, Any]]]

    def as_document(self, made_at: str) -> dict[str, Any]:
        """As it is downloaded."""
        return {"made_at": made_at, "profile": self.profile, "facts": self.facts}


async def gathered(caller: Caller, candidate_id: str) -> OwnData:
    """Ask all services at once; one that is silent fails the whole, for a part would not be all."""
    profile, *facts = await asyncio.gather(
        caller.result("identity", "profile", candidate_id=candidate_id, seconds=SECONDS),
        *(_facts_of(caller, service, candidate_id) for service in SERVICES),
    )
    return OwnData(dict(profile), dict(zip(SERVICES, facts, strict=True)))


async def _facts_of(caller: Caller, service: str, candidate_id: str) -> list[dict[str, Any]]:
    method = "own_account_facts" if service == "identity" else "own_facts"
    found: list[dict[str, Any]] = []
    before: int | None = None
    while True:
        answer = await caller.result(service, method, candidate_id=candidate_id, before=before, seconds=SECONDS)
        found += [fact for fact in answer["facts"] if fact["name"] not in QUIET]
        before = answer["before"]
        if before is None:
            return found


def packed(document: dict[str, Any], readable: str) -> bytes:
    """A zip with the same twice: for machines, and for people."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", json.dumps(document, ensure_ascii=False, indent=2))
        archive.writestr("my-data.html", readable)
    return output.getvalue()
