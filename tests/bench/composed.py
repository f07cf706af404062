"""Composed answer: the dashboard with real queries in five services, beside five empty calls and nameko's gateway."""

from contextlib import ExitStack
from functools import partial

from deploy import ports
from tests.bench import installation
from tests.bench.dashboard import without_memory
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample

ROUNDS = 3
CONNECTIONS = 20
EACH = {"ours": 25, "five": 60, "stock": 8}
SERVICES = 5


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Answers per second on twenty connections, and what one costs."""
    each = {name: max(int(count * scale), 1) for name, count in EACH.items()}
    with ExitStack() as stack:
        running = installation.start(ground, stack)
        load = ground.worker("http_load", stack)
        names = [f"empty{number}" for number in range(1, SERVICES + 1)]
        empty = [ground.worker("lean_echo", stack, name=name) for name in names]
        caller = ground.worker("gateway_caller", stack, services=names)
        stock = [ground.worker("stock_rpc", stack, name=f"stock{number}") for number in range(1, SERVICES + 1)]
        port = ports.choose(1)[0]
        stock_gateway = ground.worker("stock_gateway", stack, port=port)
        for worker in (load, caller, *empty, *stock, stock_gateway):
            worker.wait_ready()

        def answers(url: str, count: int, pids: list[int], token: str = "") -> Sample:
            work = partial(load.ask, "run", url=url, connections=CONNECTIONS, each=count, token=token)
            return sample([*pids, *ground.server_pids], work)

        url, pid = stack.enter_context(without_memory(running))
        dashboard = f"{url}/api/v1/me/dashboard"
        answers(dashboard, 2, [], running.person.token)
        taken = in_turn(
            ROUNDS,
            {
                "ours": lambda: answers(dashboard, each["ours"], [pid, *running.pids], running.person.token),
                "five": lambda: sample(
                    [caller.pid, *(one.pid for one in empty), *ground.server_pids],
                    partial(caller.ask, "five", callers=CONNECTIONS, each=each["five"]),
                ),
                "stock": lambda: answers(
                    f"http://127.0.0.1:{port}/dashboard",
                    each["stock"],
                    [stock_gateway.pid, *(one.pid for one in stock)],
                ),
            },
        )
    return figures(taken)


def figures(taken: dict[str, Sample]) -> list[Figure]:
    """The rate, and the processor time."""
    ours, five, stock = taken["ours"], taken["five"], taken["stock"]
    lines = beside(
        f"composed answer of five services, {CONNECTIONS} connections",
        ours,
        limit=("five empty RPCs at once, no HTTP, no queries", five),
        peer=("nameko @http, five RpcProxy.call_async, no queries", stock),
        goal="at least 4 x the peer",
        met=ours.rate >= 4 * stock.rate,
    )
    cost = Figure(
        name="composed answer, processor time of all processes",
        value=ours.cpu_ms,
        unit="CPU ms",
        of_limit=ours.cpu_ms / five.cpu_ms,
        of_peer=ours.cpu_ms / stock.cpu_ms,
        goal="at most 2 x five empty RPCs",
        met=ours.cpu_ms <= 2 * five.cpu_ms,
    )
    return [*lines, cost]
