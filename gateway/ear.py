"""Hears every public event, so that answers in memory are dropped the moment something changes."""

import asyncio
import contextlib

import orjson
import structlog

from gateway import amqp, metrics
from gateway.answers import Answers

EXCHANGE = "certtrack.internal"
PAUSE = 1.0
CONNECT_PATIENCE = 2.0

log = structlog.get_logger()


class Ear:
    """One connection to the broker with a queue of its own that ends with it."""

    def __init__(self, uri: str, answers: Answers) -> None:
        self._uri, self._answers = uri, answers
        self._keeper: asyncio.Task[None] | None = None
        self._wire: amqp.Wire | None = None

    def start(self) -> None:
        """Begin to listen; returns at once."""
        self._keeper = asyncio.create_task(self._keep_listening())

    async def stop(self) -> None:
        """Hang up."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        if self._wire is not None:
            self._wire.close()

    async def _keep_listening(self) -> None:
        while True:
            try:
                async with asyncio.timeout(CONNECT_PATIENCE):
                    self._wire = await amqp.follow(self._uri, exchange=EXCHANGE, on_event=self._on_event)
            except (OSError, TimeoutError, amqp.WireClosed):
                await asyncio.sleep(PAUSE)
                continue
            self._answers.listening()
            reason = await self._wire.lost
            self._answers.deaf()
            log.warning("events-not-heard", reason=reason)

    def _on_event(self, body: bytes) -> None:
        """Whatever cannot be read may have been about anybody."""
        try:
            self._answers.hear(orjson.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("event-unreadable", kind=type(error).__name__)
            self._answers.empty()
        metrics.HEARD.inc()
