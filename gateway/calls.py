"""One request's calls to services: they share its deadline, correlation id, command and the caller's own writes."""

import asyncio
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from chassis.errors import Unavailable
from gateway import marks, metrics, rpc
from gateway.answers import Answers, Kept, question
from gateway.marks import Mark

BUDGET = 1.4
"""Seconds in which all calls of one request must be done, so that it is answered within two."""
LATE = 60.0
"""Seconds; data that lags by more is shown with its time."""


@dataclass(frozen=True, slots=True)
class Part:
    """One service's part of a composed answer; `result` is None where the service is silent and nothing is known."""

    result: Any
    silent: bool = False
    known_at: float | None = None
    """The moment (unix seconds) of data that is not of now: from memory for a silent service, or lagging."""
    behind: bool = False
    """The caller's own writes may be missing."""


class Caller:
    """Asks services for one request; `stale` gathers the services that had not caught up."""

    def __init__(
        self, client: rpc.Client, *, correlation: str = "", traceparent: str = "", at_least: Iterable[Mark] = (),
        until: float | None = None, patience: float = rpc.PATIENCE, answers: Answers | None = None,
    ) -> None:  # fmt: skip
        self.client = client
        self.answers = answers or Answers()
        self.correlation = correlation
        self.traceparent = traceparent or new_traceparent()
        self.at_least = tuple(at_least)
        self.until = until or time.monotonic() + BUDGET
        self.patience = patience
        self.written: tuple[Mark, ...] = ()
        self.stale: list[str] = []
        self._command: dict[str, str] = {}
        self._packed = b""

    @property
    def left(self) -> float:
        """Seconds left for this request's calls."""
        return self.until - time.monotonic()

    def identify(self, command: str, body: str) -> None:
        """From now on calls carry this command id and hash of the body, so that a repetition acts once."""
        self._command = {"certtrack.command": command, "certtrack.body": body}
        self._packed = b""

    def ask(
        self, service: str, method: str, *, seconds: float | None = None, **arguments: Any
    ) -> asyncio.Future[rpc.Reply]:
        """Send a call; awaiting the future gives the Reply or raises a typed error."""
        if not self._packed:
            self._packed = rpc.pack(self._headers())
        seconds = min(self.patience if seconds is None else seconds, self.left)
        return self.client.call(service, method, arguments, headers=self._packed, seconds=seconds)

    async def result(self, service: str, method: str, *, seconds: float | None = None, **arguments: Any) -> Any:
        """What the service answered; a stale answer is noted in `stale`."""
        reply = await self.ask(service, method, seconds=seconds, **arguments)
        if reply.stale:
            self.stale.append(service)
        return reply.result

    def wrote(self, mark: Sequence[Any] | None) -> None:
        """Note what a command has written; later calls of this request read at least that."""
        self.written = marks.merge(self.written, marks.of(mark))
        self.at_least = marks.merge(self.at_least, self.written)
        self._packed = b""

    async def together(self, **asked: asyncio.Future[rpc.Reply]) -> tuple[dict[str, Any], list[str]]:
        """Answers of parallel calls by name, None for a service that kept silent, and the names of the silent ones.

        Other typed errors are raised: silence is forgiven, refusals are not.
        """
        replies = await asyncio.gather(*asked.values(), return_exceptions=True)
        answers: dict[str, Any] = {}
        for name, reply in zip(asked, replies, strict=True):
            if isinstance(reply, BaseException) and not isinstance(reply, Unavailable):
                raise reply
            answers[name] = reply.result if isinstance(reply, rpc.Reply) else None
            if isinstance(reply, rpc.Reply) and reply.stale:
                self.stale.append(name)
        return answers, [name for name, reply in zip(asked, replies, strict=True) if isinstance(reply, Unavailable)]

    async def parts(self, candidate_id: str, asked: Mapping[str, tuple[str, dict[str, Any]]]) -> dict[str, Part]:
        """What services say about a candidate, from memory where that is as good; `asked` has a method for each.

        Other typed errors than silence are raised.
        """
        answers = await asyncio.gather(
            *(self._part(candidate_id, service, method, more) for service, (method, more) in asked.items())
        )
        return dict(zip(asked, answers, strict=True))

    async def _part(self, candidate_id: str, service: str, method: str, more: dict[str, Any]) -> Part:
        arguments = {"candidate_id": candidate_id, **more}
        wanted = question(service, method, arguments)
        kept = self.answers.find(candidate_id, wanted, self.at_least)
        if kept is not None:
            metrics.RECALLED.inc()
            return Part(kept.reply.result)
        ticket = self.answers.ticket(candidate_id, self.at_least)
        headers = rpc.pack(self._headers(ticket.marks))
        seconds = min(rpc.PATIENCE, self.left)
        try:
            reply = await self.client.call(service, method, arguments, headers=headers, seconds=seconds)
        except Unavailable:
            return _from_memory(self.answers.last_known(candidate_id, wanted))
        self.answers.keep(ticket, wanted, reply)
        return Part(reply.result, known_at=late(reply.as_of, time.time()), behind=reply.stale)

    def _headers(self, at_least: tuple[Mark, ...] | None = None) -> dict[str, str]:
        at_least = self.at_least if at_least is None else at_least
        headers = {
            "certtrack.deadline": str(int((time.time() + self.left) * 1000)),
            "certtrack.correlation": self.correlation,
            "traceparent": self.traceparent,
        }
        if at_least:
            headers["certtrack.at_least"] = orjson.dumps([tuple(mark) for mark in at_least]).decode()
        return headers | self._command


def late(as_of: float | None, now: float) -> float | None:
    """The moment that data is of, if it lags by more than LATE seconds (F3.6); else None."""
    return as_of if as_of is not None and round(now - as_of, 3) > LATE else None


def _from_memory(kept: Kept | None) -> Part:
    """What a silent service said last, if anything is known."""
    return Part(None, silent=True) if kept is None else Part(kept.reply.result, silent=True, known_at=kept.told_at)


def new_traceparent() -> str:
    """A fresh W3C trace context."""
    number = secrets.token_hex(24)
    return f"00-{number[:32]}-{number[32:]}-01"
