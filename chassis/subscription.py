"""Following other services: in-order batches, the cursor in the same unit of work, holes pulled from the source."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import eventlet
import orjson
import structlog
from nameko.extensions import Entrypoint, SharedExtension

from chassis import broker, outbox
from chassis.applying import Applying, Place, Stopped
from chassis.command_handling import CursorMoved
from chassis.database import is_away
from chassis.errors import Failure, Unavailable
from chassis.rpc import Method

log = structlog.get_logger()


BATCH = 400
IDLE_SECONDS = 2.0
BUSY_SECONDS = 10.0
BEAT_SECONDS = 0.9
SETUP_SECONDS = 5.0
PULL = 500


class Subscription(SharedExtension):  # type: ignore[misc]  # nameko ships no types
    """All `@subscribe` methods of a service, fed by one queue per partition."""

    def __init__(self) -> None:
        self.handlers: dict[tuple[str, str, int], list[Any]] = {}
        self.classes: dict[tuple[str, str, int], type] = {}
        self.feeds: list[Feed] = []
        self.applying: Applying | None = None

    def register(self, event: Any, entrypoint: Any) -> None:
        """Called by each entrypoint for the contract class that it handles."""
        key = (event.source, event.event_name, event.version)
        self.classes[key] = event
        self.handlers.setdefault(key, []).append(entrypoint)

    def begin(self, applying: Applying, partitions: int, call: Callable[..., Any]) -> None:
        """Start a feed per partition; the desk calls this once the frame stands."""
        self.applying = applying
        for partition in range(partitions):
            feed = Feed(
                applying,
                partition,
                subscriber=self.container.service_name,
                sources=sorted({source for source, _, _ in self.classes}),
                amqp_uri=self.container.config["AMQP_URI"],
                call=call,
            )
            self.feeds.append(feed)
            self.container.spawn_managed_thread(feed.run, identifier=f"subscription-{partition}")

    def as_of(self) -> float | None:
        """The moment (unix seconds) up to which everything of every source is applied; None when nobody is followed."""
        return min((moment for feed in self.feeds for moment in feed.complete_until.values()), default=None)

    def stop(self) -> None:
        """End after the batch at hand."""
        for feed in self.feeds:
            feed.stopping = True


class Subscribe(Entrypoint):  # type: ignore[misc]  # nameko ships no types
    """A method that is told each event of a contract class, once, in the candidate's order."""

    subscription = Subscription()

    def __init__(self, event: Any, **options: Any) -> None:
        self.event = event
        super().__init__(**options)

    def setup(self) -> None:
        """Join the subscription."""
        self.subscription.register(self.event, self)


def subscribe(event: type) -> Callable[[Method], Method]:
    """Tell this method every event of a contract class."""
    return cast("Callable[[Method], Method]", Subscribe.decorator(event))


class QueueSilent(TimeoutError):
    """The broker answers, but not for this queue."""


