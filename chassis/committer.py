"""The one writer of a process: drains a queue of units into group commits, and redoes them one by one on a conflict."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from itertools import groupby

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.command_handling import CursorMove, CursorMoved, Unit, Written
from chassis.database import Database
from chassis.decider import Rejected
from chassis.deciding import Deciding, Draft, streams_of
from chassis.errors import Conflict, Unavailable
from chassis.writing import Writing

log = structlog.get_logger()

BATCH = 200
"""Units per transaction; keeps it well under 50 ms."""
ATTEMPTS = 8
"""How often a unit is decided again after a conflict."""
_PAUSE = 0.05
_CONFLICTS = (
    *("events_stream_version", "commands_seen_pkey", "cursors_pkey", "outbox_pkey", "effects_pkey"),
    *(
        f"failed: {column}"
        for column in ("events.stream", "commands_seen.id", "cursors.source", "outbox.", "effects.id")
    ),
)
"""How PostgreSQL and SQLite name the keys that two writers may meet on."""


class Committer:
    """Everything that a process writes goes through here, in the order of arrival."""

    def __init__(
        self,
        database: Database,
        writing: Writing,
        *,
        on_public: Callable[[], None] = lambda: None,
        on_cursors: Callable[[list[CursorMove]], None] = lambda _moves: None,
    ) -> None:
        """`on_public` is called after a commit with public events, `on_cursors` after one that moved cursors."""
        self._database = database
        self._writing = writing
        self._deciding = Deciding(database, writing.vocabulary, writing.revealer)
        self._on_public = on_public
        self._on_cursors = on_cursors
        self._queue: queue.Queue[Unit | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)

    def start(self) -> None:
        """Begin to commit."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._queue.put(None)
        self._thread.join(10)

    def submit(self, unit: Unit) -> None:
        """Queue a unit; its `done` future tells the outcome."""
        self._queue.put(unit)

    def perform(self, unit: Unit, timeout: float) -> list[Written | Rejected]:
        """Queue a unit and wait; raises what became of it, or Unavailable after `timeout` seconds."""
        unit.deadline = time.monotonic() + timeout
        self.submit(unit)
        try:
            return unit.done.result(timeout + _PAUSE)
        except TimeoutError as error:
            raise Unavailable("database-slow") from error

    def waiting(self) -> int:
        """Units in the queue."""
        return self._queue.qsize()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch = [self._queue.get()]
            while len(batch) < BATCH:
                try:
                    batch.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            stopping = None in batch
            for units in _groups([unit for unit in batch if unit is not None]):
                self._settle(units)

    def _settle(self, units: list[Unit]) -> None:
        """Commit the units, together if it goes and else one by one; every future is answered in the end."""
        try:
            self._commit([unit for unit in units if not unit.done.done()])
        except CursorMoved as moved:
            self._redo(units, moved)
        except (OperationalError, PoolTimeout) as trouble:
            self._wait(units, trouble)
        except DBAPIError as error:
            if error.connection_invalidated:
                self._wait(units, error)
            elif isinstance(error, IntegrityError) and any(name in str(error.orig) for name in _CONFLICTS):
                self._redo(units, Conflict("busy"))
            else:
                self._isolate(units, error)
        except Exception as error:  # noqa: BLE001  whatever a projection raises belongs to its unit
            self._isolate(units, error)

    def _commit(self, units: list[Unit]) -> None:
        drafts, states = self._deciding.decide(units)
        if not drafts:
            return
        with self._database.group() as transaction:
            positions = self._writing.write(transaction, drafts)
        self._deciding.committed(states, positions)
        self._tell(drafts)

    def _tell(self, drafts: list[Draft]) -> None:
        moves = [move for draft in drafts for move in draft.unit.cursors]
        if moves:
            self._on_cursors(moves)
        if any(answer.sequence for draft in drafts for answer in draft.fresh()):
            self._on_public()
        for draft in drafts:
            draft.unit.done.set_result([answer.result(self._writing.source) for answer in draft.answers])

    def _redo(self, units: list[Unit], conflict: Exception) -> None:
        """Once more together, now looking for repeated commands; after that one by one."""
        self._deciding.streams.forget(streams_of(units))
        together = len(units) > 1 and not any(unit.attempts for unit in units)
        for unit in units:
            unit.attempts += 1
        if together:
            self._settle(units)
            return
        for unit in units:
            gives_up = unit.attempts > ATTEMPTS or (len(units) == 1 and isinstance(conflict, CursorMoved))
            if gives_up and not unit.done.done():
                unit.done.set_exception(conflict)
            elif not gives_up:
                self._settle([unit])

    def _isolate(self, units: list[Unit], error: Exception) -> None:
        """Somebody's unit is broken: in company, each is tried by itself; alone, it gets its error.

        Facts that were decided at a first attempt may rest on an outdated state, so these are decided once more.
        """
        self._deciding.streams.forget(streams_of(units))
        if len(units) > 1:
            for unit in units:
                self._settle([unit])
        elif units[0].orders and not units[0].attempts:
            units[0].attempts += 1
            self._settle(units)
        elif not units[0].done.done():
            units[0].done.set_exception(error)

    def _wait(self, units: list[Unit], trouble: Exception) -> None:
        """The database is away or locked: nobody else could commit either, so a pause here holds up nothing."""
        log.warning("database-trouble", kind=type(trouble).__name__, units=len(units))
        self._deciding.streams.forget(streams_of(units))
        time.sleep(_PAUSE)
        now = time.monotonic()
        for unit in units:
            if unit.deadline is not None and unit.deadline > now:
                self._queue.put(unit)
            elif not unit.done.done():
                unit.done.set_exception(Unavailable("database"))


def _groups(units: list[Unit]) -> Iterator[list[Unit]]:
    """What may be committed together, in order; a guard looks at what is committed, so its unit stands alone."""
    for guarded, some in groupby(units, key=lambda unit: bool(unit.guards)):
        if guarded:
            yield from ([unit] for unit in some)
        else:
            yield list(some)
