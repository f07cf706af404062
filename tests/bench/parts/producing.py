"""A real service that sends parcels: its container, desk, committer and relay."""

import eventlet

eventlet.monkey_patch()

import itertools  # noqa: E402  everything below must be imported green
import time  # noqa: E402
from typing import Any  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402

from chassis.frame import Frame  # noqa: E402
from chassis.rpc import Request  # noqa: E402
from chassis.service import Desk, DeskAtWork, rpc  # noqa: E402
from chassis.settings import Settings  # noqa: E402
from tests.bench import orders, parcel  # noqa: E402

PARCELS = 500
_commands = itertools.count()


class ParcelService:
    """Sends parcels."""

    name = parcel.SOURCE
    desk = Desk(parcel.PARCELS)

    @rpc
    def nothing(self) -> None:
        """A service is called by somebody."""


def _container() -> ServiceContainer:
    settings = Settings(
        database_url=orders.SETTINGS["url"], amqp_uri=orders.SETTINGS["amqp_uri"], master_key=bytes(32), mode="test"
    )
    return ServiceContainer(ParcelService, {"AMQP_URI": settings.amqp_uri, "SETTINGS": settings, "max_workers": 200})


CONTAINER = _container()
CONTAINER.start()
FRAME: Frame = next(provider.frame for provider in CONTAINER.dependencies if isinstance(provider, Desk))


def send() -> None:
    """One command, as a method that was called would handle it."""
    number = next(_commands)
    desk = DeskAtWork(FRAME, Request(command=f"somebody|POST /parcels|{number}"))
    desk.handle(parcel.parcel, str(number % PARCELS), parcel.Send(stop=parcel.STOP), subject=f"C{number % PARCELS}")


def produce(rate: int, seconds: float) -> dict[str, Any]:
    """Commands at a steady rate, whether or not earlier ones are done."""
    began, count = time.monotonic(), int(rate * seconds)
    pool = eventlet.GreenPool(1000)
    for number in range(count):
        ahead = began + number / rate - time.monotonic()
        if ahead > 0:
            eventlet.sleep(ahead)
        pool.spawn_n(send)
    pool.waitall()
    return {"count": count, "seconds": time.monotonic() - began}


def fill(count: int) -> dict[str, Any]:
    """As many commands as fast as 64 callers can."""
    pool = eventlet.GreenPool(64)
    return orders.timed(count, lambda: list(pool.imap(lambda _: send(), range(count))))


def rebuild() -> dict[str, Any]:
    """Make the read model again and swap it in."""
    return _replay(lambda: FRAME.rebuilding.rebuild("places") if FRAME.rebuilding else {})


def verify() -> dict[str, Any]:
    """Compare the read model with a replay."""
    return _replay(lambda: FRAME.rebuilding.verify() if FRAME.rebuilding else {})


def _replay(work: Any) -> dict[str, Any]:
    began = time.perf_counter()
    report = work()
    assert not report.get("differences"), report
    return {"count": report["facts"], "seconds": time.perf_counter() - began}


orders.obey(produce=produce, fill=fill, rebuild=rebuild, verify=verify)
