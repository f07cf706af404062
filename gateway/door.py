"""The outermost door: answers from memory at once; puts limits, headers, ids and figures around everything else."""

import asyncio
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import headers, metrics
from gateway.allowances import allowance
from gateway.calls import new_traceparent
from gateway.house import House
from gateway.language.choosing import chosen_by
from gateway.problems import RETRY, Problem
from gateway.public_cache import Kept, give

MOST_AT_ONCE = 400
"""Requests beyond this many are told to come back: they could not be answered in time."""
CORRELATION = re.compile(rb"[!-~]{1,64}")
TRACE = re.compile(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")

ErrorPage = Callable[[Scope, Problem], Response]
log = structlog.get_logger()


class Door:
    """ASGI application around the routes; `error_page` renders a problem for people or for machines."""

    def __init__(self, inside: ASGIApp, house: House, error_page: ErrorPage) -> None:
        self._inside, self._cache, self._error_page = inside, house.cache, error_page
        self._headers = headers.always(secure=house.settings.secure_cookies)
        self._busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        kept = self._kept(scope) if scope["method"] == "GET" and not scope["query_string"] else None
        if kept is not None:
            metrics.CACHED.inc()
            await give(kept, send)
            return
        self._busy += 1
        try:
            await Passage(scope, receive, send, self._headers).pass_through(self._inside, self._error_page, self._busy)
        finally:
            self._busy -= 1

    def _kept(self, scope: Scope) -> Kept | None:
        path = scope["path"]
        return self._cache.find(path) if path.startswith("/api/") else self._cache.find(path, chosen_by(scope))


class Passage:
    """One request on its way in and out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, always: list[tuple[bytes, bytes]]) -> None:
        self.scope, self._receive, self._send, self._always = scope, receive, send, always
        self._began = time.monotonic()
        self._allowed = allowance(scope["path"])
        self._length = 0
        self._body_complete = False
        self._status = 0
        self._name()

    def _name(self) -> None:
        sent = dict(self.scope["headers"])
        correlation, trace = sent.get(b"x-correlation-id", b""), sent.get(b"traceparent", b"")
        known = CORRELATION.fullmatch(correlation)
        self.scope["certtrack.correlation"] = correlation.decode() if known else uuid.uuid4().hex
        self.scope["certtrack.traceparent"] = trace.decode() if TRACE.fullmatch(trace) else new_traceparent()
        self.scope["certtrack.until"] = self._began + self._allowed.calls
        self.scope["certtrack.patience"] = self._allowed.patience
        self._promised = int(length) if (length := sent.get(b"content-length", b"0")).isdigit() else 0

    async def pass_through(self, inside: ASGIApp, error_page: ErrorPage, busy: int) -> None:
        """Let the routes answer; whatever goes wrong becomes an answer, too."""
        problem = await self._trouble(inside, busy)
        if problem is not None and not self._status:
            await error_page(self.scope, problem)(self.scope, self._receive, self.send)
        self._count()

    async def _trouble(self, inside: ASGIApp, busy: int) -> Problem | None:
        if self._promised > self._allowed.body:
            return Problem(413, "body-too-large")
        if busy > MOST_AT_ONCE:
            return Problem(503, "busy", headers=RETRY)
        try:
            async with asyncio.timeout(self._allowed.seconds):
                await inside(self.scope, self.receive, self.send)
        except TimeoutError:
            late = self._promised and not self._body_complete
            return Problem(408, "body-too-slow") if late else Problem(503, "unavailable", headers=RETRY)
        except Problem as problem:
            return problem
        except Exception as error:  # noqa: BLE001 - the last resort: told to operators, hidden from visitors
            log.error("request-failed", route=self._route, kind=type(error).__name__, place=_place(error))
            return Problem(500, "failed")
        return None

    async def receive(self) -> Message:
        """The next part of the request; Problem 413 when it grows too large."""
        message = await self._receive()
        self._length += len(message.get("body", b""))
        self._body_complete = not message.get("more_body", False)
        if self._length > self._allowed.body:
            raise Problem(413, "body-too-large")
        return message

    async def send(self, message: Message) -> None:
        """The next part of the answer, with the headers that every answer carries."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            correlation = (b"x-correlation-id", self.scope["certtrack.correlation"].encode())
            message = {**message, "headers": [*message["headers"], *self._always, correlation]}
        await self._send(message)

    @property
    def _route(self) -> str:
        return str(self.scope.get("certtrack.route", "other"))

    def _count(self) -> None:
        seconds = time.monotonic() - self._began
        metrics.observe(self._route, self._status, seconds)
        if self.scope["method"] == "GET" and self._status < 500:  # noqa: PLR2004 - reads are counted, not told
            return
        log.info(
            "request-answered", method=self.scope["method"], route=self._route, status=self._status,
            ms=round(seconds * 1000, 1), correlation_id=self.scope["certtrack.correlation"],
        )  # fmt: skip


def _place(error: BaseException) -> str:
    """Where it happened, without the message: that may hold what a person typed."""
    trace: Any = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace is not None else ""
