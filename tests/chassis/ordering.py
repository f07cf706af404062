"""Sixteen writers in four processes on one PostgreSQL, and two readers that must miss nothing."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select, text

from chassis.database import Database
from chassis.tables import commands_seen, events, outbox
from deploy.processes import until
from tests.chassis.office import prepare
from tests.chassis.ordering_writer import PARTITIONS
from tests.chassis.parcels import stamps

PROCESSES = 4
SECONDS = 4.0
FACTS_BEFORE_THE_KILL = 100
ROOT = Path(__file__).parents[2]

DISTURBANCES = (
    # a pause between the insert and the end of the transaction
    """CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_sleep(random() * 0.006); RETURN NULL; END $$""",
    "CREATE TRIGGER pause AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION pause()",
    # another one while it commits, which now and then comes to nothing
    """CREATE FUNCTION pause_or_fail() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
            PERFORM pg_sleep(random() * 0.003);
            IF random() < 0.05 THEN RAISE EXCEPTION 'no luck'; END IF;
            RETURN NULL;
          END $$""",
    """CREATE CONSTRAINT TRIGGER pause_or_fail AFTER INSERT ON outbox
       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pause_or_fail()""",
    *(f"CREATE SEQUENCE drawn_{partition}" for partition in range(PARTITIONS)),
)


@dataclass
class Seen:
    """What the two readers met, in their order."""

    by_position: list[tuple[int, str, int]] = field(default_factory=list)
    """(position, stream, version), reading `position > last`."""
    by_sequence: dict[int, list[tuple[int, str, int]]] = field(default_factory=lambda: defaultdict(list))
    """(sequence, parcel, number) by partition, taking only `last + 1`."""

    def read_on(self, database: Database) -> None:
        """One look at both logs."""
        after = self.by_position[-1][0] if self.by_position else 0
        newer = select(events.c.position, events.c.stream, events.c.version).where(events.c.position > after)
        with database.read() as connection:
            self.by_position += [tuple(row) for row in connection.execute(newer.order_by(events.c.position))]
            for partition in range(PARTITIONS):
                self._follow(connection, partition)

    def _follow(self, connection: Any, partition: int) -> None:
        heard = self.by_sequence[partition]
        after = heard[-1][0] if heard else 0
        newer = select(outbox.c.sequence, outbox.c.data).where(
            outbox.c.partition == partition, outbox.c.sequence > after
        )
        for sequence, data in connection.execute(newer.order_by(outbox.c.sequence)):
            if sequence != after + 1:
                return  # a hole: it may fill, so nothing behind it can be taken
            after = sequence
            document = orjson.loads(data)
            heard.append((sequence, document["parcel_id"], document["number"]))


@dataclass
class Findings:
    """What was written, and what the readers made of it."""

    facts: int
    processes_left: int
    rolled_back: int
    conflicts: int
    missed_by_position: int
    missed_by_sequence: int
    reordered: list[str]
    answered_but_lost: list[str]
    wrong_positions: int


def observe(url: str, how: str) -> Findings:
    """Let them write for some seconds while both readers follow; one process is killed on the way."""
    prepare(url, partitions=PARTITIONS)
    database = Database(url)
    with database.write() as transaction:
        for statement in DISTURBANCES:
            transaction.execute(text(statement))
    seen = Seen()
    with following(lambda: seen.read_on(database)):
        accounts = let_write(url, how, has_begun=lambda: len(seen.by_position) > FACTS_BEFORE_THE_KILL)
    seen.read_on(database)
    findings = compare(database, seen, accounts)
    database.close()
    return findings


@contextmanager
def following(read_on: Callable[[], None]) -> Iterator[None]:
    """Read on and on beside the block."""
    stopping = threading.Event()

    def follow() -> None:
        while not stopping.wait(0.002):
            read_on()

    reader = threading.Thread(target=follow)
    reader.start()
    try:
        yield
    finally:
        stopping.set()
        reader.join()


def let_write(url: str, how: str, *, has_begun: Callable[[], bool]) -> list[dict[str, Any]]:
    """What the processes that were not killed have to say."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.chassis.ordering_writer", url, str(number), how, str(SECONDS)],
            cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    victim = random.choice(processes)
    until(has_begun, patience=60)
    time.sleep(random.uniform(0, SECONDS / 3))
    victim.kill()
    outputs = [(process, process.communicate(timeout=60)[0]) for process in processes]
    return [json.loads(output) for process, output in outputs if process.returncode == 0]


def compare(database: Database, seen: Seen, accounts: list[dict[str, Any]]) -> Findings:
    """Hold what the readers met against what stands."""
    with database.read() as connection:
        facts = {tuple(row) for row in connection.execute(select(events.c.position, events.c.stream, events.c.version))}
        public = {tuple(row) for row in connection.execute(select(outbox.c.partition, outbox.c.sequence))}
        known = set(connection.execute(select(commands_seen.c.id).where(commands_seen.c.facts > 0)).scalars())
        placed = set(connection.execute(select(stamps.c.position)).scalars())
    heard = {(partition, sequence) for partition, met in seen.by_sequence.items() for sequence, *_ in met}
    streams = [(stream, version) for _, stream, version in seen.by_position]
    parcels = [(parcel, number) for met in seen.by_sequence.values() for _, parcel, number in met]
    return Findings(
        facts=len(facts),
        processes_left=len(accounts),
        rolled_back=sum(account["rolled_back"] for account in accounts),
        conflicts=sum(account["conflicts"] for account in accounts),
        missed_by_position=len(facts - set(seen.by_position)),
        missed_by_sequence=len(public - heard),
        reordered=[*out_of_order(streams), *out_of_order(parcels)],
        answered_but_lost=sorted({name for account in accounts for name in account["answered"]} - known),
        wrong_positions=len({position for position, *_ in facts} ^ placed),
    )


def out_of_order(met: list[tuple[str, int]]) -> list[str]:
    """Whose numbers were not met as 1, 2, 3 and so on."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for name, number in met:
        numbers[name].append(number)
    return sorted(name for name, found in numbers.items() if found != list(range(1, len(found) + 1)))
