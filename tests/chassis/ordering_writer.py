"""`python -m tests.chassis.ordering_writer URL NAME HOW SECONDS`: four writers in one process, until the time is over.

HOW is `rightly`, or what is left out: `without-lock`, `without-heads`. Prints the ids of the commands that were
answered with success, and how often there were rollbacks and conflicts.
"""

import json
import random
import sys
import threading
import time
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import InternalError

from chassis.command_handling import Unit
from chassis.errors import Conflict
from chassis.writing import Writing
from tests.chassis.office import Office
from tests.chassis.parcels import Stamp

WRITERS = 4
PARCELS = 24
CANDIDATES = 8
PARTITIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNumbers(Writing):
    """Numbers the public log from a database sequence, which does not take a number back."""

    def sequences(self, transaction: Connection, partition: int, count: int) -> range:
        drawn = f"SELECT nextval('drawn_{partition}') FROM generate_series(1, {count})"
        return [row[0] for row in transaction.exec_driver_sql(drawn)]  # type: ignore[return-value]


HOW: dict[str, dict[str, Any]] = {
    "rightly": {},
    "without-lock": {"lock_sql": "SELECT 1"},
    "without-heads": {"kind": DrawnNumbers},
}


class Writer:
    """Stamps parcels that the other fifteen stamp too."""

    def __init__(self, url: str, name: str, how: str) -> None:
        self.name = name
        self.office = Office(url, partitions=PARTITIONS, **HOW[how])
        self.answered: list[str] = []
        self.rolled_back = 0
        self.conflicts = 0
        self._redo = self.office.committer._redo
        self.office.committer._redo = self.redo  # type: ignore[method-assign]

    def run(self, until: float) -> None:
        chance = random.Random(self.name)
        with self.office:
            while time.monotonic() < until:
                self.stamp(chance)

    def redo(self, units: list[Unit], conflict: Exception) -> None:
        """Somebody else was faster."""
        self.conflicts += 1
        self._redo(units, conflict)

    def stamp(self, chance: random.Random) -> None:
        number = chance.randrange(PARCELS)
        command = Stamp(candidate_id=f"C-{number % CANDIDATES}", parcel_id=f"p{number}", times=chance.randint(1, 3))
        command_id = f"{self.name}|{chance.random()}"
        try:
            self.office.handle(command, id=command_id)
            self.answered.append(command_id)
        except InternalError:
            self.rolled_back += 1
        except Conflict:
            return  # eight times in a row others were faster


def main(url: str, name: str, how: str, seconds: float) -> None:
    writers = [Writer(url, f"{name}.{number}", how) for number in range(WRITERS)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=writer.run, args=(until,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    account = {
        "answered": list(chain.from_iterable(writer.answered for writer in writers)),
        "rolled_back": sum(writer.rolled_back for writer in writers),
        "conflicts": sum(writer.conflicts for writer in writers),
    }
    sys.stdout.write(json.dumps(account))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]))
