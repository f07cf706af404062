"""Projections made again from facts and public logs: to compare with what is live, or to take its place."""

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Connection, MetaData, Table, create_engine, func, select, text
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql import quoted_name

from chassis import event_store, outbox, parking
from chassis.applying import Applying, Place
from chassis.command_handling import Unit
from chassis.committer import Committer
from chassis.database import Database
from chassis.decider import Fact
from chassis.errors import Conflict, NotFound, Unavailable
from chassis.event_store import Vocabulary
from chassis.projections import Projection, Rows
from chassis.reveal import Revealer
from chassis.tables import cursors, events

log = structlog.get_logger()

PAGE = 500
STEPS = 50
"""How often a rebuild catches up with what is written meanwhile before it gives in."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One state of a service: the last own position, and each cursor."""

    position: int
    cursors: dict[tuple[str, int], Place]
    left_out: set[tuple[str, int, int]]

    def continues(self, earlier: "Moment") -> bool:
        """Whether what was projected up to `earlier` still stands: no log was restored, no parked event retried."""
        return not earlier.left_out - self.left_out and all(
            place in self.cursors and _is_ahead(self.cursors[place], then) for place, then in earlier.cursors.items()
        )

    def last(self, source: str, partition: int) -> int:
        """Up to where a log had been applied."""
        place = self.cursors.get((source, partition))
        return 0 if place is None else place.last

    def facts_since(self, earlier: "Moment") -> int:
        """How many own facts and events of others lie between."""
        foreign = sum(place.last - earlier.last(*key) for key, place in self.cursors.items())
        return self.position - earlier.position + foreign


BEGINNING = Moment(0, {}, set())


