"""The peer of the composed answer: nameko's own `@http` and five RpcProxies, called in parallel."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402  everything below must be imported green
from typing import Any  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402
from nameko.rpc import RpcProxy  # noqa: E402
from nameko.web.handlers import http  # noqa: E402

from tests.bench import orders  # noqa: E402


class StockGateway:
    """Composes five answers."""

    name = "stockgateway"
    first = RpcProxy("stock1")
    second = RpcProxy("stock2")
    third = RpcProxy("stock3")
    fourth = RpcProxy("stock4")
    fifth = RpcProxy("stock5")

    @http("GET", "/dashboard")  # type: ignore[untyped-decorator]  # nameko ships no types
    def dashboard(self, _request: Any) -> str:
        """Five empty calls at once, the answers as JSON."""
        others = (self.first, self.second, self.third, self.fourth, self.fifth)
        calls = [other.nothing.call_async() for other in others]
        return json.dumps([call.result() for call in calls])


ServiceContainer(
    StockGateway,
    {
        "AMQP_URI": orders.SETTINGS["amqp_uri"],
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{orders.SETTINGS['port']}",
        "max_workers": 50,
    },
).start()
orders.obey()
