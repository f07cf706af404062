"""The gateway's asyncio RPC client, called by tasks: one echo each, or five empty calls at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from gateway.rpc import Client, pack
from tests.bench import orders
from tests.bench.payload import PAYLOAD


async def _echo(client: Client) -> None:
    headers = pack({"certtrack.deadline": str(int(time.time() * 1000) + 1500), "certtrack.correlation": "bench"})
    reply = await client.call("leanecho", "echo", {"payload": PAYLOAD}, headers=headers)
    assert reply.result == PAYLOAD


async def _five(client: Client) -> None:
    headers = pack({"certtrack.deadline": str(int(time.time() * 1000) + 1500), "certtrack.correlation": "bench"})
    await asyncio.gather(*[client.call(name, "nothing", {}, headers=headers) for name in orders.SETTINGS["services"]])


async def _run(work: Callable[[Client], Awaitable[None]], callers: int, each: int) -> dict[str, Any]:
    client = Client(orders.SETTINGS["amqp_uri"])
    client.start()
    while not client.connected:  # noqa: ASYNC110  the client has no event for others
        await asyncio.sleep(0.01)

    async def call() -> None:
        for _ in range(each):
            await work(client)

    began = time.perf_counter()
    await asyncio.gather(*[call() for _ in range(callers)])
    took = time.perf_counter() - began
    await client.stop()
    return {"count": callers * each, "seconds": took}


def run(callers: int, each: int) -> dict[str, Any]:
    """Echoes of so many callers at once."""
    return asyncio.run(_run(_echo, callers, each))


def five(callers: int, each: int) -> dict[str, Any]:
    """Five empty calls to five services at once, counted as one."""
    return asyncio.run(_run(_five, callers, each))


orders.obey(run=run, five=five)
