"""Calls to services: clients with a deadline on every call and the other side's typed errors."""

import itertools
import math
import select
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import amqp
import eventlet
import orjson
import structlog
from eventlet.event import Event

from chassis import broker
from chassis.errors import WIRE, Failure, Unavailable

log = structlog.get_logger()

EXCHANGE = "nameko-rpc"
REPLY_TO = "amq.rabbitmq.reply-to"
OPERATORS_PATIENCE = 10.0
"""Seconds for opening a line by hand, to a broker that is there and busy."""


def raised(error: dict[str, Any]) -> Exception:
    """The exception that a reply's error stands for."""
    kind = WIRE.get(error["exc_type"])
    if kind is None:
        return Failure(str(error.get("value", "internal")))
    return kind(str(error["value"]), **error.get("details", {}))


def drain(connection: Any, stopping: Callable[[], bool], until: float = math.inf) -> None:
    """Read until stopped, sending heartbeats while it is quiet; raises one of broker.TROUBLE when the line is dead."""
    pause = broker.HEARTBEAT / 4
    next_beat = time.monotonic() + pause
    while not stopping() and (left := until - time.monotonic()) > 0:
        with suppress(TimeoutError):
            connection.drain_events(timeout=min(left, pause))
        if time.monotonic() > next_beat:
            connection.heartbeat_tick()
            next_beat = time.monotonic() + pause


class RpcClient:
    """Calls from inside a service: one connection, direct reply-to, a deadline on every call."""

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._numbers = itertools.count()
        self._pending: dict[str, Event] = {}
        self._channel: Any = None
        self._stopping = False

    def start(self) -> None:
        """Connect in the background, and again whenever the line is lost."""
        eventlet.spawn_n(self._run)

    def stop(self) -> None:
        """End."""
        self._stopping = True

    def call(self, service: str, method: str, *, timeout: float = 1.5, **kwargs: Any) -> Any:
        """The result; raises Unavailable after `timeout` seconds, or the typed error of the other side."""
        until = time.monotonic() + timeout
        while self._channel is None:
            if time.monotonic() > until:
                raise Unavailable("broker")
            eventlet.sleep(0.01)
        number = str(next(self._numbers))
        event = self._pending[number] = Event()
        try:
            _request(self._channel, service, method, kwargs, number, timeout)
            with eventlet.Timeout(max(until - time.monotonic(), 0.001), exception=False):
                document = event.wait()
                return _result(document)
        except broker.TROUBLE as trouble:
            raise Unavailable("broker") from trouble
        finally:
            self._pending.pop(number, None)
        raise Unavailable(service)

    def _run(self) -> None:
        while not self._stopping:
            try:
                connection = broker.connect(self._amqp_uri)
                try:
                    channel = _reply_channel(connection, self._on_reply, self._on_return)
                    broker.gather(connection, eventlet.spawn_n)
                    self._channel = channel
                    drain(connection, lambda: self._stopping)
                finally:
                    self._channel = None
                    broker.close(connection)
            except broker.TROUBLE as trouble:
                log.info("rpc-client-reconnects", reason=type(trouble).__name__)
            self._fail_pending()
            eventlet.sleep(0.2)

    def _on_reply(self, message: Any) -> None:
        event = self._pending.pop(message.properties.get("correlation_id", ""), None)
        if event is not None:
            event.send(orjson.loads(message.body))

    def _on_return(self, _reason: Any, _exchange: str, _key: str, message: Any) -> None:
        event = self._pending.pop(message.properties.get("correlation_id", ""), None)
        if event is not None:
            event.send(_UNKNOWN)

    def _fail_pending(self) -> None:
        for number in list(self._pending):
            event = self._pending.pop(number, None)
            if event is not None:
                event.send(_LOST)


_UNKNOWN = {"error": {"exc_type": "Unavailable", "value": "unknown-service"}}
_LOST = {"error": {"exc_type": "Unavailable", "value": "broker"}}


def _result(document: dict[str, Any]) -> Any:
    if document.get("error"):
        raise raised(document["error"])
    return document["result"]


