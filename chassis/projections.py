"""Read models: row operations that are gathered in memory and written in bulk, one round trip per table and shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, DateTime, Dialect, Executable, Table, delete
from sqlalchemy.types import TypeDecorator

from chassis.bulk import Bulk
from chassis.decider import Fact

Key: TypeAlias = tuple[Any, ...]
Changes: TypeAlias = dict[str, Any]


class Moment(TypeDecorator[datetime]):
    """A point in time: aware and in UTC on both sides of every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite keeps no zone, so it gets UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive moment: it needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        if value is None or value.tzinfo is not None:
            return value.astimezone(UTC) if value else None
        return value.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Projection:
    """One read model: the question it answers, its tables, and how a fact changes their rows."""

    name: str
    tables: tuple[Table, ...]
    project: Callable[["Rows", Fact], None]

    def reset(self, rows: "Rows") -> None:
        """Empty the tables."""
        for table in self.tables:
            rows.execute(delete(rows.actual(table)))


class Rows:
    """What projections write with; the last word on a primary key wins, and `flush` writes each table in bulk."""

    def __init__(
        self, connection: Connection, stand_ins: Mapping[str, Table] | None = None, *, bulk: Bulk | None = None
    ) -> None:
        """`stand_ins` maps a table's name to the table to write instead (a rebuild's shadow)."""
        self._connection = connection
        self._bulk = bulk or Bulk(connection)
        self._stand_ins = stand_ins or {}
        self._pending: dict[Table, dict[Key, _Operation]] = {}

    def actual(self, table: Table) -> Table:
        """The table that is really written."""
        return self._stand_ins.get(table.name, table)

    def put(self, table: Table, **columns: Any) -> None:
        """Insert the row, or replace all of it; columns left out become null."""
        target = self.actual(table)
        row = {column.name: columns.pop(column.name, None) for column in target.columns}
        if columns:
            raise TypeError(f"{table.name} has no column {', '.join(columns)}")
        key = tuple(row[column.name] for column in target.primary_key)
        self._of(target)[key] = _Put(row)

    def change(self, table: Table, *, key: Key, **columns: Any) -> None:
        """Change some columns of the row with this primary key; nothing where there is none."""
        target = self.actual(table)
        pending = self._of(target)
        match pending.get(key):
            case _Put(row):
                row.update(columns)
            case _Change(changes):
                changes.update(columns)
            case _Drop():
                pass
            case None:
                pending[key] = _Change(dict(columns))

    def drop(self, table: Table, *, key: Key) -> None:
        """Remove the row with this primary key."""
        self._of(self.actual(table))[key] = _Drop()

    def execute(self, statement: Executable) -> None:
        """Run any statement after everything gathered so far; slower, so for ranges only."""
        self.flush()
        self._connection.execute(statement)

    def hand_over(self) -> None:
        """Give what has been gathered to the bulk, which somebody else sends."""
        pending, self._pending = self._pending, {}
        for table, operations in pending.items():
            _write(self._bulk, table, operations)

    def flush(self) -> None:
        """Write what has been gathered."""
        self.hand_over()
        self._bulk.send()

    def _of(self, table: Table) -> dict[Key, "_Operation"]:
        return self._pending.setdefault(table, {})


@dataclass(slots=True)
class _Put:
    row: Changes


@dataclass(slots=True)
class _Change:
    changes: Changes


@dataclass(slots=True)
class _Drop:
    pass


_Operation: TypeAlias = _Put | _Change | _Drop


def _write(bulk: Bulk, table: Table, operations: Mapping[Key, _Operation]) -> None:
    keys = [column.name for column in table.primary_key]
    puts: list[Changes] = []
    drops: list[Changes] = []
    changes: dict[tuple[str, ...], list[Changes]] = {}
    for key, operation in operations.items():
        match operation:
            case _Put(row):
                puts.append(row)
            case _Drop():
                drops.append(dict(zip(keys, key, strict=True)))
            case _Change(columns):
                row = {**columns, **dict(zip(keys, key, strict=True))}
                changes.setdefault(tuple(sorted(columns)), []).append(row)
    if drops:
        bulk.drop(table, drops)
    if puts:
        bulk.upsert(table, puts)
    for names, rows in changes.items():
        bulk.change(table, names, rows)
