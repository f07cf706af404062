"""What one record of two would hold, put together from all services, with what stands in both (F1.13)."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.calls import Caller

ACTION = "records-merge"


@dataclass(frozen=True, slots=True)
class Preview:
    """The record that stays, the one that goes into it, what stands in the way, and what both hold."""

    kept: dict[str, Any]
    absorbed: dict[str, Any]
    obstacle: str
    certifications: list[dict[str, Any]]
    credits: dict[str, int]
    exams: list[dict[str, Any]]
    kits: list[dict[str, Any]]
    transcripts: list[dict[str, Any]]
    codes: dict[str, int]

    def as_document(self) -> dict[str, Any]:
        """As it travels."""
        return {name: getattr(self, name) for name in Preview.__slots__}


async def previewed(caller: Caller, case_id: str, kept_id: str, text: str) -> Preview:
    """Raises NotFound for a record that does not exist; a silent service fails it, for a part would mislead."""
    kept, absorbed = await asyncio.gather(
        caller.result("identity", "record_named", text=kept_id),
        caller.result("identity", "record_named", text=text),
    )
    both = (kept["candidate_id"], absorbed["candidate_id"])
    obstacle, joined, exams, kits, transcripts, codes = await asyncio.gather(
        _obstacle(caller, case_id, *both),
        caller.result("certification", "preview_join", candidate_id=both[0], absorbed_id=both[1]),
        _of_both(caller, both, "testing", "history", page_size=200),
        _of_both(caller, both, "fulfillment", "kits"),
        _of_both(caller, both, "verification", "transcripts"),
        _of_both(caller, both, "verification", "codes"),
    )
    return Preview(
        kept=dict(kept),
        absorbed=dict(absorbed),
        obstacle=obstacle,
        certifications=[_named(line) for line in joined["certifications"]],
        credits=dict(joined["credits"]),
        exams=_together([one["results"] for one in exams], "exam", newest="taken_on"),
        kits=_together(kits, "certification", newest="offered_on"),
        transcripts=_together([_without_links(one) for one in transcripts], "transcript_id", newest="view_until"),
        codes={"kept": len(codes[0]), "absorbed": len(codes[1])},
    )


async def _obstacle(caller: Caller, case_id: str, kept_id: str, absorbed_id: str) -> str:
    """The code of what the rules say against it; empty where nothing does."""
    arguments = {"case_id": case_id, "absorbed_id": absorbed_id}
    try:
        await caller.result("identity", "preview_proposal", action=ACTION, subject=kept_id, arguments=arguments)
    except (Rejected, Failure) as refusal:
        return refusal.code
    return ""


async def _of_both(caller: Caller, both: tuple[str, str], service: str, method: str, **more: Any) -> list[Any]:
    return await asyncio.gather(*(caller.result(service, method, candidate_id=one, **more) for one in both))


def _named(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "both": line["kept"] is not None and line["absorbed"] is not None}


def _together(both: list[list[dict[str, Any]]], key: str, *, newest: str) -> list[dict[str, Any]]:
    """Lines of both records, the newest first; `both` marks what the other record has as well."""
    in_records = Counter(name for lines in both for name in {line[key] for line in lines})
    found = [
        {**line, "record": record, "both": in_records[line[key]] > 1}
        for record, lines in zip(("kept", "absorbed"), both, strict=True)
        for line in lines
    ]
    return sorted(found, key=lambda line: str(line[newest]), reverse=True)


def _without_links(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many links there are is enough; the links themselves are the holder's."""
    hidden = ("disclosures", "private_notes", "remarks")
    return [
        {**{name: value for name, value in line.items() if name not in hidden}, "links": len(line["disclosures"])}
        for line in lines
    ]
