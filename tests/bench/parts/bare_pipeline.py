"""The raw limit of the pipeline: insert and commit, publish, consume, upsert and commit; nothing else, one by one."""

import time
from typing import Any

import amqp
import orjson
import psycopg2

from chassis import broker
from tests.bench import orders, parcel

QUEUE = "bare-pipeline"
CONNECTION = broker.connect(orders.SETTINGS["amqp_uri"])
CHANNEL = CONNECTION.channel()
CHANNEL.queue_declare(QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
DATABASE = psycopg2.connect(orders.SETTINGS["url"].replace("+psycopg2", ""))
with DATABASE, DATABASE.cursor() as _cursor:
    _cursor.execute("CREATE TABLE IF NOT EXISTS told (number serial PRIMARY KEY, data text)")
    _cursor.execute("CREATE TABLE IF NOT EXISTS heard (parcel text PRIMARY KEY, number int)")


def produce(rate: int, seconds: float) -> dict[str, Any]:
    """Insert and publish at a steady rate."""
    began, count = time.monotonic(), int(rate * seconds)
    cursor = DATABASE.cursor()
    for number in range(count):
        time.sleep(max(began + number / rate - time.monotonic(), 0))
        recorded = time.time()
        cursor.execute("INSERT INTO told (data) VALUES (%s)", (parcel.STOP,))
        DATABASE.commit()
        body = orjson.dumps({"number": number, "time": recorded, "stop": parcel.STOP})
        CHANNEL._basic_publish(amqp.Message(body, delivery_mode=2), exchange="", routing_key=QUEUE)
    return {"count": count, "seconds": time.monotonic() - began}


def follow(count: int) -> list[float]:
    """Project `count` messages; gives the delay of each in seconds."""
    delays: list[float] = []
    cursor = DATABASE.cursor()

    def project(message: Any) -> None:
        heard = orjson.loads(message.body)
        cursor.execute(
            "INSERT INTO heard VALUES (%s, %s) ON CONFLICT (parcel) DO UPDATE SET number = excluded.number",
            (f"parcel-{heard['number'] % 500}", heard["number"]),
        )
        DATABASE.commit()
        message.channel.basic_ack(message.delivery_info["delivery_tag"])
        delays.append(time.time() - heard["time"])

    channel = CONNECTION.channel()
    channel.basic_consume(QUEUE, callback=project)
    while len(delays) < count:
        CONNECTION.drain_events(timeout=20)
    channel.close()
    return delays


orders.obey(produce=produce, follow=follow)
