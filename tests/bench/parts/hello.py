"""The raw limit of an HTTP answer: bare uvicorn with the gateway's own settings, 17 bytes of JSON."""

import os
import threading
from typing import Any

import uvicorn

from tests.bench import orders

BODY = b'{"hello":"world"}'


async def hello(scope: Any, _receive: Any, send: Any) -> None:
    """The smallest ASGI application."""
    if scope["type"] == "http":
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": BODY})


def serve() -> None:
    """Until the process ends."""
    uvicorn.run(
        hello, host="127.0.0.1", port=orders.SETTINGS["port"], http="httptools", loop="asyncio", lifespan="off",
        log_config=None, access_log=False,
    )  # fmt: skip
    os._exit(0)


threading.Thread(target=orders.obey, kwargs={"pid": os.getpid}, daemon=True).start()
serve()
