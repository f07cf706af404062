"""The relay of one service: from its outbox to the broker's confirms."""

import eventlet

eventlet.monkey_patch()

from typing import Any  # noqa: E402  everything below must be imported green

from chassis import outbox  # noqa: E402
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
    with FRAME.database.write() as transaction:
        transaction.execute(relay_marks.update().values(sent=0))

    def relay() -> None:
        FRAME.relay.kick()
        while sent() < count:
            eventlet.sleep(0.01)

    return orders.timed(count, relay)


def sent() -> int:
    """Up to where the broker has confirmed."""
    with FRAME.database.read() as connection:
        return outbox.sent_of(connection)[0]


FRAME.committer.start()
eventlet.spawn_n(FRAME.relay.run)
orders.obey(run=run)
