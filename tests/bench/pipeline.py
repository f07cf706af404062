"""From commit to projected in another service, at a steady rate, beside the same steps done bare."""

from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from tests.bench import cpu, parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, percentile
from tests.bench.workers import Worker

RATE = 500
SECONDS = 3.0
ROUNDS = 3
LONGEST_MS = 30.0


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Median and 99th percentile of the delay, from a fact's recorded time until after the follower's commit."""
    seconds = SECONDS * scale
    with ExitStack() as stack:
        url = ground.service_database(parcel.SOURCE, parcel.METADATA)
        producer = ground.worker("producing", stack, url=url)
        following = ground.service_database(parcel.FOLLOWER, parcel.FOLLOWERS)
        follower = ground.worker("following", stack, url=following)
        bare = ground.empty_database()
        bare_producer = ground.worker("bare_pipeline", stack, url=bare)
        bare_producer.wait_ready()
        bare_follower = ground.worker("bare_pipeline", stack, url=bare)
        producer.wait_ready()
        follower.ask("start")
        producer.ask("produce", rate=RATE, seconds=min(1.0, seconds))
        settled(follower, 0)
        ours, theirs, cost = [], [], []
        for _ in range(ROUNDS):
            pids = [producer.pid, follower.pid, *ground.server_pids]
            before = cpu.seconds(pids)
            count = producer.ask("produce", rate=RATE, seconds=seconds)["count"]
            ours.append(settled(follower, count))
            cost.append(1000 * (cpu.seconds(pids) - before) / count)
            bare_follower.begin("follow", count=count)
            bare_producer.ask("produce", rate=RATE, seconds=seconds)
            theirs.append(bare_follower.outcome())
    return [*figures("median", 0.5, ours, theirs, cost), *figures("99th percentile", 0.99, ours, theirs, cost)]


def settled(follower: Worker, count: int) -> list[float]:
    """All delays of a round, once everything has arrived."""
    delays: list[float] = []
    while True:
        found = follower.ask("delays")
        delays += found
        if len(delays) >= count and not found:
            return delays


def figures(
    word: str, share: float, ours: Sequence[list[float]], theirs: Sequence[list[float]], cost: list[float]
) -> list[Figure]:
    """Ours and the raw limit's, each the median over the rounds."""
    mine, bare = (1000 * median(percentile(delays, share) for delays in rounds) for rounds in (ours, theirs))
    is_last = share > 0.9
    return [
        Figure(
            name=f"commit to projected elsewhere at {RATE}/s, {word}",
            value=mine,
            unit="ms",
            cpu_ms=median(cost),
            of_limit=mine / bare,
            goal=f"at most {LONGEST_MS:.0f} ms" if is_last else "",
            met=mine <= LONGEST_MS if is_last else None,
        ),
        Figure(name="insert, publish, consume, upsert, one by one", value=bare, unit="ms", kind="limit"),
    ]
