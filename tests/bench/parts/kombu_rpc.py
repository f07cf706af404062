"""The raw limit of RPC: bare kombu at both ends, direct reply-to, no framework in between."""

from importlib import import_module
from typing import Any

import orjson

from tests.bench import orders
from tests.bench.payload import PAYLOAD

kombu: Any = import_module("kombu")  # half typed, and read by name so that it counts as untyped
DIRECT = "amq.rabbitmq.reply-to"
REQUESTS = kombu.Queue("bare-kombu-rpc", kombu.Exchange(""), routing_key="bare-kombu-rpc", durable=False)
CONNECTION = kombu.Connection(orders.SETTINGS["amqp_uri"])


def serve() -> None:
    """Answer until the other side closes."""
    channel = CONNECTION.channel()
    producer = kombu.Producer(channel)

    def answer(message: Any) -> None:
        result = orjson.dumps({"result": orjson.loads(message.body)["kwargs"]["payload"], "error": None})
        producer.publish(
            result, exchange="", routing_key=message.properties["reply_to"], delivery_mode=1,
            correlation_id=message.properties["correlation_id"], content_type="application/json",
            content_encoding="binary",
        )  # fmt: skip

    with kombu.Consumer(channel, REQUESTS, on_message=answer, no_ack=True):
        while True:
            CONNECTION.drain_events()


def run(callers: int, each: int) -> dict[str, Any]:
    """So many requests under way at once."""
    channel = CONNECTION.channel()
    producer = kombu.Producer(channel)
    wanted, done = callers * each, 0
    sent = 0

    def send() -> None:
        nonlocal sent
        sent += 1
        producer.publish(
            orjson.dumps({"args": [], "kwargs": {"payload": PAYLOAD}}), exchange="", routing_key="bare-kombu-rpc",
            delivery_mode=1, reply_to=DIRECT, correlation_id=str(sent), content_type="application/json",
            content_encoding="binary",
        )  # fmt: skip

    def take(message: Any) -> None:
        nonlocal done
        done += 1
        assert orjson.loads(message.body)["result"] == PAYLOAD
        if sent < wanted:
            send()

    def work() -> None:
        for _ in range(callers):
            send()
        while done < wanted:
            CONNECTION.drain_events(timeout=10)

    with kombu.Consumer(channel, kombu.Queue(DIRECT, no_declare=True), on_message=take, no_ack=True):
        return orders.timed(wanted, work)


orders.obey(run=run, serve=serve)
