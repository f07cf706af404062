"""Rebuild and verify: facts read, projected and swapped in, beside reading and writing the same rows bare."""

from contextlib import ExitStack
from functools import partial

from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, beside, in_turn, sample

ROUNDS = 3
FACTS = 10_000


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Facts per second."""
    facts = max(int(FACTS * scale), 1)
    with ExitStack() as stack:
        url = ground.service_database(parcel.SOURCE, parcel.METADATA)
        ours = ground.worker("producing", stack, url=url)
        raw = ground.worker("bare_replay", stack, url=url)
        ours.ask("fill", count=facts)
        taken = in_turn(
            ROUNDS,
            {
                order: partial(sample, [worker.pid, *ground.server_pids], partial(worker.ask, order))
                for worker, order in ((ours, "rebuild"), (raw, "replay"), (ours, "verify"))
            },
        )
    limit = ("read in pages of 500, upsert by unnest", taken["replay"])
    return [
        *beside("rebuild of a projection, facts", taken["rebuild"], limit=limit),
        *beside("verify of all projections, facts", taken["verify"], limit=limit)[:1],
    ]
