"""Our side of RPC: a service on the chassis's lean entrypoint that gives back what it got."""

import eventlet

eventlet.monkey_patch()

from typing import Any  # noqa: E402  everything below must be imported green

from nameko.containers import ServiceContainer  # noqa: E402

from chassis.rpc import rpc  # noqa: E402
from tests.bench import orders  # noqa: E402


class EchoService:
    """Answers with its question."""

    name = orders.SETTINGS["name"]

    @rpc
    def echo(self, payload: Any) -> Any:
        """The same again."""
        return payload

    @rpc
    def nothing(self) -> None:
        """An empty call."""


ServiceContainer(EchoService, {"AMQP_URI": orders.SETTINGS["amqp_uri"], "max_workers": 200}).start()
orders.obey()
