"""One service's database: SQLite embedded or PostgreSQL, behind the same two doors `read` and `write`."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from chassis.errors import StartRefused
from chassis.prepared import prepare_queries

POSTGRESQL = "postgresql+psycopg2"
SYNCHRONOUS = "FULL"
"""SQLite: what is committed survives a power cut."""
_BUSY_PAUSE = 0.005


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database is away, locked or overrun, so that waiting helps."""
    return isinstance(error, (OperationalError, PoolTimeout)) or getattr(error, "connection_invalidated", False)


class Database:
    """Connections for queries, and transactions for the one committer of this process."""

    def __init__(self, url: str, *, readers: int = 20) -> None:
        """Raises StartRefused for a URL whose driver would block every greenlet of the process."""
        self.url = make_url(url)
        if self.url.drivername not in {POSTGRESQL, "sqlite"}:
            raise StartRefused(
                f"DATABASE_URL must begin with sqlite:/// or {POSTGRESQL}://, not {self.url.drivername}://: "
                "other drivers stop the whole process during a query"
            )
        self.is_postgresql = self.url.drivername == POSTGRESQL
        self._file_lock: IO[str] | None = None
        self._reader = self._engine(readers, isolation_level="AUTOCOMMIT")
        if self.is_postgresql:
            prepare_queries(self._reader)
        self._writer = self._engine(2, pool_pre_ping=True)
        self._grouper = self._engine(1, isolation_level="AUTOCOMMIT") if self.is_postgresql else self._writer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries; each statement sees what is committed."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection on which all statements see one moment; keep it short on SQLite."""
        if self.is_postgresql:
            with self._writer.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                yield connection
                connection.rollback()
        else:
            with self._reader.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                try:
                    yield connection
                finally:
                    connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def write(self, deadline: float = 5.0) -> Iterator[Connection]:
        """A transaction; SQLite is waited for politely up to `deadline` seconds."""
        until = time.monotonic() + deadline
        with self._writer.connect() as connection:
            transaction = _begin(connection, until)
            try:
                yield connection
                transaction.commit()
            except BaseException:
                transaction.rollback()
                raise

    @contextmanager
    def group(self) -> Iterator[Connection]:
        """The committer's transaction: on PostgreSQL it begins and may commit in the round trips of its own writes."""
        if not self.is_postgresql:
            with self.write() as connection:
                yield connection
            return
        with self._grouper.connect() as connection:
            try:
                yield connection
                if _in_transaction(connection):
                    connection.exec_driver_sql("COMMIT")
            except BaseException:
                _undo(connection)
                raise

    def claim(self) -> None:
        """Hold the SQLite file for this process alone; raises StartRefused when another one has it."""
        if self.is_postgresql or not self.url.database:
            return
        handle = Path(f"{self.url.database}.lock").open("w")  # noqa: SIM115  held for the life of the process
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.close()
            raise StartRefused(
                f"{self.url.database} is in use by another process; an SQLite service has no second replica"
            ) from error
        self._file_lock = handle

    def sweep(self) -> None:
        """On SQLite: empty the write-ahead log into the file, for it still holds what was deleted (R-P1)."""
        if self.is_postgresql:
            return
        connection = self._reader.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        """Give every connection back, and the file."""
        self._reader.dispose()
        self._writer.dispose()
        self._grouper.dispose()
        if self._file_lock is not None:
            self._file_lock.close()
            self._file_lock = None

    def _engine(self, size: int, **options: Any) -> Engine:
        dialect_options: dict[str, Any] = (
            {"connect_args": {"connect_timeout": 3}}
            if self.is_postgresql
            else {"connect_args": {"timeout": 0, "check_same_thread": False}}
        )
        engine = create_engine(
            self.url,
            poolclass=QueuePool,
            pool_use_lifo=True,
            pool_size=size,
            max_overflow=0,
            pool_timeout=2,
            json_serializer=_json_text,
            json_deserializer=orjson.loads,
            **dialect_options,
            **options,
        )
        if not self.is_postgresql:
            event.listen(engine, "connect", _prepare_sqlite)
            if "isolation_level" not in options:
                event.listen(engine, "begin", _begin_sqlite)
        return engine


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.dbapi_connection.info.transaction_status)  # type: ignore[union-attr]


def _undo(connection: Connection) -> None:
    """Roll back; a connection that cannot is thrown away instead of going back into the pool."""
    try:
        if not connection.invalidated and _in_transaction(connection):
            connection.exec_driver_sql("ROLLBACK")
    except DBAPIError:
        connection.invalidate()


def _json_text(value: Any) -> str:
    return orjson.dumps(value).decode()


PRAGMAS = (
    "journal_mode=WAL",
    f"synchronous={SYNCHRONOUS}",
    "busy_timeout=0",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten, so that no page of the file keeps it (R-P1)
)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """SQLAlchemy begins, we say how: the writer takes the lock at once."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection, until: float) -> Any:
    while True:
        try:
            return connection.begin()
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_BUSY_PAUSE)
