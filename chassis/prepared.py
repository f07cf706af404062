"""Queries that PostgreSQL plans once per connection, instead of each time anew."""

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from psycopg2 import DataError, ProgrammingError
from psycopg2.errors import DuplicatePreparedStatement, FeatureNotSupported, InvalidSqlStatementName
from sqlalchemy import Engine, event
from sqlalchemy.types import NullType

MOST = 200
"""Queries that one connection remembers; what comes after these is planned each time."""
PARAMETER = re.compile(r"%\(([^)]+)\)s|%%")
MISFITS = (FeatureNotSupported, InvalidSqlStatementName, ProgrammingError, DataError)
"""What the server says of a plan that does not fit (any more): other types in the tables, no such plan, or a value that
is too large for its parameter."""


_Spoken: TypeAlias = tuple[Any, ...]
"""A query's text, and the types of its parameters: 7 and "seven" may stand at the same place of the same text."""


@dataclass(slots=True)
class _Query:
    """One query on one connection; `execute` is empty while it is not prepared."""

    name: str = ""
    execute: str = ""
    fit: bool = True


def prepare_queries(engine: Engine) -> None:
    """From its second time on a connection of `engine`, a query is executed by the plan that was made for it.

    For connections that commit each statement by itself, where a query that cannot be prepared does no harm, and that
    stay with one session of the server. A plan follows its tables: when they change, the server makes it anew, and
    where a rebuild or a migration has given a column another type, the query is prepared once more. A plan's name
    follows from all that its query says: a pooler that mixes sessions costs time, but no answer is another query's.
    """
    event.listen(engine, "connect", _remember)
    event.listen(engine.dialect, "do_execute", _execute)


def _remember(_connection: Any, record: Any) -> None:
    record.info["queries"] = dict[_Spoken, _Query]()


def _execute(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """Whether the statement was executed here, by its plan."""
    if not _is_query(context):
        return False
    known: dict[_Spoken, _Query] | None = context.root_connection.connection.info.get("queries")
    if known is None:
        return False
    spoken = (statement, *(type(bound.type) for bound in context.compiled.binds.values()))
    query = known.get(spoken)
    if query is None:
        if len(known) < MOST:
            known[spoken] = _Query()
        return False
    if query.fit and not query.execute:
        _prepare(cursor, query, statement, context)
    return bool(query.execute) and _execute_prepared(cursor, query, parameters)


def _is_query(context: Any) -> bool:
    return context.compiled is not None and bool(context.compiled.statement.is_select)


def _prepare(cursor: Any, query: _Query, statement: str, context: Any) -> None:
    order: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return "%" if found[1] is None else f"${order.setdefault(found[1], len(order) + 1)}"

    body = PARAMETER.sub(numbered, statement)
    types = ", ".join(_type(context, parameter) for parameter in order)
    values = ", ".join(f"%({parameter})s" for parameter in order)
    plan = f"({types}) AS {body}" if order else f"AS {body}"
    query.name = f"query_{sha256(plan.encode()).hexdigest()[:32]}"
    try:
        cursor.execute(f"PREPARE {query.name} {plan}")
    except DuplicatePreparedStatement:  # by whoever had this session before, or before an interruption
        pass
    except ProgrammingError:  # a parameter whose type only its value tells
        query.fit = False
        return
    query.execute = f"EXECUTE {query.name} ({values})" if order else f"EXECUTE {query.name}"


def _execute_prepared(cursor: Any, query: _Query, parameters: Any) -> bool:
    """Whether its plan fits; one that does not is given up, and the query asked as it is says what is wrong, if any."""
    try:
        cursor.execute(query.execute, parameters)
    except MISFITS:
        with suppress(InvalidSqlStatementName):
            cursor.execute(f"DEALLOCATE {query.name}")
        query.execute = ""
        return False
    return True


def _type(context: Any, parameter: str) -> str:
    """What the server is to take a parameter for; without a type of its own, as the place wants where it stands."""
    bound = context.compiled.binds.get(parameter)
    if bound is None or isinstance(bound.type, NullType) or not hasattr(bound.type, "_compiler_dispatch"):
        return "unknown"
    return str(bound.type.compile(context.dialect)).partition(" COLLATE ")[0]
