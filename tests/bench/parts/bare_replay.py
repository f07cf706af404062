"""The raw limit of a rebuild: read the log in pages, write the same rows by `unnest`."""

from typing import Any

import orjson
import psycopg2
from psycopg2 import extras

from tests.bench import orders

PAGE = 500
CONNECTION = psycopg2.connect(orders.SETTINGS["url"].replace("+psycopg2", ""))
extras.register_default_jsonb(CONNECTION, loads=orjson.loads)
UPSERT = """
INSERT INTO bare_places SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[])
ON CONFLICT (parcel) DO UPDATE SET candidate_id = excluded.candidate_id, stop = excluded.stop, number = excluded.number
"""


def replay() -> dict[str, Any]:
    """All facts into an empty table."""
    count = 0

    def read_and_write() -> None:
        nonlocal count
        cursor, position = CONNECTION.cursor(), 0
        cursor.execute("DROP TABLE IF EXISTS bare_places")
        cursor.execute("CREATE TABLE bare_places (parcel text PRIMARY KEY, candidate_id text, stop text, number int)")
        while True:
            cursor.execute("SELECT * FROM events WHERE position > %s ORDER BY position LIMIT %s", (position, PAGE))
            rows = cursor.fetchall()
            if not rows:
                return
            last = {row[1]: (row[1], row[5], row[6]["stop"], row[6]["number"]) for row in rows}
            cursor.execute(UPSERT, [list(column) for column in zip(*last.values(), strict=True)])
            CONNECTION.commit()
            count, position = count + len(rows), rows[-1][0]

    outcome = orders.timed(1, read_and_write)
    return outcome | {"count": count}


orders.obey(replay=replay)
