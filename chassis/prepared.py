"""Queries that PostgreSQL plans once per connection, instead of each time anew."""

import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from psycopg2 import ProgrammingError
from sqlalchemy import Connection, Engine, event
from sqlalchemy.types import NullType

MOST = 200
"""Queries that one connection remembers; what comes after these is planned each time."""
PARAMETER = re.compile(r"%\(([^)]+)\)s|%%")


@dataclass(slots=True)
class _Query:
    """One query on one connection; `execute` is empty until it is prepared."""

    execute: str = ""
    fit: bool = True


def prepare_queries(engine: Engine) -> None:
    """From its second time on a connection of `engine`, a query is executed by the plan that was made for it.

    For connections that commit each statement by itself, where a query that cannot be prepared does no harm, and that
    stay with one session of the server. A plan follows its tables: when they change, the server makes it anew.
    """
    names = count(1)

    def prepared(
        connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> tuple[str, Any]:
        if executemany or not _is_query(context):
            return statement, parameters
        known: dict[str, _Query] = connection.connection.info.setdefault("queries", {})
        query = known.get(statement)
        if query is None:
            if len(known) < MOST:
                known[statement] = _Query()
        elif query.fit and not query.execute:
            _prepare(cursor, query, f"query_{next(names)}", statement, context)
        return (query.execute if query is not None and query.execute else statement), parameters

    event.listen(engine, "before_cursor_execute", prepared, retval=True)


def _is_query(context: Any) -> bool:
    return context is not None and context.compiled is not None and bool(context.compiled.statement.is_select)


def _prepare(cursor: Any, query: _Query, name: str, statement: str, context: Any) -> None:
    order: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return "%" if found[1] is None else f"${order.setdefault(found[1], len(order) + 1)}"

    body = PARAMETER.sub(numbered, statement)
    types = ", ".join(_type(context, parameter) for parameter in order)
    values = ", ".join(f"%({parameter})s" for parameter in order)
    try:
        cursor.execute(f"PREPARE {name} ({types}) AS {body}" if order else f"PREPARE {name} AS {body}")
    except ProgrammingError:  # a parameter whose type only its value tells
        query.fit = False
        return
    query.execute = f"EXECUTE {name} ({values})" if order else f"EXECUTE {name}"


def _type(context: Any, parameter: str) -> str:
    """What the server is to take a parameter for; without a type of its own, as the place wants where it stands."""
    bound = context.compiled.binds.get(parameter)
    if bound is None or isinstance(bound.type, NullType):
        return "unknown"
    return str(bound.type.compile(context.dialect)).partition(" COLLATE ")[0]
