"""Stored facts: their names on disk, the shapes of earlier days, and streams read back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson
from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from chassis import serialization
from chassis.decider import Fact
from chassis.tables import events

Name: TypeAlias = tuple[str, int]
Upcast: TypeAlias = Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Stored name and schema version of every fact class, and how older shapes become today's."""

    classes: Mapping[Name, type]
    upcasts: Mapping[Name, Upcast] = field(default_factory=dict)
    names: Mapping[type, Name] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", {kind: name for name, kind in self.classes.items()})

    def name_of(self, event: object) -> Name:
        """What the fact is called on disk; KeyError for a class that `vocabulary.py` does not list."""
        return self.names[type(event)]

    def read(self, name: str, version: int, data: dict[str, Any]) -> Any:
        """The fact of today's class from what was stored, whatever its age."""
        while (name, version) in self.upcasts:
            name, version, data = self.upcasts[name, version](data)
        return serialization.from_plain(self.classes[name, version], data)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A decided fact that waits for its place in the log."""

    stream: str
    version: int
    event: Any
    subject: str
    cause: str
    correlation: str
    trace: str = ""


def newer(connection: Connection, known: Mapping[str, int], vocabulary: Vocabulary) -> Iterator[tuple[str, int, Any]]:
    """Facts of these streams after the versions already known, as (stream, version, fact), each stream in order."""
    if not known:
        return
    if connection.dialect.name == "postgresql":
        rows: Any = connection.exec_driver_sql(
            # lateral and sorted inside: one index look-up per stream, where a plain join may scan the whole log
            "SELECT e.stream, e.version, e.name, e.schema_version, e.data "
            "FROM unnest(%(streams)s::text[], %(versions)s::int[]) AS k(stream, version) "
            "CROSS JOIN LATERAL (SELECT * FROM events WHERE events.stream = k.stream AND events.version > k.version "
            "ORDER BY events.version) AS e ORDER BY e.stream, e.version",
            {"streams": list(known), "versions": list(known.values())},
        )
    else:
        rows = _newer_on_sqlite(connection, known)
    for stream, version, name, schema_version, data in rows:
        plain = orjson.loads(data) if isinstance(data, str) else data
        yield stream, version, vocabulary.read(name, schema_version, plain)


def _newer_on_sqlite(connection: Connection, known: Mapping[str, int]) -> Iterator[Any]:
    statement = (
        select(events.c.stream, events.c.version, events.c.name, events.c.schema_version, events.c.data)
        .where(events.c.stream == bindparam("wanted"), events.c.version > bindparam("after"))
        .order_by(events.c.version)
    )
    for stream in sorted(known):
        yield from connection.execute(statement, {"wanted": stream, "after": known[stream]})


def row_of(fact: Fact, name: Name) -> dict[str, Any]:
    """The row of `events` for a decided fact."""
    return {
        "position": fact.number,
        "stream": fact.stream,
        "version": fact.version,
        "name": name[0],
        "schema_version": name[1],
        "subject": fact.subject,
        "data": orjson.Fragment(serialization.to_json(fact.event)),
        "cause": fact.cause,
        "correlation": fact.correlation,
        "trace": fact.trace,
        "recorded_at": fact.recorded_at,
    }


def page(
    connection: Connection, vocabulary: Vocabulary, source: str, *, after: int, limit: int, up_to: int | None = None
) -> list[Fact]:
    """Own facts in commit order, from behind a position; at most `limit`, none beyond `up_to`."""
    statement = select(events).where(events.c.position > after).order_by(events.c.position).limit(limit)
    if up_to is not None:
        statement = statement.where(events.c.position <= up_to)
    return [fact_of(row, vocabulary, source) for row in connection.execute(statement)]


def about(
    connection: Connection, subjects: Sequence[str], *, before: int | None, limit: int, without: Collection[str] = ()
) -> list[Row[Any]]:
    """Stored facts about one candidate, under all their ids, the newest first, from before a position."""
    wanted: ColumnElement[bool] = events.c.subject.in_(subjects)
    if before is not None:
        wanted &= events.c.position < before
    if without:
        wanted &= events.c.name.not_in(sorted(without))
    return list(connection.execute(select(events).where(wanted).order_by(events.c.position.desc()).limit(limit)))


def fact_of(row: Row[Any], vocabulary: Vocabulary, source: str) -> Fact:
    """A stored fact as projections see it, sealed fields still closed."""
    return Fact(
        event=vocabulary.read(row.name, row.schema_version, row.data),
        source=source,
        subject=row.subject,
        number=row.position,
        recorded_at=row.recorded_at,
        stream=row.stream,
        version=row.version,
        cause=row.cause,
        correlation=row.correlation,
        trace=row.trace,
    )
