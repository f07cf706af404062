"""A real service that follows the parcels: its container, subscription, committer and projection."""

import eventlet

eventlet.monkey_patch()

import time  # noqa: E402  everything below must be imported green
from datetime import datetime  # noqa: E402
from typing import Any  # noqa: E402

from eventlet.event import Event  # noqa: E402
from nameko.containers import ServiceContainer  # noqa: E402

from chassis.applying import Applying, Place  # noqa: E402
from chassis.service import Desk, rpc, subscribe  # noqa: E402
from chassis.settings import Settings  # noqa: E402
from tests.bench import orders, parcel  # noqa: E402

EPOCH = "E" * 26


class Progress:
    """What has been applied, and when."""

    def __init__(self) -> None:
        self.first = self.last = 0.0
        self.delays: list[float] = []
        self.until = 0
        self.reached = Event()

    def expect(self, until: int) -> None:
        """Begin anew; `reached` is sent at this sequence."""
        self.first, self.until, self.reached = 0.0, until, Event()

    def watch(self, applying: Applying) -> None:
        """Look at every batch from outside."""
        apply = applying.apply

        def watched(partition: int, places: dict[str, Place], documents: list[dict[str, Any]]) -> None:
            self.first = self.first or time.perf_counter()
            apply(partition, places, documents)
            self.last, now = time.perf_counter(), time.time()
            self.delays.extend(now - datetime.fromisoformat(document["time"]).timestamp() for document in documents)
            if self.until and places[parcel.SOURCE].last >= self.until and not self.reached.ready():
                self.reached.send()

        applying.apply = watched  # type: ignore[method-assign]  # to time batches without asking the database


PROGRESS = Progress()


class FollowingDesk(Desk):
    """The chassis's desk; where no source runs, its `heads` are answered here, so that nothing is pulled."""

    def setup(self) -> None:
        """As ever, and watched."""
        super().setup()
        if orders.SETTINGS.get("pushed_only"):
            self.frame.client.call = self._source  # type: ignore[method-assign, assignment]  # for this process only

    def start(self) -> None:
        """As ever, and watched."""
        subscription = self._subscription()
        assert subscription is not None
        begin = subscription.begin

        def watching(applying: Applying, partitions: int, call: Any) -> None:
            PROGRESS.watch(applying)
            begin(applying, partitions, call)

        subscription.begin = watching  # type: ignore[method-assign]  # to see the batches that it applies
        super().start()

    def _source(self, _service: str, _method: str, **_more: Any) -> dict[str, Any]:
        place = self.frame.applying.places(0).get(parcel.SOURCE) if self.frame.applying else None
        return {"epoch": EPOCH, "heads": {"0": place.last if place else 0}}


class FollowerService:
    """Projects what it hears; its handler has nothing to decide."""

    name = parcel.FOLLOWER
    desk = FollowingDesk(parcel.FOLLOWING)

    @subscribe(parcel.ParcelSent)
    def on_parcel_sent(self, event: parcel.ParcelSent) -> None:
        """The projection has done it all."""

    @rpc
    def nothing(self) -> None:
        """A service is called by somebody."""


def _container() -> ServiceContainer:
    settings = Settings(
        database_url=orders.SETTINGS["url"], amqp_uri=orders.SETTINGS["amqp_uri"], master_key=bytes(32), mode="test"
    )
    config = {"AMQP_URI": settings.amqp_uri, "SETTINGS": settings, "max_workers": 200}
    return ServiceContainer(FollowerService, config)


def follow(count: int, until: int) -> dict[str, Any]:
    """Start, apply what waits in the queue, stop; timed from the first batch to the last."""
    PROGRESS.expect(until)
    container = _container()
    container.start()
    try:
        with eventlet.Timeout(60):
            PROGRESS.reached.wait()
    finally:
        container.stop()
    return {"count": count, "seconds": PROGRESS.last - PROGRESS.first}


def start() -> None:
    """Start and go on."""
    _container().start()


def delays() -> list[float]:
    """Seconds from recording to being projected, of everything since the last question."""
    taken, PROGRESS.delays = PROGRESS.delays, []
    return taken


orders.obey(follow=follow, start=start, delays=delays)
