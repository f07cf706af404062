"""What the benchmarks stand on: a private broker and a private PostgreSQL, as operators get them."""

import shutil
import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import MetaData, create_engine

from chassis import installing
from chassis.database import Database
from chassis.tables import FRAME
from deploy.broker import PrivateBroker
from deploy.postgres import PrivatePostgres
from tests.bench.workers import Worker

PATIENCE = 60.0


class Ground:
    """Broker, PostgreSQL and a folder; a context manager that leaves nothing behind."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="certtrack-bench-"))
        self.folder.chmod(0o755)  # PostgreSQL's own user must get in
        self.broker = PrivateBroker(self.folder / "broker")
        self.postgres = PrivatePostgres(self.folder / "postgres")
        self._numbers = count(1)

    def __enter__(self) -> Self:
        self.broker.launch()
        self.postgres.launch()
        self.broker.wait_ready(PATIENCE)
        self.postgres.wait_ready(PATIENCE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.broker.kill()  # to end well takes it five seconds
        self.broker.stop()
        self.postgres.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def server_pids(self) -> list[int]:
        """Broker and PostgreSQL."""
        return [pid for pid in (self.broker.pid, self.postgres.pid) if pid is not None]

    def empty_database(self) -> str:
        """The URL of a fresh database on PostgreSQL."""
        return self.postgres.create_database(f"bench{next(self._numbers)}")

    def service_database(self, source: str, metadata: MetaData, *, sqlite: bool = False) -> str:
        """The URL of a fresh, installed service database."""
        number = next(self._numbers)
        url = f"sqlite:///{self.folder / f'{source}{number}.sqlite'}" if sqlite else self.empty_database()
        engine = create_engine(url)
        FRAME.create_all(engine)
        metadata.create_all(engine)
        engine.dispose()
        database = Database(url)
        installing.install(database, source, 1)
        database.close()
        return url

    def worker(self, part: str, stack: ExitStack, **settings: Any) -> Worker:
        """Start a bench process that ends with `stack`."""
        return stack.enter_context(Worker(part, self.folder / f"{part}.log", amqp_uri=self.broker.uri, **settings))
