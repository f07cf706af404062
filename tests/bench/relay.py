"""Relay: outbox rows until the broker has confirmed them, beside bare publishing with confirms per 500."""

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import create_engine

from chassis import outbox
from chassis.decider import Fact
from chassis.tables import heads
from chassis.tables import outbox as outbox_table
from tests.bench import parcel
from tests.bench.ground import Ground
from tests.bench.measuring import Figure, beside, in_turn, sample

ROUNDS = 3
ROWS = 20_000


def measure(ground: Ground, scale: float = 1.0) -> list[Figure]:
    """Events per second."""
    rows = max(int(ROWS * scale), 1)
    with ExitStack() as stack:
        raw = ground.worker("bare_amqp", stack)
        url = ground.service_database(parcel.SOURCE, parcel.METADATA)
        raw.ask("declare")
        fill(url, rows)
        ours = ground.worker("relaying", stack, url=url)
        ours.wait_ready()

        def publish() -> dict[str, float]:
            outcome: dict[str, float] = raw.ask("publish", count=rows)
            return outcome

        taken = in_turn(
            ROUNDS,
            {
                "ours": partial(
                    sample,
                    [ours.pid, *ground.server_pids],
                    lambda: purged(raw.ask("purge"), ours.ask("run", count=rows)),
                ),
                "raw": partial(sample, [raw.pid, *ground.server_pids], lambda: purged(raw.ask("purge"), publish())),
            },
        )
        raw.ask("purge")
    return beside(
        "relay, outbox row to confirm, two quorum queues",
        taken["ours"],
        limit=("py-amqp publishing, confirms per 500", taken["raw"]),
    )


def purged(_nothing: None, outcome: dict[str, float]) -> dict[str, float]:
    """The outcome of what came after the purge."""
    return outcome


def fill(url: str, count: int) -> None:
    """Rows in the public log, as commands would have left them."""
    rows = []
    for sequence in range(1, count + 1):
        fact = Fact(
            event=parcel.Sent(stop=parcel.STOP, number=sequence),
            source=parcel.SOURCE,
            subject=f"C{sequence % 500}",
            number=sequence,
            recorded_at=datetime.now(UTC),
            stream=f"parcel-{sequence % 2000}",
            cause="c" * 26,
            correlation="r" * 26,
        )
        rows.append(outbox.row(parcel.announce(fact), fact, "E" * 26, 0, sequence))
    engine = create_engine(url)
    with engine.begin() as transaction:
        transaction.execute(outbox_table.insert(), rows)
        transaction.execute(heads.update().values(last=count))
    engine.dispose()