class Feed:
    """One partition of one subscriber: pushed messages are hints, the source's log is the truth."""

    def __init__(
        self,
        applying: Applying,
        partition: int,
        *,
        subscriber: str,
        sources: list[str],
        amqp_uri: str,
        call: Callable[..., Any],
    ) -> None:
        self._applying = applying
        self._partition = partition
        self._subscriber = subscriber
        self._sources = sources
        self._amqp_uri = amqp_uri
        self._call = call
        self._places: dict[str, Place] = {}
        self.lag: dict[str, int] = {}
        self.complete_until = dict.fromkeys(sources, time.time())
        """By source: nothing that it recorded before this moment is missing here."""
        self.alarm = ""
        self.stopping = False
        self._distrusts_queue = False

    def run(self) -> None:
        """Follow until stopped; troubles are waited out, an alarm stops the queue but not the process."""
        while not self.stopping:
            try:
                self._session()
            except Stopped as stopped:
                if self.alarm != str(stopped):
                    log.error("subscription-stopped", reason=str(stopped), partition=self._partition)
                self.alarm = str(stopped)
                eventlet.sleep(IDLE_SECONDS)
            except CursorMoved:
                log.info("subscription-reloads", reason="another process advanced it", partition=self._partition)
            except (*broker.TROUBLE, Failure) as trouble:
                self._distrusts_queue = isinstance(trouble, QueueSilent)
                log.warning("subscription-waits", reason=repr(trouble)[:120], partition=self._partition)
                eventlet.sleep(0.3)
            except Exception as error:
                if is_away(error):
                    log.warning("subscription-waits", reason=type(error).__name__, partition=self._partition)
                else:
                    log.error("subscription-failed", exc_info=error, partition=self._partition)
                eventlet.sleep(1)

    def _session(self) -> None:
        self._places = self._applying.places(self._partition)
        self._look_at_tails()
        connection = broker.connect(self._amqp_uri)
        waiting: list[Any] = []
        try:
            channel = self._consume(connection, waiting.append)
            self._look_at_tails()
            self.alarm = ""
            self._follow(connection, channel, waiting)
        finally:
            broker.close(connection)

    def _consume(self, connection: Any, take: Callable[[Any], None]) -> Any:
        """The channel on which messages arrive.

        A broker that was killed while it made the queue may keep one that never answers; after a silence the queue is
        deleted and made anew, which loses nothing, since the sources' logs have it all.
        """
        with eventlet.Timeout(SETUP_SECONDS, QueueSilent("the broker does not open the queue")):
            channel = connection.channel()
            broker.declare_exchanges(channel)
            if self._distrusts_queue:
                channel.queue_delete(broker.feed_name(self._subscriber, self._partition))
            queue = broker.declare_feed(channel, self._subscriber, self._partition, self._sources)
            channel.basic_qos(0, 2 * BATCH, a_global=False)
            channel.basic_consume(queue, callback=take)
        self._distrusts_queue = False
        return channel

    def _follow(self, connection: Any, channel: Any, waiting: list[Any]) -> None:
        """Apply what comes; look for lost tails when it is quiet, and now and then when it is not."""
        looked = beaten = took = time.monotonic()
        while not self.stopping:
            _gather(connection, waiting, until=beaten + BEAT_SECONDS)
            batch, waiting[:] = waiting[:BATCH], waiting[BATCH:]
            if batch:
                self._take([orjson.loads(message.body) for message in batch])
                channel.basic_ack(batch[-1].delivery_info["delivery_tag"], multiple=True)
                took = time.monotonic()
            if time.monotonic() > beaten + BEAT_SECONDS:
                connection.heartbeat_tick()
                beaten = time.monotonic()
            quiet = time.monotonic() > took + IDLE_SECONDS
            if time.monotonic() > looked + (IDLE_SECONDS if quiet else BUSY_SECONDS):
                self._look_at_tails()
                looked = time.monotonic()

    def _take(self, documents: list[dict[str, Any]]) -> None:
        """Apply what continues the cursors; pull where something is missing."""
        ready: list[dict[str, Any]] = []
        ahead = {source: place.last for source, place in self._places.items()}
        holes: set[str] = set()
        strangers: set[str] = set()
        for document in documents:
            source, epoch, _, sequence = outbox.place(document)
            if source not in ahead:
                strangers.add(source)
            if source not in ahead or source in holes or sequence <= ahead[source]:
                continue
            if sequence == ahead[source] + 1 and epoch == self._places[source].epoch:
                ready.append(document)
                ahead[source] = sequence
            else:
                holes.add(source)
        if ready:
            self._apply(ready)
        for source in holes:
            self._pull(source)
        for source in strangers:  # it was silent when its head was asked for
            self._look_at_tail(source)

    def _apply(self, documents: list[dict[str, Any]]) -> None:
        """A source numbers its events in the order of their times, so the newest one applied tells how far we are."""
        self._applying.apply(self._partition, self._places, documents)
        for document in documents:
            self._is_complete(outbox.place(document)[0], datetime.fromisoformat(document["time"]).timestamp())

    def _is_complete(self, source: str, moment: float) -> None:
        self.complete_until[source] = max(moment, self.complete_until[source])

    def _pull(self, source: str) -> None:
        """Read the source's log until its head; pushed copies of the same events are skipped later."""
        while not self.stopping:
            place, asked_at = self._places[source], time.time()
            page = self._call(
                source, "events_after", partition=self._partition, sequence=place.last, limit=PULL, timeout=3.0
            )
            self._check_life(source, page)
            documents = page["events"]
            if documents:
                self._apply(documents)
            self.lag[source] = max(page["head"] - self._places[source].last, 0)
            if not self.lag[source]:
                self._is_complete(source, asked_at)
            if not self.lag[source] or not documents:
                return

    def _look_at_tails(self) -> None:
        """Ask every source for its head; one that is silent is asked again later."""
        self._applying.reload_parked()
        for source in self._sources:
            self._look_at_tail(source)

    def _look_at_tail(self, source: str) -> None:
        asked_at = time.time()
        try:
            answer = self._call(source, "heads", timeout=1.5)
        except Unavailable:
            return
        head = int(answer["heads"].get(str(self._partition), 0))
        if source not in self._places:
            self._places[source] = Place(answer["epoch"], 0, is_new=True)
        self._check_life(source, {"epoch": answer["epoch"], "head": head})
        self.lag[source] = max(head - self._places[source].last, 0)
        if self.lag[source]:
            self._pull(source)
        else:
            self._is_complete(source, asked_at)

    def _check_life(self, source: str, answer: dict[str, Any]) -> None:
        place = self._places[source]
        if answer["epoch"] != place.epoch:
            raise Stopped(f"{source} was restored: its log is in another epoch; run certtrack resync")
        if place.last > answer["head"]:
            raise Stopped(
                f"the cursor is {place.last - answer['head']} beyond the head of {source}; run certtrack resync"
            )


def _gather(connection: Any, waiting: list[Any], until: float) -> None:
    """Wait for the first message, then take what is already there."""
    if not waiting:
        try:
            connection.drain_events(timeout=max(until - time.monotonic(), 0.01))
        except TimeoutError:
            return
    while len(waiting) < BATCH:
        try:
            connection.drain_events(timeout=0.0005)
        except TimeoutError:
            return
