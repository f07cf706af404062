"""A batch of another service's events as one unit of work; who cannot be applied is isolated, retried and parked."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis import outbox, parking, serialization
from chassis.command_handling import CursorMove, CursorMoved, KeysNeeded, Unit
from chassis.committer import Committer
from chassis.database import Database
from chassis.decider import Fact
from chassis.errors import Conflict, Unavailable
from chassis.reveal import Revealer
from chassis.tables import cursors

log = structlog.get_logger()

RETRY_PAUSES = (0.1, 0.4, 1.5)
"""How an event that fails is tried again before it is parked; two seconds in all."""
PARKED_IN_A_ROW = 20
"""So many parked one after the other mean a bad deploy, not bad events."""
TRANSIENT = (Unavailable, CursorMoved, Conflict)


class Stopped(Exception):
    """The subscription must not go on by itself; an operator has to look."""


@dataclass(slots=True)
class Place:
    """Where a cursor stands in one partition of one source."""

    epoch: str
    last: int
    is_new: bool = False


class Applying:
    """What a service does with events of others: react, project, move the cursor, in one transaction."""

    def __init__(
        self,
        database: Database,
        committer: Committer,
        revealer: Revealer,
        *,
        classes: dict[tuple[str, str, int], type],
        react: Callable[[Fact, Unit], None],
    ) -> None:
        """`react` lets the service's handlers add their orders and effects to the unit."""
        self._database = database
        self._committer = committer
        self._revealer = revealer
        self._classes = classes
        self._react = react
        self._parked: set[tuple[str, str]] = set()
        self._parked_in_a_row = 0
        self._commits = threading.RLock()

    def held_up(self) -> AbstractContextManager[object]:
        """No batch of this process is committed while the block runs."""
        return self._commits

    def places(self, partition: int) -> dict[str, Place]:
        """The cursors of one partition, by source."""
        with self._database.read() as connection:
            rows = connection.execute(select(cursors).where(cursors.c.partition == partition))
            return {row.source: Place(row.epoch, row.last) for row in rows}

    def reload_parked(self) -> None:
        """See which subjects wait behind a parked event; an operator may have settled some."""
        with self._database.read() as connection:
            self._parked = parking.open_subjects(connection)

    def apply(self, partition: int, places: dict[str, Place], documents: list[dict[str, Any]]) -> None:
        """Apply events that continue their cursors, and advance `places`.

        Raises CursorMoved or Unavailable to be tried again, Stopped when too many fail in a row.
        """
        try:
            self._commit(partition, places, documents)
        except TRANSIENT:
            raise
        except Exception as error:  # noqa: BLE001  one of the events is broken: find it
            if len(documents) == 1:
                self._retry_then_park(partition, places, documents[0], error)
            else:
                for document in documents:
                    self.apply(partition, places, [document])

    def _commit(self, partition: int, places: dict[str, Place], documents: list[dict[str, Any]]) -> None:
        unit = Unit()
        moves = self._moves(partition, places, documents)
        unit.cursors = list(moves.values())
        try:
            for document in documents:
                self._add(unit, document)
        except (OperationalError, PoolTimeout) as trouble:
            raise Unavailable("database") from trouble
        with self._commits:
            self.perform(unit)
        for source, move in moves.items():
            places[source] = Place(move.epoch, move.after)
        if unit.received:  # what is ignored or waits behind another one is no sign of health
            self._parked_in_a_row = 0

    def _add(self, unit: Unit, document: dict[str, Any]) -> None:
        if outbox.name_and_version(document) in self._classes and self._is_parked(document):
            parking.park_behind(unit, document)
        elif (fact := self.fact(document)) is not None:
            unit.received.append(fact)
            self._react(fact, unit)

    def perform(self, unit: Unit) -> None:
        """Commit the unit, fetching keys that its facts turn out to need. Raises what became of it."""
        for _ in range(5):
            try:
                self._committer.perform(unit, timeout=5.0)
            except KeysNeeded as needed:
                self._revealer.fetch(needed.candidate_ids)
                unit = Unit(
                    orders=unit.orders,
                    received=unit.received,
                    cursors=unit.cursors,
                    guards=unit.guards,
                    writes=unit.writes,
                    effects=unit.effects,
                )
            else:
                return
        raise Unavailable("keys")

    def fact(self, document: dict[str, Any]) -> Fact | None:
        """The event as this service knows it, its sealed fields opened; None for one that it ignores."""
        kind = self._classes.get(outbox.name_and_version(document))
        if kind is None:
            return None
        event = serialization.from_plain(kind, document["data"])
        if serialization.sealed_fields(kind):
            self._revealer.fetch((document["subject"],))
        return outbox.received_fact(document, event, self._revealer.revealed(event, document.get("subject", "")))

    def _moves(
        self, partition: int, places: dict[str, Place], documents: list[dict[str, Any]]
    ) -> dict[str, CursorMove]:
        last: dict[str, int] = {}
        for document in documents:
            source, _, _, sequence = outbox.place(document)
            last[source] = sequence
        return {
            source: CursorMove(
                source=source,
                partition=partition,
                epoch=places[source].epoch,
                before=None if places[source].is_new else places[source].last,
                after=sequence,
            )
            for source, sequence in last.items()
        }

    def _is_parked(self, document: dict[str, Any]) -> bool:
        return (outbox.place(document)[0], document.get("subject", "")) in self._parked

    def _retry_then_park(
        self, partition: int, places: dict[str, Place], document: dict[str, Any], error: Exception
    ) -> None:
        for pause in RETRY_PAUSES:
            time.sleep(pause)
            try:
                self._commit(partition, places, [document])
            except TRANSIENT:
                raise
            except Exception as again:  # noqa: BLE001  the reason is kept with the parked event
                error = again
            else:
                return
        if self._parked_in_a_row >= PARKED_IN_A_ROW:
            raise Stopped(f"{self._parked_in_a_row} events failed in a row, last with {type(error).__name__}")
        self._park(partition, places, document, error)

    def _park(self, partition: int, places: dict[str, Place], document: dict[str, Any], error: Exception) -> None:
        moves = self._moves(partition, places, [document])
        unit = Unit(cursors=list(moves.values()))
        parking.park(unit, document, reason=f"{type(error).__name__}: {_reason(error)}", parked_at=datetime.now(UTC))
        with self._commits:
            self.perform(unit)
        for source, move in moves.items():
            places[source] = Place(move.epoch, move.after)
        self._parked_in_a_row += 1
        self._parked.add((outbox.place(document)[0], document.get("subject", "")))
        log.error("event-parked", event_id=document["id"], kind=type(error).__name__)


def _reason(error: Exception) -> str:
    """Where it failed, not with which values: those may be personal."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
