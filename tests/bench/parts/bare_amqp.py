"""Bare py-amqp, as it ships: publishing with confirms per batch, consuming with acknowledgements per batch."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp

from chassis import broker, outbox
from chassis.decider import Fact
from tests.bench import orders, parcel

BATCH = 500
SIZE = {"x-queue-type": "quorum"}
EPOCH = "E" * 26
BARE = "bare.0"
STOCK_EXCHANGE = f"{parcel.SOURCE}.events"


class Row:
    """What the outbox would hold, made without a database."""

    def __init__(self, sequence: int) -> None:
        sent = parcel.Sent(stop=parcel.STOP, number=sequence)
        fact = Fact(
            event=sent, source=parcel.SOURCE, subject=f"C{sequence % 500}", number=sequence,
            recorded_at=datetime.now(UTC), stream=f"parcel-{sequence % 2000}", cause="c" * 26, correlation="r" * 26,
        )  # fmt: skip
        self.__dict__.update(outbox.row(parcel.announce(fact), fact, EPOCH, 0, sequence))


def _connect() -> Any:
    at = urlsplit(orders.SETTINGS["amqp_uri"])
    connection = amqp.Connection(
        host=f"{at.hostname}:{at.port}", userid=at.username, password=unquote(at.password or ""), heartbeat=0
    )
    connection.connect()
    return connection


CONNECTION = _connect()
CHANNEL = CONNECTION.channel()


def declare() -> None:
    """The follower's queue, one for the bare consumer bound alike, and the exchange of stock events."""
    broker.declare_exchanges(CHANNEL)
    broker.declare_feed(CHANNEL, parcel.FOLLOWER, 0, [parcel.SOURCE])
    CHANNEL.queue_declare(BARE, durable=True, auto_delete=False, arguments=SIZE)
    CHANNEL.queue_bind(BARE, outbox.EVERYBODY, f"{parcel.SOURCE}.0.#")
    CHANNEL.exchange_declare(STOCK_EXCHANGE, "topic", durable=True, auto_delete=False)


def purge() -> None:
    """Empty both queues."""
    CHANNEL.queue_purge(f"{parcel.FOLLOWER}.0")
    CHANNEL.queue_purge(BARE)


def publish(count: int, first: int = 1, *, stock: bool = False) -> dict[str, Any]:
    """Publish envelopes from sequence `first` on, waiting for the confirms of every batch."""
    bodies = [outbox.envelope(parcel.SOURCE, Row(first + offset)) for offset in range(count)]
    exchange = STOCK_EXCHANGE if stock else outbox.PARTNERS
    key = "ParcelSent" if stock else outbox.routing_key(parcel.SOURCE, 0, "ParcelSent")
    channel = CONNECTION.channel()
    channel.confirm_select()
    confirmed: set[int] = set()
    channel.events["basic_ack"].add(lambda tag, multiple: confirmed.update(_tags(confirmed, tag, multiple)))

    def send() -> None:
        for start in range(0, count, BATCH):
            batch = bodies[start : start + BATCH]
            for body in batch:
                message = amqp.Message(body, content_type="application/json", delivery_mode=2)
                channel._basic_publish(message, exchange=exchange, routing_key=key)
            while len(confirmed) < start + len(batch):
                CONNECTION.drain_events(timeout=10)

    try:
        return orders.timed(count, send)
    finally:
        channel.close()


def _tags(confirmed: set[int], tag: int, multiple: bool) -> range:
    return range(len(confirmed) + 1 if multiple else tag, tag + 1)


def consume(count: int) -> dict[str, Any]:
    """Take `count` messages, acknowledged per batch."""
    channel = CONNECTION.channel()
    channel.basic_qos(0, 2 * BATCH, a_global=False)
    taken: list[Any] = []
    last = 0

    def take() -> None:
        nonlocal last
        channel.basic_consume(BARE, callback=taken.append)
        while last < count:
            CONNECTION.drain_events(timeout=10)
            if len(taken) >= min(BATCH, count - last):
                last += len(taken)
                channel.basic_ack(taken[-1].delivery_info["delivery_tag"], multiple=True)
                taken.clear()

    try:
        return orders.timed(count, take)
    finally:
        channel.close()


orders.obey(declare=declare, purge=purge, publish=publish, consume=consume)
