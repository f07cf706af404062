"""The chassis's RPC client, called by green threads."""

import eventlet

eventlet.monkey_patch()

from typing import Any  # noqa: E402  everything below must be imported green

from chassis.calling import RpcClient  # noqa: E402
from tests.bench import orders  # noqa: E402
from tests.bench.payload import PAYLOAD  # noqa: E402

CLIENT = RpcClient(orders.SETTINGS["amqp_uri"])
CLIENT.start()


def run(callers: int, each: int) -> dict[str, Any]:
    """So many callers at once."""

    def call() -> None:
        for _ in range(each):
            assert CLIENT.call("leanecho", "echo", payload=PAYLOAD) == PAYLOAD

    pool = eventlet.GreenPool(callers)

    def work() -> None:
        for thread in [pool.spawn(call) for _ in range(callers)]:
            thread.wait()

    return orders.timed(callers * each, work)


orders.obey(run=run)
