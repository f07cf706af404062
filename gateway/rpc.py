"""Calls to the services: the one place that knows nameko's message format."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import structlog

from chassis.decider import Rejected
from chassis.errors import WIRE, Failure, NotFound, Unavailable
from gateway import amqp, metrics
from gateway.frames import table

if TYPE_CHECKING:
    from prometheus_client import Counter

EXCHANGE = "nameko-rpc"
PATIENCE = 1.3
"""Seconds that a call may take unless its caller has less."""
RECONNECT_PATIENCE = 0.3
"""Seconds that a call waits for a broker that has just gone."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 1.0
CONNECT_PATIENCE = 2.0
LEAST_USEFUL = 0.005
MOST_WAITING = 120
"""Usual calls that may wait for one service. One that is behind by more would answer most of them after their deadline;
refusing the rest at once keeps what it does useful, so that it catches up."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered; `stale` when its projection had not caught up with the caller's own writes."""

    result: Any
    stale: bool
    as_of: float | None = None
    """The moment (unix seconds) up to which what it read is complete; None for now."""


@dataclass(slots=True)
class _Pending:
    service: str
    future: asyncio.Future[Reply]
    timer: asyncio.TimerHandle
    usual: bool
    """Counts towards the most that may wait for the service; long calls, as for passwords, have lines of their own."""


