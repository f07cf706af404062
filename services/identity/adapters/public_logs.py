"""The services' public logs, read by RPC as any subscriber reads them."""

from collections.abc import Callable
from typing import Any

from chassis.outbox import name_and_version, place, routing_key
from services.identity.adapters.broker_partners import Heads
from services.identity.adapters.broker_queue import PublicEvent

PATIENCE = 3.0
"""Seconds for an answer."""
HOLD_PATIENCE = 6.0
"""A hold waits for the batch that the source is sending."""


class PublicLogs:
    """Asks each service for its own log; every method raises Unavailable while the service is away."""

    def __init__(self, call: Callable[..., Any]) -> None:
        """`call` is the chassis's RPC: service, method, timeout and arguments."""
        self._call = call

    def heads(self, source: str) -> Heads:
        """Where the log stands now."""
        return Heads.from_wire(self._call(source, "heads", timeout=PATIENCE))

    def events_after(self, source: str, partition: int, sequence: int, limit: int) -> list[PublicEvent]:
        """The events behind a sequence, in order."""
        page = self._call(source, "events_after", timeout=PATIENCE, partition=partition, sequence=sequence, limit=limit)
        sealed = set(page["sealed"])
        return [_event(envelope, partition, sealed) for envelope in page["events"]]

    def hold(self, source: str, partition: int, milliseconds: int) -> int:
        """Let the source send nothing for a while; gives the last sequence that it sent."""
        answer = self._call(source, "relay_hold", timeout=HOLD_PATIENCE, partition=partition, ms=milliseconds)
        return int(answer["sent"])

    def release(self, source: str, partition: int) -> None:
        """End a hold."""
        self._call(source, "relay_release", timeout=PATIENCE, partition=partition)


def _event(envelope: dict[str, Any], partition: int, sealed: set[int]) -> PublicEvent:
    source, name, _ = name_and_version(envelope)
    sequence = place(envelope)[3]
    return PublicEvent(sequence, routing_key(source, partition, name), sequence in sealed, envelope)
