"""The raw limit of appending: one connection that inserts the same rows by `unnest`, so many per transaction."""

import itertools
from datetime import UTC, datetime
from typing import Any

import psycopg2

from tests.bench import orders, parcel

TABLE = """
CREATE TABLE bare_events (position bigserial PRIMARY KEY, stream text NOT NULL, version int NOT NULL,
name text NOT NULL, schema_version smallint NOT NULL, subject text NOT NULL, data jsonb NOT NULL, cause text NOT NULL,
correlation text NOT NULL, recorded_at timestamptz NOT NULL, UNIQUE (stream, version))
"""
INSERT = """
INSERT INTO bare_events (stream, version, name, schema_version, subject, data, cause, correlation, recorded_at)
SELECT stream, version, 'sent', 1, subject, data::jsonb, '', '', moment
FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[], %s::timestamptz[])
AS row(stream, version, subject, data, moment)
"""
CONNECTION = psycopg2.connect(orders.SETTINGS["url"].replace("+psycopg2", ""))
DATA = f'{{"stop":"{parcel.STOP}","number":1}}'
_streams = itertools.count()

with CONNECTION, CONNECTION.cursor() as _cursor:
    _cursor.execute(TABLE)


def run(each: int, rows: int) -> dict[str, Any]:
    """Insert `rows` rows in each of `each` transactions."""

    def insert() -> None:
        cursor = CONNECTION.cursor()
        for _ in range(each):
            streams = [f"parcel-{next(_streams)}" for _ in range(rows)]
            moments = [datetime.now(UTC)] * rows
            cursor.execute(INSERT, (streams, [1] * rows, streams, [DATA] * rows, moments))
            CONNECTION.commit()

    return orders.timed(each * rows, insert)


orders.obey(run=run)
