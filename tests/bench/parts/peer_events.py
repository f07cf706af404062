"""The peer: PyPI `eventsourcing` on PostgreSQL with its defaults, writing from real threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from tests.bench import orders, parcel

STREAMS = 20


class Parcel(Aggregate):
    """The same parcel as an aggregate of the peer."""

    def __init__(self) -> None:
        self.stop = ""

    @event("Sent")
    def send(self, stop: str) -> None:
        """Send it on."""
        self.stop = stop


def _application() -> Any:
    at = urlsplit(orders.SETTINGS["url"])
    return Application(
        env={
            "CREATE_TABLE": "yes" if orders.SETTINGS["first"] else "no",
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": at.path[1:],
            "POSTGRES_HOST": at.hostname or "",
            "POSTGRES_PORT": str(at.port),
            "POSTGRES_USER": at.username or "",
            "POSTGRES_PASSWORD": unquote(at.password or ""),
        }
    )


APPLICATION = _application()


def save(each: int) -> None:
    """One new event per save, on aggregates that stay in memory."""
    parcels = [Parcel() for _ in range(STREAMS)]
    APPLICATION.save(*parcels)
    for number in range(each):
        one = parcels[number % STREAMS]
        one.send(parcel.STOP)
        APPLICATION.save(one)


def run(threads: int, each: int) -> dict[str, Any]:
    """So many threads at once."""

    def write() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(save, [each] * threads))

    return orders.timed(threads * each, write)


orders.obey(run=run)
