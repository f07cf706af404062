"""One long-lived line to a broker that calls services with any headers, several at a time, and shows whole answers."""

import itertools
import threading
import time
from typing import Any, Self

import amqp
import orjson

from chassis import broker
from chassis.calling import EXCHANGE, REPLY_TO


class Line:
    """A caller for tests; `ask` gives the whole reply document, or None when there is none in time."""

    def __init__(self, uri: str) -> None:
        self._connection = broker.connect(uri)
        self._channel = self._connection.channel()
        self._replies: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._channel.basic_consume(REPLY_TO, no_ack=True, callback=self._note)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        broker.close(self._connection)

    def ask(
        self, service: str, method: str, *, wait: float = 10.0, headers: dict[str, str] | None = None, **arguments: Any
    ) -> dict[str, Any] | None:
        """The reply to one call."""
        return self.collect([self.send(service, method, headers=headers, **arguments)], wait)[0]

    def send(self, service: str, method: str, *, headers: dict[str, str] | None = None, **arguments: Any) -> str:
        """Call without waiting; gives the number to collect the reply by."""
        number = str(next(self._numbers))
        body = orjson.dumps({"args": [], "kwargs": arguments})
        self.publish(body, f"{service}.{method}", number, headers or {})
        return number

    def publish(self, body: bytes, key: str, number: str, headers: dict[str, str]) -> None:
        """Any bytes at all, as a call."""
        message = amqp.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            reply_to=REPLY_TO,
            correlation_id=number,
            application_headers=headers,
        )
        self._channel.basic_publish(message, exchange=EXCHANGE, routing_key=key)

    def collect(self, numbers: list[str], wait: float = 10.0) -> list[dict[str, Any] | None]:
        """The replies to these calls."""
        until = time.monotonic() + wait
        while not all(number in self._replies for number in numbers) and time.monotonic() < until:
            try:
                self._connection.drain_events(timeout=max(until - time.monotonic(), 0.001))
            except TimeoutError:
                break
        return [self._replies.pop(number, None) for number in numbers]

    def _note(self, message: Any) -> None:
        self._replies[message.properties["correlation_id"]] = orjson.loads(message.body)
