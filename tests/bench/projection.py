"""Projection: pushed events into a read model on PostgreSQL, beside a bare consumer and nameko's `event_handler`."""

from contextlib import ExitStack
from functools import partial
from itertools import count
from typing import Any

from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample
from tests.bench.workers import Worker

ROUNDS = 3
EVENTS = 20_000
STOCK_EVENTS = 1_000


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Events per second of one subscription whose queue is full."""
    events, stock_events = max(int(EVENTS * scale), 1), max(int(STOCK_EVENTS * scale), 1)
    with ExitStack() as stack:
        raw = ground.worker("bare_amqp", stack)
        url = ground.service_database(parcel.FOLLOWER, parcel.FOLLOWERS)
        ours = ground.worker("following", stack, url=url, pushed_only=True)
        stock_url = ground.service_database(parcel.FOLLOWER, parcel.FOLLOWERS)
        stock = ground.worker("stock_events", stack, url=stock_url)
        raw.ask("declare")
        raw.ask("purge")
        stock.ask("declare")
        rounds = count()

        def follow() -> Sample:
            first = next(rounds) * events + 1
            raw.ask("publish", count=events, first=first)
            return by(ground, ours, "follow", count=events, until=first + events - 1)

        def follow_stock() -> Sample:
            raw.ask("publish", count=stock_events, stock=True)
            return by(ground, stock, "follow", count=stock_events)

        taken = in_turn(
            ROUNDS,
            {"ours": follow, "raw": lambda: by(ground, raw, "consume", count=events), "peer": follow_stock},
        )
    ours_rate = taken["ours"].rate
    return beside(
        "projection of pushed events, PostgreSQL",
        taken["ours"],
        limit=("py-amqp consumer, acknowledging per 500", taken["raw"]),
        peer=("nameko event_handler, in order, a transaction each", taken["peer"]),
        goal="10 x the peer, half the limit",
        met=ours_rate >= 10 * taken["peer"].rate and ours_rate >= taken["raw"].rate / 2,
    )


def by(ground: Ground, worker: Worker, order: str, **arguments: Any) -> Sample:
    """The sample of one order."""
    return sample([worker.pid, *ground.server_pids], partial(worker.ask, order, **arguments))
