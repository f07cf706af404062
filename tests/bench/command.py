"""Whole command path: decide, facts, outbox, projection and remembered command, in one transaction."""

from contextlib import ExitStack
from functools import partial

from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, beside, in_turn, sample

WRITERS = 16
ROUNDS = 3


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Commands per second through a desk, on both databases."""
    with ExitStack() as stack:
        workers = {
            name: ground.worker(
                "committing",
                stack,
                url=ground.service_database(parcel.SOURCE, parcel.METADATA, sqlite=name == "SQLite"),
                whole=True,
            )
            for name in ("PostgreSQL", "SQLite")
        }
        raw = ground.worker("bare_rows", stack, url=ground.empty_database())
        lite = ground.worker("bare_sqlite", stack, file=str(ground.folder / "bare.sqlite"))
        each, transactions = max(int(300 * scale), 1), max(int(500 * scale), 1)
        for worker in workers.values():
            worker.ask("run", writers=WRITERS, each=10)
        taken = in_turn(
            ROUNDS,
            {
                name: partial(
                    sample,
                    [worker.pid, *ground.server_pids],
                    partial(worker.ask, "run", writers=WRITERS, each=each),
                )
                for name, worker in workers.items()
            }
            | {
                name: partial(
                    sample,
                    [worker.pid, *ground.server_pids],
                    partial(worker.ask, "run", each=transactions, rows=WRITERS),
                )
                for name, worker in {"raw": raw, "raw SQLite": lite}.items()
            },
        )
    return [
        *beside(
            f"whole command, {WRITERS} callers, PostgreSQL",
            taken["PostgreSQL"],
            limit=(f"events alone, {WRITERS} rows per transaction", taken["raw"]),
        ),
        *beside(
            f"whole command, {WRITERS} callers, SQLite",
            taken["SQLite"],
            limit=(f"events alone, {WRITERS} rows per transaction", taken["raw SQLite"]),
        ),
    ]
