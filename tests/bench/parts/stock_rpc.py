"""The peer: nameko's own RPC; one process is the service, another one a service that calls it by RpcProxy."""

import eventlet

eventlet.monkey_patch()

from typing import Any  # noqa: E402  everything below must be imported green

from nameko.containers import ServiceContainer  # noqa: E402
from nameko.rpc import RpcProxy, rpc  # noqa: E402
from nameko.testing.services import dummy, entrypoint_hook  # noqa: E402

from tests.bench import orders  # noqa: E402
from tests.bench.payload import PAYLOAD  # noqa: E402


class StockEcho:
    """Answers with its question."""

    name = orders.SETTINGS["name"]

    @rpc  # type: ignore[untyped-decorator]  # nameko ships no types
    def echo(self, payload: Any) -> Any:
        """The same again."""
        return payload

    @rpc  # type: ignore[untyped-decorator]  # nameko ships no types
    def nothing(self) -> None:
        """An empty call."""


class StockCaller:
    """Calls by RpcProxy."""

    name = "stockcaller"
    other = RpcProxy("stockecho")

    @dummy  # type: ignore[untyped-decorator]  # nameko ships no types
    def call(self, each: int) -> None:
        """So many calls, one after the other."""
        for _ in range(each):
            assert self.other.echo(PAYLOAD) == PAYLOAD


CONTAINER = ServiceContainer(
    StockCaller if orders.SETTINGS["name"] == "stockcaller" else StockEcho,
    {"AMQP_URI": orders.SETTINGS["amqp_uri"], "max_workers": 50},
)
CONTAINER.start()


def run(callers: int, each: int) -> dict[str, Any]:
    """So many callers at once, each in a worker of its own."""
    pool = eventlet.GreenPool(callers)

    def call() -> None:
        with entrypoint_hook(CONTAINER, "call") as hook:
            hook(each)

    def work() -> None:
        for thread in [pool.spawn(call) for _ in range(callers)]:
            thread.wait()

    return orders.timed(callers * each, work)


orders.obey(run=run)
