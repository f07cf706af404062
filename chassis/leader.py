"""One of several replicas does a job: whoever holds a lock of the service's database."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chassis.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Leadership:
    """A session lock on PostgreSQL; on SQLite there is only one process, so it always leads."""

    def __init__(self, database: Database, job: str) -> None:
        self._database = database
        self._number = zlib.crc32(job.encode())
        self._connection: Connection | None = None

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Lead while the block runs, if nobody else does; says whether we lead."""
        if not self._database.is_postgresql:
            yield True
            return
        with self._database.read() as connection:
            leads = bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({self._number})").scalar_one())
            self._connection = connection
            try:
                yield leads
            finally:
                self._connection = None
                if leads and not connection.invalidated:
                    connection.exec_driver_sql(f"SELECT pg_advisory_unlock({self._number})")

    def check(self) -> None:
        """Raises OperationalError when the lock's connection is gone."""
        if self._connection is not None:
            self._connection.exec_driver_sql("SELECT 1")
