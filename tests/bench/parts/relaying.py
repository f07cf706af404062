"""The relay of one service: from its outbox to the broker's confirms."""

import eventlet

eventlet.monkey_patch()

from typing import Any  # noqa: E402  everything below must be imported green

from eventlet.event import Event  # noqa: E402

from chassis.frame import Frame  # noqa: E402
from chassis.settings import Settings  # noqa: E402
from chassis.tables import relay_marks  # noqa: E402
from tests.bench import orders, parcel  # noqa: E402

FRAME = Frame(
    parcel.PARCELS,
    Settings(
        database_url=orders.SETTINGS["url"], amqp_uri=orders.SETTINGS["amqp_uri"], master_key=bytes(32), mode="test"
    ),
)


def run(count: int) -> dict[str, Any]:
    """Relay the first `count` rows again: the relay may always step back."""
    arrived = Event()
    mark = FRAME.relay.mark

    def marking(partition: int, sequence: int) -> None:
        mark(partition, sequence)
        if sequence >= count and not arrived.ready():
            arrived.send()

    FRAME.relay.mark = marking  # type: ignore[method-assign]  # to see its progress without asking the database
    with FRAME.database.write() as transaction:
        transaction.execute(relay_marks.update().values(sent=0))
    try:
        return orders.timed(count, lambda: (FRAME.relay.kick(), arrived.wait()))
    finally:
        FRAME.relay.mark = mark  # type: ignore[method-assign]


FRAME.committer.start()
eventlet.spawn_n(FRAME.relay.run)
orders.obey(run=run)