class Client:
    """One connection to the broker, kept open in the background; calls run in parallel on it."""

    def __init__(self, uri: str, *, exchange: str = EXCHANGE) -> None:
        self._uri, self._exchange = uri, exchange
        self._wire: amqp.Wire | None = None
        self._up = asyncio.Event()
        self._pending: dict[bytes, _Pending] = {}
        self._waiting: defaultdict[str, int] = defaultdict(int)
        self._number = 0
        self._keeper: asyncio.Task[None] | None = None
        self._counters: dict[tuple[str, str], Counter] = {}
        metrics.PENDING.set_function(lambda: len(self._pending))
        metrics.CONNECTED.set_function(lambda: float(self.connected))

    @property
    def connected(self) -> bool:
        """Whether calls can be sent now."""
        return self._wire is not None

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._keeper = asyncio.create_task(self._keep_connected())

    async def stop(self) -> None:
        """Hang up; calls still waiting fail as Unavailable."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        if self._wire is not None:
            self._wire.close()
        self._drop("stopping")

    def call(
        self, service: str, method: str, arguments: Mapping[str, Any], *, headers: bytes, seconds: float = PATIENCE
    ) -> asyncio.Future[Reply]:
        """Ask `service`; the future gives a Reply or raises one of the typed errors. `headers` is a packed table."""
        if seconds < LEAST_USEFUL:
            return self._failed(service, Unavailable("too-slow", service=service))
        if self._wire is None:
            return asyncio.ensure_future(self._call_when_up(service, method, arguments, headers, seconds))
        return self._send(self._wire, service, method, arguments, headers, seconds)

    def _send(
        self, wire: amqp.Wire, service: str, method: str, arguments: Mapping[str, Any], headers: bytes, seconds: float
    ) -> asyncio.Future[Reply]:
        usual = seconds <= PATIENCE
        if wire.congested:
            return self._failed(service, Unavailable("broker", service=service))
        if usual and self._waiting[service] >= MOST_WAITING:
            return self._failed(service, Unavailable("rush", service=service))
        loop = asyncio.get_running_loop()
        self._number += 1
        correlation = b"%d" % self._number
        future: asyncio.Future[Reply] = loop.create_future()
        timer = loop.call_later(seconds, self._fail, correlation, "timeout", "too-slow")
        self._pending[correlation] = _Pending(service, future, timer, usual)
        self._waiting[service] += usual
        wire.publish(
            self._exchange, f"{service}.{method}", correlation=correlation, expiration=b"%d" % (seconds * 1000),
            headers=headers, body=orjson.dumps({"args": (), "kwargs": arguments}),
        )  # fmt: skip
        return future

    async def _call_when_up(
        self, service: str, method: str, arguments: Mapping[str, Any], headers: bytes, seconds: float
    ) -> Reply:
        began = time.monotonic()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._up.wait(), min(RECONNECT_PATIENCE, seconds))
        left = seconds - (time.monotonic() - began)
        if self._wire is None or left < LEAST_USEFUL:
            self._count(service, "no-broker")
            raise Unavailable("broker", service=service)
        return await self._send(self._wire, service, method, arguments, headers, left)

    def _failed(self, service: str, error: Failure) -> asyncio.Future[Reply]:
        self._count(service, "refused")
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        future.set_exception(error)
        return future

    def _on_reply(self, correlation: bytes, body: bytes) -> None:
        pending = self._take(correlation)
        if pending is None:  # answered after its deadline: the caller has been told
            return
        pending.timer.cancel()
        if pending.future.done():
            return
        outcome = decode(pending.service, body)
        if isinstance(outcome, Reply):
            pending.future.set_result(outcome)
            self._count(pending.service, "answered")
        else:
            pending.future.set_exception(outcome)
            self._count(pending.service, type(outcome).__name__.lower())

    def _take(self, correlation: bytes) -> _Pending | None:
        pending = self._pending.pop(correlation, None)
        if pending is not None:
            self._waiting[pending.service] -= pending.usual
        return pending

    def _on_return(self, correlation: bytes) -> None:
        self._fail(correlation, "no-service", "service-away")

    def _fail(self, correlation: bytes, outcome: str, code: str) -> None:
        pending = self._take(correlation)
        if pending is None:
            return
        pending.timer.cancel()
        self._count(pending.service, outcome)
        if not pending.future.done():
            pending.future.set_exception(Unavailable(code, service=pending.service))

    def _drop(self, reason: str) -> None:
        self._wire = None
        self._up.clear()
        if self._pending:
            log.warning("calls-dropped", calls=len(self._pending), reason=reason)
        for correlation in list(self._pending):
            self._fail(correlation, "broker-lost", "broker")

    async def _keep_connected(self) -> None:
        pause = SHORTEST_PAUSE
        while True:
            try:
                async with asyncio.timeout(CONNECT_PATIENCE):
                    wire = await amqp.connect(
                        self._uri, exchange=self._exchange, on_reply=self._on_reply, on_return=self._on_return
                    )
            except (OSError, TimeoutError, amqp.WireClosed) as error:
                if pause == SHORTEST_PAUSE:
                    log.warning("broker-away", reason=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = SHORTEST_PAUSE
            await self._serve(wire)

    async def _serve(self, wire: amqp.Wire) -> None:
        self._wire = wire
        self._up.set()
        log.info("broker-connected")
        reason = await wire.lost
        log.warning("broker-lost", reason=reason)
        self._drop(reason)

    def _count(self, service: str, outcome: str) -> None:
        counter = self._counters.get((service, outcome))
        if counter is None:
            counter = self._counters[service, outcome] = metrics.CALLS.labels(service, outcome)
        counter.inc()


def decode(service: str, body: bytes) -> Reply | Rejected | Failure:
    """What a reply says: a result, or a typed error; anything else counts as the service being broken."""
    try:
        reply = orjson.loads(body)
        error = reply["error"]
        if error is None:
            return Reply(reply["result"], bool(reply.get("stale")), reply.get("as_of"))
        kind = error["exc_type"]
    except (ValueError, TypeError, KeyError):
        log.error("reply-unreadable", service=service)
        return Unavailable("service-broken", service=service)
    if kind == "MethodNotFound":  # a service of an older or younger release
        return NotFound("no-such-method", service=service)
    known = WIRE.get(kind)
    if known is None:  # its message may name people: only its type is told
        log.error("service-failed", service=service, kind=kind)
        return Unavailable("service-broken", service=service)
    failure = known(str(error.get("value")))
    failure.details = error.get("details") or {}
    return failure


def pack(headers: dict[str, str]) -> bytes:
    """Headers as `Client.call` takes them."""
    return table(headers)
