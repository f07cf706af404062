"""RPC: our clients and our entrypoint beside bare kombu and nameko's own RPC."""

from contextlib import ExitStack
from functools import partial
from time import sleep

from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample
from tests.bench.workers import Worker

ROUNDS = 3
CALLS = {
    1: {"lean": 800, "gateway": 800, "bare": 800, "stock": 300},
    20: {"lean": 150, "gateway": 200, "bare": 150, "stock": 40},
}


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Calls per second of one caller and of twenty at once."""
    with ExitStack() as stack:
        ends = start(ground, stack)
        figures: list[Figure] = []
        for callers in (1, 20):
            taken = in_turn(
                ROUNDS,
                {
                    name: partial(calls, ground, ends[name], callers, max(int(CALLS[callers][name] * scale), 1))
                    for name in ("lean", "bare", "gateway", "stock")
                },
            )
            figures += lines(callers, taken)
    return figures


def start(ground: Ground, stack: ExitStack) -> dict[str, tuple[Worker, Worker]]:
    """Caller and service of each kind."""
    echo = ground.worker("lean_echo", stack, name="leanecho")
    stock = ground.worker("stock_rpc", stack, name="stockecho")
    bare = ground.worker("kombu_rpc", stack)
    for service in (echo, stock):
        service.wait_ready()
    bare.begin("serve")
    sleep(0.3)
    return {
        "lean": (ground.worker("lean_caller", stack), echo),
        "gateway": (ground.worker("gateway_caller", stack, services=[]), echo),
        "bare": (ground.worker("kombu_rpc", stack), bare),
        "stock": (ground.worker("stock_rpc", stack, name="stockcaller"), stock),
    }


def calls(ground: Ground, ends: tuple[Worker, Worker], callers: int, each: int) -> Sample:
    """Calls of so many callers at once."""
    caller, service = ends
    caller.wait_ready()
    work = partial(caller.ask, "run", callers=callers, each=each)
    return sample([caller.pid, service.pid, *ground.server_pids], work)


def lines(callers: int, taken: dict[str, Sample]) -> list[Figure]:
    """Both of our clients, then what they stand beside."""
    many = f"{callers} callers" if callers > 1 else "1 caller"
    limit = (f"bare kombu, direct reply-to, {many}", taken["bare"])
    peer = (f"nameko RpcProxy and @rpc, {many}", taken["stock"])
    goal = "at least 3 x the peer"
    mine = {"gateway": "RPC, gateway to service", "lean": "RPC, service to service"}
    figures = {
        name: beside(
            f"{words}, {many}",
            taken[name],
            limit=limit,
            peer=peer,
            goal=goal,
            met=taken[name].rate >= 3 * taken["stock"].rate,
        )
        for name, words in mine.items()
    }
    return [figures["gateway"][0], *figures["lean"]]