def _reply_channel(connection: Any, on_reply: Callable[[Any], None], on_return: Callable[..., None]) -> Any:
    channel = connection.channel()
    channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
    channel.events["basic_return"].add(on_return)
    channel.basic_consume(REPLY_TO, no_ack=True, callback=on_reply)
    return channel


def _request(
    channel: Any, service: str, method: str, kwargs: dict[str, Any], number: str, timeout: float, command: str = ""
) -> None:
    milliseconds = max(int(timeout * 1000), 1)
    headers = {"certtrack.deadline": str(int(time.time() * 1000) + milliseconds)}
    if command:
        headers["certtrack.command"] = command
    message = amqp.Message(
        orjson.dumps({"args": [], "kwargs": kwargs}, default=str),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=1,
        expiration=str(milliseconds),
        reply_to=REPLY_TO,
        correlation_id=number,
        application_headers=headers,
    )
    channel._basic_publish(  # noqa: SLF001  no confirm is wanted: the reply is one
        message, exchange=EXCHANGE, routing_key=f"{service}.{method}", mandatory=True
    )


class BlockingCaller:
    """Calls from an ordinary process, such as the operators' command, and from any of its threads.

    A line stays open for the next call, but not for long: nobody sends heartbeats on it meanwhile.
    """

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._numbers = itertools.count()
        self._idle: list[_Line] = []
        weakref.finalize(self, _hang_up, self._idle)

    def call(self, service: str, method: str, *, timeout: float = 5.0, command: str = "", **kwargs: Any) -> Any:
        """The result; raises Unavailable after `timeout` seconds, or the typed error of the other side."""
        try:
            with self._line() as line:
                reply = line.ask(service, method, kwargs, str(next(self._numbers)), timeout, command)
        except broker.TROUBLE as trouble:
            raise Unavailable("broker") from trouble
        if reply is None:
            raise Unavailable(service)
        return _result(reply)

    def close(self) -> None:
        """Hang up; the next call opens a line again."""
        _hang_up(self._idle)

    @contextmanager
    def _line(self) -> Iterator["_Line"]:
        """An idle line or a new one; whatever goes wrong on it ends it."""
        line = self._fresh() or _Line(self._amqp_uri)
        try:
            yield line
        except BaseException:
            line.close()
            raise
        self._idle.append(line)

    def _fresh(self) -> "_Line | None":
        while self._idle:
            line = self._idle.pop()
            if line.is_fresh():
                return line
            line.close()
        return None


def _hang_up(lines: "list[_Line]") -> None:
    while lines:
        lines.pop().close()


class _Line:
    """One connection of a BlockingCaller."""

    def __init__(self, amqp_uri: str) -> None:
        self._replies: dict[str, dict[str, Any]] = {}
        self._connection = broker.connect(amqp_uri, timeout=OPERATORS_PATIENCE)
        try:
            self._channel = _reply_channel(self._connection, self._on_reply, self._on_return)
        except BaseException:
            self.close()
            raise
        self._used_at = time.monotonic()

    def is_fresh(self) -> bool:
        """Whether the broker cannot have missed a heartbeat yet, and has not said goodbye."""
        if time.monotonic() - self._used_at > broker.HEARTBEAT / 2:
            return False
        said = select.poll()
        said.register(self._connection.sock, select.POLLIN)
        return not said.poll(0)

    def ask(
        self, service: str, method: str, kwargs: dict[str, Any], number: str, timeout: float, command: str
    ) -> dict[str, Any] | None:
        """The reply, or None after `timeout` seconds; raises one of broker.TROUBLE."""
        _request(self._channel, service, method, kwargs, number, timeout, command)
        drain(self._connection, lambda: number in self._replies, time.monotonic() + timeout)
        self._used_at = time.monotonic()
        return self._replies.pop(number, None)

    def close(self) -> None:
        """Hang up without waiting."""
        broker.close(self._connection)

    def _on_reply(self, message: Any) -> None:
        self._replies[message.properties.get("correlation_id", "")] = orjson.loads(message.body)

    def _on_return(self, _reason: Any, _exchange: str, _key: str, message: Any) -> None:
        self._replies[message.properties.get("correlation_id", "")] = _UNKNOWN