class Rebuilding:
    """Replays own facts and the logs of others; never reacts, never causes an effect."""

    def __init__(
        self,
        database: Database,
        committer: Committer,
        applying: Applying,
        revealer: Revealer,
        *,
        source: str,
        vocabulary: Vocabulary,
        projections: tuple[Projection, ...],
        call: Callable[..., Any],
    ) -> None:
        self._database = database
        self._committer = committer
        self._applying = applying
        self._revealer = revealer
        self._source = source
        self._vocabulary = vocabulary
        self._projections = projections
        self._call = call

    def verify(self) -> dict[str, Any]:
        """Replay everything beside the live rows, as of one moment; lists the primary keys that differ per table."""
        with self._database.snapshot() as connection:
            moment = _moment(connection)
            tables = [table for projection in self._projections for table in projection.tables]
            live = {str(table.name): _rows(connection, table) for table in tables}
        scratch = create_engine("sqlite://", poolclass=StaticPool)
        differences: dict[str, list[list[Any]]] = {}
        with scratch.begin() as connection:
            for projection in self._projections:
                for table in projection.tables:
                    table.create(connection)
            self._replay(connection, self._projections, moment, {})
            for projection in self._projections:
                for table in projection.tables:
                    wrong = _differing(live[table.name], _rows(connection, table))
                    if wrong:
                        differences[str(table.name)] = wrong
        scratch.dispose()
        return {
            "service": self._source,
            "facts": moment.position,
            "tables": {name: len(rows) for name, rows in live.items()},
            "differences": differences,
        }

    def rebuild(self, name: str) -> dict[str, Any]:
        """Fill shadow tables of the projection, named itself or by a table, without the lock; swap them in under it."""
        projection = next((one for one in self._projections if name in {one.name, *(t.name for t in one.tables)}), None)
        if projection is None:
            raise NotFound("no-such-projection", known=[projection.name for projection in self._projections])
        shadows = self._create_shadows(projection)
        try:
            position = self._fill_and_swap(projection, shadows)
        except BaseException:
            with self._database.write() as connection:
                for shadow in shadows.values():
                    shadow.drop(connection, checkfirst=True)
            raise
        return {"service": self._source, "projection": projection.name, "facts": position}

    def _fill_and_swap(self, projection: Projection, shadows: dict[str, Table]) -> int:
        """Follow what is written meanwhile until it is little; then hold up the subscription for the last step."""
        done, is_close = BEGINNING, False
        for _ in range(STEPS):
            with self._applying.held_up() if is_close else nullcontext():
                with self._database.snapshot() as connection:
                    now = _moment(connection)
                if not now.continues(done):
                    self._empty(shadows)
                    done, is_close = BEGINNING, False
                    continue
                self._fill(projection, done, now, shadows)
                try:
                    if is_close:
                        return self._swap(projection, now, shadows)
                except Conflict:
                    log.info("rebuild-goes-on", reason="another process moved a cursor", projection=projection.name)
                done, is_close = now, now.facts_since(done) <= PAGE
        raise Unavailable("too-busy-to-swap")

    def _empty(self, shadows: dict[str, Table]) -> None:
        with self._database.write() as connection:
            for shadow in shadows.values():
                connection.execute(shadow.delete())

    def _fill(self, projection: Projection, after: Moment, up_to: Moment, shadows: dict[str, Table]) -> None:
        for facts in self._pages(after, up_to):
            with self._database.write() as connection:
                rows = Rows(connection, shadows)
                for fact in facts:
                    projection.project(rows, fact)
                rows.flush()

    def _swap(self, projection: Projection, moment: Moment, shadows: dict[str, Table]) -> int:
        """Under the lock: bring the shadows from `moment` to now, then let them take the live tables' names."""
        position = moment.position

        def catch_up(connection: Connection) -> None:
            nonlocal position
            now = _moment(connection)
            if now.cursors != moment.cursors or now.left_out != moment.left_out:
                raise Conflict("others-moved-on")
            position = now.position
            rows = Rows(connection, shadows)
            for fact in self._own(connection, moment.position, now.position):
                projection.project(rows, fact)
            rows.flush()
            for table in projection.tables:
                connection.execute(text(f"DROP TABLE {table.name}"))
                connection.execute(text(f"ALTER TABLE {shadows[table.name].name} RENAME TO {table.name}"))

        self._committer.perform(Unit(guards=[catch_up]), timeout=30.0)
        return position

    def _create_shadows(self, projection: Projection) -> dict[str, Table]:
        suffix = f"{time.time_ns() // 1_000_000:x}"
        shadows = {}
        with self._database.write() as connection:
            for table in projection.tables:
                shadow = table.to_metadata(MetaData(), name=f"{table.name}_{suffix}")
                for index in shadow.indexes:
                    index.name = quoted_name(f"{index.name}_{suffix}", quote=None)
                shadow.create(connection)
                shadows[table.name] = shadow
        return shadows

    def _replay(
        self, connection: Connection, projections: tuple[Projection, ...], moment: Moment, shadows: dict[str, Table]
    ) -> None:
        for facts in self._pages(BEGINNING, moment):
            rows = Rows(connection, shadows)
            for fact in facts:
                for projection in projections:
                    projection.project(rows, fact)
            rows.flush()

    def _pages(self, after: Moment, up_to: Moment) -> Iterator[list[Fact]]:
        """Own facts first, then each source's log; any order must do, which the projections' tests prove."""
        last = after.position
        while last < up_to.position:
            with self._database.read() as connection:
                facts = self._own_page(connection, last, up_to.position)
            if not facts:
                break
            yield self._revealer.opened(facts)
            last = facts[-1].number
            time.sleep(0)
        for (source, partition), place in sorted(up_to.cursors.items()):
            yield from self._foreign(source, partition, after.last(source, partition), place.last, up_to.left_out)

    def _own(self, connection: Connection, after: int, up_to: int) -> Iterator[Fact]:
        while after < up_to:
            facts = self._own_page(connection, after, up_to)
            if not facts:
                return
            yield from self._revealer.opened(facts)
            after = facts[-1].number

    def _own_page(self, connection: Connection, after: int, up_to: int) -> list[Fact]:
        return event_store.page(connection, self._vocabulary, self._source, after=after, limit=PAGE, up_to=up_to)

    def _foreign(
        self, source: str, partition: int, after: int, last: int, left_out: set[tuple[str, int, int]]
    ) -> Iterator[list[Fact]]:
        while after < last:
            page = self._call(
                source, "events_after", partition=partition, sequence=after, limit=min(PAGE, last - after), timeout=5.0
            )
            if not page["events"]:
                raise Unavailable(source)
            wanted = [
                document
                for document in page["events"]
                if (source, partition, outbox.place(document)[3]) not in left_out
            ]
            yield [fact for document in wanted if (fact := self._applying.fact(document)) is not None]
            after = outbox.place(page["events"][-1])[3]
            time.sleep(0)


def _moment(connection: Connection) -> Moment:
    position = connection.execute(select(func.coalesce(func.max(events.c.position), 0))).scalar_one()
    places = {(row.source, row.partition): Place(row.epoch, row.last) for row in connection.execute(select(cursors))}
    return Moment(position, places, parking.left_out(connection))


def _is_ahead(now: Place, then: Place) -> bool:
    return now.epoch == then.epoch and now.last >= then.last


def _rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    keys = [column.name for column in table.primary_key]
    return {tuple(getattr(row, key) for key in keys): tuple(row) for row in connection.execute(select(table))}


def _differing(live: dict[tuple[Any, ...], Any], replayed: dict[tuple[Any, ...], Any]) -> list[list[Any]]:
    keys = {key for key in live.keys() | replayed.keys() if live.get(key) != replayed.get(key)}
    return sorted([str(part) for part in key] for key in keys)[:100]
