"""Bare append: concurrent writers before one committer, beside bare multi-row inserts and PyPI `eventsourcing`."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample
from tests.bench.workers import Worker

WRITERS = 16
PEERS = 8
"""Processes of the peer, with two threads each; faster than one process with 16 threads."""
ROUNDS = 3


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Appends per second with 16 writers and with one."""
    with ExitStack() as stack:
        url = ground.service_database(parcel.SOURCE, parcel.METADATA)
        ours = ground.worker("committing", stack, url=url, whole=False)
        raw = ground.worker("bare_rows", stack, url=ground.empty_database())
        peer_url = ground.empty_database()
        peers = start_peers(ground, stack, peer_url)
        ours.ask("run", writers=WRITERS, each=20)

        def of(worker: Worker, order: str, **arguments: int) -> Callable[[], Sample]:
            scaled = {
                name: max(int(value * scale), 1) if name in SCALED else value for name, value in arguments.items()
            }
            return partial(sample, [worker.pid, *ground.server_pids], partial(worker.ask, order, **scaled))

        taken = in_turn(
            ROUNDS,
            {
                "ours": of(ours, "run", writers=WRITERS, each=400),
                "raw": of(raw, "run", transactions=500, rows=WRITERS),
                "one": of(ours, "run", writers=1, each=500),
                "raw one": of(raw, "run", transactions=1000, rows=1),
                "peer": partial(ask_peers, ground, peers, max(int(100 * scale), 1)),
            },
        )
    return [
        *beside(
            f"bare append, {WRITERS} writers, PostgreSQL",
            taken["ours"],
            limit=(f"one connection, {WRITERS} rows per transaction", taken["raw"]),
            peer=(f"eventsourcing, {WRITERS} writers in {PEERS} processes", taken["peer"]),
            goal="at least 5 x the peer",
            met=taken["ours"].rate >= 5 * taken["peer"].rate,
        ),
        *beside(
            "bare append, 1 writer, PostgreSQL",
            taken["one"],
            limit=("one connection, one row per transaction", taken["raw one"]),
        ),
    ]


SCALED = {"each", "transactions"}


def start_peers(ground: Ground, stack: ExitStack, url: str) -> list[Worker]:
    """The first makes the tables, then the others may come."""
    first = ground.worker("peer_events", stack, url=url, first=True)
    first.wait_ready()
    others = [ground.worker("peer_events", stack, url=url, first=False) for _ in range(PEERS - 1)]
    for worker in others:
        worker.wait_ready()
    return [first, *others]


def ask_peers(ground: Ground, peers: list[Worker], each: int) -> Sample:
    """All of the peer's processes at once."""

    def work() -> dict[str, float]:
        for worker in peers:
            worker.begin("run", threads=WRITERS // PEERS, each=each)
        return {"count": sum(worker.outcome()["count"] for worker in peers)}

    return sample([*(worker.pid for worker in peers), *ground.server_pids], work)
