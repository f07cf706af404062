"""A post office: one committer on one database, without broker, relay or subscriptions."""

import itertools
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Self

from sqlalchemy import Table, func, select

from chassis.command_handling import Order, Unit, Written
from chassis.committer import Committer
from chassis.database import Database
from chassis.decider import Decider, Rejected
from chassis.event_store import Upcast, Vocabulary
from chassis.installing import check
from chassis.reveal import Revealer
from chassis.sealing import Keys
from chassis.tables import events
from chassis.writing import Writing
from tests.chassis import parcels
from tests.chassis.parcels import parcel
from tests.installed import installed

WAIT = 10.0
_fresh = itertools.count(1)


def prepare(url: str, *, source: str = "post", partitions: int = 1) -> None:
    """Make the tables of an empty database and install it."""
    installed(url, source, parcels.METADATA, partitions)


class Office:
    """Units given to an office that is not open yet wait, and are committed together once it is."""

    def __init__(
        self,
        url: str,
        *,
        partitions: int = 1,
        keys: Keys | None = None,
        upcasts: dict[tuple[str, int], Upcast] | None = None,
        kind: type[Writing] = Writing,
        **settings: Any,
    ) -> None:
        self.database = Database(url)
        self.revealer = Revealer(keys)
        self.vocabulary = Vocabulary(parcels.VOCABULARY, upcasts or {})
        self.writing = kind(
            source="post",
            partitions=partitions,
            epoch=check(self.database, "post", partitions),
            vocabulary=self.vocabulary,
            projections=(parcels.PROJECTION,),
            announce=parcels.announce,
            revealer=self.revealer,
            **settings,
        )
        self.committer = Committer(self.database, self.writing)
        self._is_open = False

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Begin to commit."""
        self.committer.start()
        self._is_open = True

    def close(self) -> None:
        """Finish what waits, and go."""
        if self._is_open:
            self.committer.stop()
        self.database.close()

    def order(self, command: Any, *, id: str = "", decider: Decider[Any, Any, Any] = parcel, **more: Any) -> Order:
        """An order for the parcel that the command names."""
        return Order(
            decider=decider,
            stream=parcel.stream(command.parcel_id),
            command=command,
            subject=getattr(command, "candidate_id", ""),
            id=id or f"order-{next(_fresh)}",
            **more,
        )

    def submit(self, *commands: Any, **options: Any) -> Unit:
        """One unit with these commands, on its way."""
        unit = Unit(orders=[self.order(command, **options) for command in commands])
        self.committer.submit(unit)
        return unit

    def handle(self, command: Any, **options: Any) -> Written | Rejected:
        """What one command came to."""
        return self.committer.perform(Unit(orders=[self.order(command, **options)]), timeout=WAIT)[0]

    def rows(self, table: Table) -> list[tuple[Any, ...]]:
        """All rows of a table, by primary key."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]

    def facts(self) -> list[tuple[int, str, int, str]]:
        """(position, stream, version, name) of all facts, in the order of their positions."""
        columns = (events.c.position, events.c.stream, events.c.version, events.c.name)
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(select(*columns).order_by(events.c.position))]

    def transactions(self) -> int:
        """How many transactions have written facts: each has its own moment."""
        with self.database.read() as connection:
            return int(connection.execute(select(func.count(events.c.recorded_at.distinct()))).scalar_one())


def answers(units: Collection[Unit]) -> list[Written | Rejected | type[BaseException]]:
    """What became of units of one order each; of a failed one, the kind of failure."""
    return [(error and type(error)) or unit.done.result()[0] for unit in units for error in [unit.done.exception(WAIT)]]


def without_mark(written: Written | Rejected) -> Written:
    """The answer without its place in the public log, which holds a random epoch."""
    assert isinstance(written, Written), written
    return replace(written, mark=None)
