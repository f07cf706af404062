"""The provider's feed: thousands of records in one call, a line of JSON each, read and decided page by page."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from chassis.decider import Rejected
from chassis.errors import Conflict, Unavailable
from gateway import idempotency, wording
from gateway.api import result_answers
from gateway.api.operation import Answer, Ask, Operation
from gateway.api.recorded_people import People
from gateway.problems import Problem

PATH = "/api/provider/v1/records"
MEDIA_TYPES = frozenset({"application/x-ndjson", "application/jsonl", "application/json-seq", "text/plain"})
PAGE = 200
"""Records per call of the service: some of its transactions, and far below its deadline."""
LONGEST_LINE = 64 * 1024
MOST_TOLD = 1000
"""Refused records that one answer names; how many there are in all is always told."""
PATIENCE = 90.0
"""Seconds in which a page is tried again while the service is away."""
PAUSES = (0.2, 0.5, 1.0, 2.0)
CALL_SECONDS = 10.0


@dataclass(slots=True)
class Tally:
    """What became of the records so far."""

    lines: int = 0
    recorded: int = 0
    known: int = 0
    refused: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)

    def count(self, answer: dict[str, Any]) -> None:
        """One record more."""
        match answer["state"]:
            case "recorded":
                self.recorded += 1
            case "known":
                self.known += 1
            case _:
                self.refuse(answer["line"], answer["id"], answer["code"], answer["details"])

    def refuse(self, line: int, id: str, code: str, details: dict[str, Any] | None = None) -> None:
        """A record that was not taken, with its line and the reason in words."""
        self.refused += 1
        if len(self.told) < MOST_TOLD:
            detail = wording.sentence(code, details)
            self.told.append({"line": line, "id": id, "code": code, "detail": detail, "details": details or {}})


async def take(ask: Ask) -> Answer:
    """Take records, one JSON object per line: good ones are kept, bad ones are answered by line and reason."""
    if ask.request.headers.get("content-type", "").partition(";")[0].strip().lower() not in MEDIA_TYPES:
        raise Problem(415, "feed-type-unknown")
    key = ask.request.headers.get("idempotency-key") or idempotency.fresh()
    tally, number = Tally(), 0
    async for page in pages(lines_of(ask.request.stream()), tally):
        await _send(ask, page, tally, f"{key}.{number}")
        number += 1
    return Answer(
        {
            "lines": tally.lines,
            "recorded": tally.recorded,
            "known": tally.known,
            "refused": tally.refused,
            "refusals": tally.told,
        }
    )


async def _send(ask: Ask, page: list[dict[str, Any]], tally: Tally, key: str) -> None:
    """One page; while a service is away the same page is sent again, and acts once."""
    ready, people = [], People(ask)
    for entry in page:
        try:
            record = await _patiently(partial(people.identify, entry["record"]))
        except Rejected as refusal:
            tally.refuse(entry["line"], str(entry["record"].get("id", "")), refusal.code, refusal.details)
        else:
            ready.append({**entry, "record": record})
    command = idempotency.command_id(ask.principal.subject, "POST", PATH, key)
    ask.caller.identify(command, idempotency.body_hash(ask.house.keys.body, ready))
    take = partial(ask.caller.result, "testing", "take_records", seconds=CALL_SECONDS, records=ready)
    answer = await _patiently(take)
    for one in answer["answers"]:
        tally.count(one)
    ask.caller.wrote(answer["written"])


async def _patiently(ask: Callable[[], Awaitable[Any]]) -> Any:
    """The answer, if need be after some tries; what was still away after all of them is raised."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    tries = 0
    while True:
        try:
            return await ask()
        except (Unavailable, Conflict):
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1


async def pages(lines: AsyncIterator[bytes | None], tally: Tally) -> AsyncIterator[list[dict[str, Any]]]:
    """Records that can be read, some hundred at a time; what cannot be read is refused on the way."""
    page: list[dict[str, Any]] = []
    async for line in lines:
        tally.lines += 1
        record = _record(line, tally)
        if record is not None:
            page.append({"line": tally.lines, "record": record})
        if len(page) == PAGE:
            yield page
            page = []
    if page:
        yield page


def _record(line: bytes | None, tally: Tally) -> dict[str, Any] | None:
    if line is None:
        tally.refuse(tally.lines, "", "line-too-long")
        return None
    if not line.strip():
        return None
    try:
        record = orjson.loads(line.decode())
    except UnicodeDecodeError:
        tally.refuse(tally.lines, "", "line-not-utf8")
    except orjson.JSONDecodeError:
        tally.refuse(tally.lines, "", "line-not-json")
    else:
        if isinstance(record, dict):
            return record
        tally.refuse(tally.lines, "", "line-not-json")
    return None


async def lines_of(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes | None]:
    """The body's lines as they arrive; None for one that is too long, whose rest is thrown away unread."""
    begun = b""
    too_long = False
    async for chunk in stream:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            whole = begun + piece
            yield None if too_long or len(whole) > LONGEST_LINE else whole
            begun, too_long = b"", False
        begun = b"" if too_long else begun + rest
        if len(begun) > LONGEST_LINE:
            begun, too_long = b"", True
    if too_long or begun:
        yield None if too_long else begun


OPERATIONS = (
    Operation(
        method="POST", path=PATH, summary="Send records of the test provider", handler=take,
        answer=result_answers.Taken(), takes="application/x-ndjson",
        also={413: "The feed is larger than 256 MiB.", 415: "The feed must be lines of JSON."},
    ),
)  # fmt: skip
