"""How many sit each exam, and how many pass? A query over the history; it has no rows of its own."""

from datetime import date

from sqlalchemy import Connection, case, func, select

from services.testing.projections.history import table

COUNTED = ("pass", "fail")
"""What is held, awaited, taken back or missed is no sitting with a result."""


def since(connection: Connection, first: date) -> list[tuple[str, str, int, int]]:
    """(exam, title, taken, passed) of all sittings from a day on, by exam."""
    passes = func.sum(case((table.c.outcome == "pass", 1), else_=0))
    rates = (
        select(table.c.exam, func.max(table.c.title), func.count(), passes)
        .where(table.c.taken_on >= first, table.c.outcome.in_(COUNTED))
        .group_by(table.c.exam)
        .order_by(table.c.exam)
    )
    return [(exam, title, int(taken), int(passed)) for exam, title, taken, passed in connection.execute(rates)]
