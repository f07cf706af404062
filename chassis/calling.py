"""Calls to services: clients with a deadline on every call and the other side's typed errors."""

import itertools
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
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
    """Calls from an ordinary process, such as the operators' command; one call at a time."""

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._lock = threading.Lock()

    def call(self, service: str, method: str, *, timeout: float = 5.0, command: str = "", **kwargs: Any) -> Any:
        """The result; raises Unavailable after `timeout` seconds, or the typed error of the other side."""
        replies: list[dict[str, Any]] = []
        with self._lock:
            try:
                connection = broker.connect(self._amqp_uri, timeout=OPERATORS_PATIENCE)
                try:
                    channel = _reply_channel(
                        connection,
                        lambda message: replies.append(orjson.loads(message.body)),
                        lambda *_: replies.append(_UNKNOWN),
                    )
                    _request(channel, service, method, kwargs, "1", timeout, command)
                    drain(connection, lambda: bool(replies), time.monotonic() + timeout)
                finally:
                    broker.close(connection)
            except broker.TROUBLE as trouble:
                raise Unavailable("broker") from trouble
        if not replies:
            raise Unavailable(service)
        return _result(replies[0])
