"""Writing many rows at once: one statement per table and shape, and on PostgreSQL one round trip for all of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import orjson
from sqlalchemy import JSON, Connection, Delete, Insert, Table, Update, and_, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

Row: TypeAlias = dict[str, Any]

built_once = lru_cache(maxsize=2000)
"""Statements are built once per table and shape; a rebuild's shadow tables come and go."""
_POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves this factory untyped


class Bulk:
    """Gathers statements over arrays for PostgreSQL, where `send` is one round trip; executes at once on SQLite."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._on_postgresql = connection.dialect.name == "postgresql"
        self._statements: list[bytes] = []

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows of one shape."""
        if self._on_postgresql:
            self._add(_insert_sql(table, tuple(rows[0])), table, rows)
        else:
            self._connection.execute(_insert(table), list(rows))

    def upsert(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert or replace rows of one shape, by primary key."""
        names = tuple(rows[0])
        if self._on_postgresql:
            self._add(_upsert_sql(table, names), table, rows)
            return
        self._connection.execute(_upsert(table, names), list(rows))

    def change(self, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Update the columns `names` of the rows with these primary keys."""
        if self._on_postgresql:
            self._add(_change_sql(table, tuple(names)), table, rows)
            return
        self._connection.execute(
            _change(table, tuple(names)), [{**_key(table, row), **{f"new_{n}": row[n] for n in names}} for row in rows]
        )

    def drop(self, table: Table, rows: Sequence[Row]) -> None:
        """Delete the rows with these primary keys."""
        if self._on_postgresql:
            self._add(_drop_sql(table), table, rows)
        else:
            self._connection.execute(_drop(table), [_key(table, row) for row in rows])

    def send(self, *, last_words: str = "") -> None:
        """Execute what has been gathered, with `last_words` (such as COMMIT) behind it in the same round trip."""
        statements, self._statements = self._statements, []
        if last_words:
            statements.append(last_words.encode())
        if statements:
            sql = b";".join(statements).decode()
            self._connection.exec_driver_sql(sql, execution_options={"no_parameters": True})

    def _add(self, sql: str, table: Table, rows: Sequence[Row]) -> None:
        """Let the driver write the values into the statement; it knows how to quote them."""
        cursor = self._connection.connection.cursor()
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        for name, values in columns.items():
            type_ = table.c[name].type
            if isinstance(type_, JSON):
                columns[name] = [None if value is None else orjson.dumps(value).decode() for value in values]
            elif isinstance(type_, TypeDecorator):
                columns[name] = [type_.process_bind_param(value, _POSTGRESQL) for value in values]
        self._statements.append(cursor.mogrify(sql, columns))
        cursor.close()


@built_once
def _insert(table: Table) -> Insert:
    return table.insert()


@built_once
def _upsert(table: Table, names: tuple[str, ...]) -> Insert:
    keys = [column.name for column in table.primary_key]
    insert = sqlite.insert(table)
    others = {name: insert.excluded[name] for name in names if name not in keys}
    if not others:
        return insert.on_conflict_do_nothing(index_elements=keys)
    return insert.on_conflict_do_update(index_elements=keys, set_=others)


@built_once
def _change(table: Table, names: tuple[str, ...]) -> Update:
    return update(table).where(_same_key(table)).values({name: bindparam(f"new_{name}") for name in names})


@built_once
def _drop(table: Table) -> Delete:
    return delete(table).where(_same_key(table))


def _key(table: Table, row: Row) -> Row:
    return {f"key_{column.name}": row[column.name] for column in table.primary_key}


def _same_key(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))


@built_once
def _insert_sql(table: Table, names: tuple[str, ...]) -> str:
    columns = ", ".join(names)
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {_values(table, names)}"


@built_once
def _upsert_sql(table: Table, names: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    others = ", ".join(f"{name} = EXCLUDED.{name}" for name in names if name not in keys)
    action = f"DO UPDATE SET {others}" if others else "DO NOTHING"
    return f"{_insert_sql(table, names)} ON CONFLICT ({', '.join(keys)}) {action}"


@built_once
def _change_sql(table: Table, names: tuple[str, ...]) -> str:
    keys = tuple(column.name for column in table.primary_key)
    settings = ", ".join(f"{name} = v.{name}" for name in names)
    return f"UPDATE {table.name} SET {settings} FROM {_values(table, (*names, *keys))} WHERE {_match(table)}"


@built_once
def _drop_sql(table: Table) -> str:
    keys = tuple(column.name for column in table.primary_key)
    return f"DELETE FROM {table.name} USING {_values(table, keys)} WHERE {_match(table)}"


def _match(table: Table) -> str:
    return " AND ".join(f"{table.name}.{column.name} = v.{column.name}" for column in table.primary_key)


def _values(table: Table, names: Sequence[str]) -> str:
    """The rows as a table `v`, from one array per column; JSON travels as text and is cast on arrival."""
    arrays, casts = [], []
    for name in names:
        type_ = table.c[name].type
        sql_type = type_.compile(_POSTGRESQL).partition(" COLLATE ")[0]
        is_json = isinstance(type_, JSON)
        arrays.append(f"%({name})s::{'text' if is_json else sql_type}[]")
        casts.append(f"{name}::{sql_type} AS {name}" if is_json else name)
    return f"(SELECT {', '.join(casts)} FROM unnest({', '.join(arrays)}) AS u({', '.join(names)})) AS v"
