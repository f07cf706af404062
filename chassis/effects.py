"""What must happen outside: rows written with the facts, performed afterwards with an idempotency key, until done."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select

from chassis.command_handling import Unit
from chassis.committer import Committer
from chassis.database import Database
from chassis.errors import Failure
from chassis.leader import Leadership
from chassis.projections import Rows
from chassis.tables import effects

log = structlog.get_logger()

POLL_SECONDS = 0.5
BATCH = 20
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 300.0


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to do; the receiver must know `key`, because a crash may repeat the attempt."""

    key: str
    kind: str
    subject: str
    payload: dict[str, Any]
    created_at: datetime


class EffectsWorker:
    """Performs due effects one after the other, outside any transaction; one worker per service database."""

    def __init__(
        self, database: Database, committer: Committer, handlers: Mapping[str, Callable[[Effect], None]]
    ) -> None:
        self._database = database
        self._committer = committer
        self._handlers = handlers
        self._leadership = Leadership(database, "effects")
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End after the effect at hand."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            try:
                with self._leadership.held() as leads:
                    while leads and not self._stopping.is_set():
                        if not self._perform_due():
                            self._stopping.wait(POLL_SECONDS)
                        self._leadership.check()
            except Exception as error:  # noqa: BLE001  a worker that dies silently would lose effects
                log.warning("effects-wait", reason=type(error).__name__)
            self._stopping.wait(POLL_SECONDS)

    def _perform_due(self) -> int:
        with self._database.read() as connection:
            due = select(effects).where(effects.c.due_at <= datetime.now(UTC), effects.c.kind.in_(list(self._handlers)))
            rows = list(connection.execute(due.order_by(effects.c.due_at).limit(BATCH)))
        for row in rows:
            self._perform(row)
        return len(rows)

    def _perform(self, row: Any) -> None:
        effect = Effect(row.id, row.kind, row.subject, row.payload, row.created_at)
        started = time.monotonic()
        try:
            self._handlers[row.kind](effect)
        except Exception as error:  # noqa: BLE001  an outside system may fail in any way; the row stays due
            failure = error.code if isinstance(error, Failure) else type(error).__name__
            pause = min(FIRST_PAUSE * 2**row.attempts, LONGEST_PAUSE)
            log.warning("effect-failed", effect_id=row.id, kind=row.kind, failure=failure, attempts=row.attempts + 1)
            self._note(row.id, attempts=row.attempts + 1, failure=failure, due_at=_in(pause))
        else:
            log.info("effect-done", effect_id=row.id, kind=row.kind, seconds=round(time.monotonic() - started, 3))
            self._note(row.id, attempts=row.attempts + 1, failure=None, due_at=None, done_at=datetime.now(UTC))

    def _note(self, key: str, **columns: Any) -> None:
        def write(rows: Rows) -> None:
            rows.change(effects, key=(key,), **columns)

        self._committer.perform(Unit(writes=[write]), timeout=5.0)


def _in(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
