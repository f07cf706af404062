"""The raw limit of SQLite: the same rows by executemany in durable transactions."""

import itertools
import sqlite3
from typing import Any

from tests.bench import orders, parcel

CONNECTION = sqlite3.connect(orders.SETTINGS["file"], isolation_level=None)
DATA = f'{{"stop":"{parcel.STOP}","number":1}}'
_streams = itertools.count()

TABLE = """
CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INT, name TEXT, schema_version INT,
subject TEXT, data TEXT, cause TEXT, correlation TEXT, recorded_at TEXT, UNIQUE (stream, version))
"""
for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
    CONNECTION.execute(statement)


def run(each: int, rows: int) -> dict[str, Any]:
    """Insert `rows` rows in each of `each` transactions."""

    def insert() -> None:
        for _ in range(each):
            CONNECTION.execute("BEGIN IMMEDIATE")
            CONNECTION.executemany(
                "INSERT INTO events (stream, version, name, schema_version, subject, data, cause, correlation, "
                "recorded_at) VALUES (?, 1, 'sent', 1, ?, ?, '', '', '2026-01-01 00:00:00.000000')",
                [(f"parcel-{next(_streams)}", "W1", DATA) for _ in range(rows)],
            )
            CONNECTION.execute("COMMIT")

    return orders.timed(each * rows, insert)


orders.obey(run=run)
