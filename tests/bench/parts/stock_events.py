"""The peer: nameko's own `event_handler`, in order (one worker), a transaction per event."""

import eventlet

eventlet.monkey_patch()

import time  # noqa: E402  everything below must be imported green
from typing import Any  # noqa: E402

from eventlet.event import Event  # noqa: E402
from nameko.containers import ServiceContainer  # noqa: E402
from nameko.events import event_handler  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.dialects.postgresql import insert  # noqa: E402

from chassis.tables import cursors  # noqa: E402
from tests.bench import orders, parcel  # noqa: E402

ENGINE = create_engine(orders.SETTINGS["url"])
UPSERT = insert(parcel.heard)
UPSERT = UPSERT.on_conflict_do_update(
    index_elements=["parcel"],
    set_={name: UPSERT.excluded[name] for name in ("candidate_id", "stop", "number")},
)
CURSOR = insert(cursors)
CURSOR = CURSOR.on_conflict_do_update(index_elements=["source", "partition"], set_={"last": CURSOR.excluded["last"]})
CONFIG = {"AMQP_URI": orders.SETTINGS["amqp_uri"], "max_workers": 1}


class Progress:
    """How many events have been handled, and when."""

    count = wanted = 0
    first = last = 0.0
    reached = Event()


class StockFollower:
    """Projects what it hears, as nameko's documentation shows it."""

    name = parcel.FOLLOWER

    @event_handler(parcel.SOURCE, "ParcelSent")  # type: ignore[untyped-decorator]  # nameko ships no types
    def on_parcel_sent(self, payload: dict[str, Any]) -> None:
        """One transaction: the read model and how far it is."""
        Progress.first = Progress.first or time.perf_counter()
        data = payload["data"]
        with ENGINE.begin() as transaction:
            transaction.execute(UPSERT, data)
            sequence = int(payload["id"].rpartition("/")[2])
            transaction.execute(CURSOR, {"source": parcel.SOURCE, "partition": 0, "epoch": "", "last": sequence})
        Progress.count += 1
        Progress.last = time.perf_counter()
        if Progress.count == Progress.wanted:
            Progress.reached.send()


def declare() -> None:
    """Have nameko make its queue."""
    container = ServiceContainer(StockFollower, CONFIG)
    container.start()
    container.stop()


def follow(count: int) -> dict[str, Any]:
    """Start, handle what waits in the queue, stop; timed from the first event to the last."""
    Progress.count, Progress.wanted, Progress.first, Progress.reached = 0, count, 0.0, Event()
    container = ServiceContainer(StockFollower, CONFIG)
    container.start()
    try:
        with eventlet.Timeout(60):
            Progress.reached.wait()
    finally:
        container.stop()
    return {"count": count, "seconds": Progress.last - Progress.first}


orders.obey(declare=declare, follow=follow)
