"""Public answers kept for the length of their lease, so that a page everybody reads costs next to nothing.

Verification holds a withdrawal's answer back until every lease given before it has run out. A lease counts from the
moment the question was *sent*, which is never later than the moment it was answered.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from starlette.types import Send

from chassis.languages import SOURCE

LONGEST_LEASE = 0.5
"""Seconds; no gateway ever serves an answer from memory for longer, whatever lease it was given."""
MOST_ANSWERS = 2048
MOST_BYTES = 64 * 1024
"""An answer larger than this is not kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A serialised answer: its two ASGI messages, and the moment (monotonic seconds) until which it may be given."""

    until: float
    start: dict[str, Any]
    body: dict[str, Any]


class PublicCache:
    """Serialised public answers by path and language; the least recently stored one makes room."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        self._most = most

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, path: str, language: str = SOURCE) -> Kept | None:
        """The answer kept for this path in this language, if its lease runs."""
        kept = self._kept.get((path, language))
        if kept is None:
            return None
        if kept.until <= time.monotonic():
            del self._kept[path, language]
            return None
        return kept

    def keep(
        self, path: str, *, sent_at: float, lease: float, start: dict[str, Any], body: bytes, language: str = SOURCE
    ) -> None:
        """Keep an answer until `sent_at + lease` (monotonic seconds)."""
        until = sent_at + min(lease, LONGEST_LEASE)
        if until <= time.monotonic() or len(body) > MOST_BYTES:
            return
        self._kept.pop((path, language), None)
        self._kept[path, language] = Kept(until, start, {"type": "http.response.body", "body": body})
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


async def give(kept: Kept, send: Send) -> None:
    """Answer from memory."""
    await send(kept.start)
    await send(kept.body)
