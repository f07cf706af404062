"""One partner's queue, seen from the side that declares, fills and binds it; speaks AMQP as administrator."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import amqp
import orjson
from amqp.exceptions import ResourceLocked

from chassis import broker
from chassis.errors import Unavailable
from chassis.outbox import CONTENT_TYPE, PARTNERS

CONFIRM_SECONDS = 5.0
LOCK = "certtrack.partners.lock"
"""An exclusive queue: whoever has declared it is the only one who changes partners' queues."""


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One row of a source's public log; `envelope` is the CloudEvents document as everybody gets it."""

    sequence: int
    routing_key: str
    sealed: bool
    envelope: dict[str, Any]


class PartnerQueues:
    """A connection to the broker for as long as there is something to change; raises Unavailable for any trouble."""

    def __init__(self, amqp_uri: str) -> None:
        self._amqp_uri = amqp_uri
        self._connection: Any = None
        self._channel: Any = None
        self._published = 0
        self._confirmed = 0
        self._refused = False

    def __enter__(self) -> Self:
        with _translated():
            self._connection = broker.connect(self._amqp_uri)
            try:
                self._open()
            except BaseException:
                broker.close(self._connection)
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        broker.close(self._connection)

    def _open(self) -> None:
        self._channel = self._connection.channel()
        try:
            self._channel.queue_declare(LOCK, exclusive=True, auto_delete=True)
        except ResourceLocked as busy:
            raise Unavailable("partners-busy") from busy
        broker.declare_exchanges(self._channel)
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)

    def declare(self, queue: str) -> None:
        """An empty, unbound queue that gives each candidate's events in order, even to a partner with standbys."""
        arguments: dict[str, Any] = {"x-queue-type": "quorum", "x-single-active-consumer": True}
        if self._version() >= 4:  # noqa: PLR2004  since then messages are dropped after 20 returns unless told otherwise
            arguments["x-delivery-limit"] = -1
        with _translated():
            self._channel.queue_declare(queue, durable=True, auto_delete=False, arguments=arguments)

    def delete(self, queue: str) -> None:
        """Remove the queue with what it holds; a missing one is fine."""
        with _translated():
            self._channel.queue_delete(queue)

    def bind(self, queue: str, routing_keys: Iterable[str]) -> None:
        """Let these events flow into the queue from now on."""
        with _translated():
            for key in routing_keys:
                self._channel.queue_bind(queue, PARTNERS, key)

    def fill(self, queue: str, events: Sequence[PublicEvent]) -> None:
        """Put these events into the queue, in order; they are safe there when this returns."""
        with _translated():
            for event in events:
                self._channel._basic_publish(  # noqa: SLF001  the public name waits for each confirm by itself
                    _message(event), exchange="", routing_key=queue, mandatory=True
                )
            self._published += len(events)
            self._wait()
            self._connection.heartbeat_tick()

    def _wait(self) -> None:
        until = time.monotonic() + CONFIRM_SECONDS
        while self._confirmed < self._published:
            if self._refused or time.monotonic() > until:
                raise OSError("the broker did not confirm")
            self._connection.drain_events(timeout=CONFIRM_SECONDS)

    def _version(self) -> int:
        return int(str(self._connection.server_properties.get("version", "0")).partition(".")[0])

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        self._confirmed = delivery_tag if multiple else self._confirmed + 1

    def _on_nack(self, delivery_tag: int, multiple: bool) -> None:
        del delivery_tag, multiple
        self._refused = True


def _message(event: PublicEvent) -> amqp.Message:
    return amqp.Message(
        orjson.dumps(event.envelope), content_type=CONTENT_TYPE, delivery_mode=2, message_id=event.envelope["id"]
    )


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except broker.TROUBLE as trouble:
        raise Unavailable("broker", reason=type(trouble).__name__) from trouble
