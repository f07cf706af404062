"""Green writers of one process before its committer: bare appends, or whole commands through a desk."""

import eventlet

eventlet.monkey_patch()

import itertools  # noqa: E402  everything below must be imported green
from typing import Any  # noqa: E402

from chassis.command_handling import Order, Unit  # noqa: E402
from chassis.frame import Frame  # noqa: E402
from chassis.rpc import Request  # noqa: E402
from chassis.service import DeskAtWork  # noqa: E402
from chassis.settings import Settings  # noqa: E402
from tests.bench import orders, parcel  # noqa: E402

STREAMS = 20
"""Parcels that each writer sends on in turn."""

_runs = itertools.count()


def _frame() -> Frame:
    settings = Settings(
        database_url=orders.SETTINGS["url"], amqp_uri=orders.SETTINGS["amqp_uri"], master_key=bytes(32), mode="test"
    )
    frame = Frame(parcel.PARCELS if orders.SETTINGS["whole"] else parcel.BARE, settings)
    frame.committer.start()
    return frame


FRAME = _frame()


def append(writer: str, each: int) -> None:
    """Append through the committer, one fact at a time."""
    for number in range(each):
        order = Order(
            decider=parcel.parcel,
            stream=parcel.parcel.stream(f"{writer}-{number % STREAMS}"),
            command=parcel.Send(stop=parcel.STOP),
            subject=writer,
            id=f"{writer}|{number}",
        )
        FRAME.committer.perform(Unit(orders=[order]), timeout=5.0)


def command(writer: str, each: int) -> None:
    """Handle commands as a service's method does, each as a call of its own."""
    for number in range(each):
        desk = DeskAtWork(FRAME, Request(command=f"{writer}|POST /parcels|{number}", body="b" * 40))
        desk.handle(parcel.parcel, f"{writer}-{number % STREAMS}", parcel.Send(stop=parcel.STOP), subject=writer)


def run(writers: int, each: int) -> dict[str, Any]:
    """So many writers at once, each with `each` facts."""
    work = command if orders.SETTINGS["whole"] else append
    number = next(_runs)

    def write() -> None:
        pool = eventlet.GreenPool(writers)
        threads = [pool.spawn(work, f"W{number}-{writer}", each) for writer in range(writers)]
        for thread in threads:
            thread.wait()

    return orders.timed(writers * each, write)


orders.obey(run=run)
