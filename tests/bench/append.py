"""Bare append: concurrent writers before one committer, beside bare multi-row inserts and PyPI `eventsourcing`."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec

from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, Sample, beside, in_turn, sample
from tests.bench.workers import Worker

WRITERS = 16
PEERS = 8
"""Processes of the peer, with two threads each."""
PEER_RUNS = find_spec("psycopg") is not None and find_spec("psycopg_pool") is not None
"""The peer needs psycopg 3 for PostgreSQL."""
ROUNDS = 3


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Appends per second with 16 writers and with one."""
    with ExitStack() as stack:
        url = ground.service_database(parcel.SOURCE, parcel.METADATA)
        ours = ground.worker("committing", stack, url=url, whole=False)
        raw = ground.worker("bare_rows", stack, url=ground.empty_database())
        ours.ask("run", writers=WRITERS, each=20)

        def of(worker: Worker, order: str, count: int, **arguments: int) -> Callable[[], Sample]:
            work = partial(worker.ask, order, each=max(int(count * scale), 1), **arguments)
            return partial(sample, [worker.pid, *ground.server_pids], work)

        variants = {
            "ours": of(ours, "run", 400, writers=WRITERS),
            "raw": of(raw, "run", 500, rows=WRITERS),
            "one": of(ours, "run", 500, writers=1),
            "raw one": of(raw, "run", 1000, rows=1),
        }
        if PEER_RUNS:
            peers = start_peers(ground, stack, ground.empty_database())
            variants["peer"] = partial(ask_peers, ground, peers, max(int(100 * scale), 1))
        return figures(in_turn(ROUNDS, variants))


def figures(taken: dict[str, Sample]) -> list[Figure]:
    """Many writers beside limit and peer, one writer beside its limit."""
    peer = taken.get("peer")
    return [
        *beside(
            f"bare append, {WRITERS} writers, PostgreSQL",
            taken["ours"],
            limit=(f"one connection, {WRITERS} rows per transaction", taken["raw"]),
            peer=(f"eventsourcing, {WRITERS} writers in {PEERS} processes", peer) if peer else None,
            goal="at least 5 x the peer",
            met=taken["ours"].rate >= 5 * peer.rate if peer else None,
        ),
        *beside(
            "bare append, 1 writer, PostgreSQL",
            taken["one"],
            limit=("one connection, one row per transaction", taken["raw one"]),
        ),
    ]


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
