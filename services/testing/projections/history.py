"""Which exams has this candidate taken, and how did they end? Sorted and paged as on F6.1 and F6.2."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, Connection, Date, Index, Integer, Select, String, Table, bindparam, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.sittings import ExamFailed, ExamPassed, ExamResultRevoked, Sitting
from services.testing.projections import METADATA

table = Table(
    "testing_history",
    METADATA,
    Column("result_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("exam", String(40), nullable=False),
    Column("exam_version", String(20), nullable=True),
    Column("acronym", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("taken_on", Date, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("score", Integer, nullable=True),
    Index("testing_history_candidate", "candidate_id", "taken_on"),
)

SORT_KEYS = {
    "taken_on": table.c.taken_on,
    "exam": table.c.exam,
    "title": func.lower(table.c.title),
    "outcome": table.c.outcome,
    "score": table.c.score,
}
"""Sort By of the history page."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the testing history."""

    result_id: str
    candidate_id: str
    exam: str
    exam_version: str | None
    acronym: str
    title: str
    role: str
    taken_on: date
    attempt: int
    outcome: Literal["pass", "fail", "invalidated"]
    score: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines, and how many there are in all."""

    results: tuple[Result, ...]
    total: int


def project(rows: Rows, fact: Fact) -> None:
    """A line per reported result; a revoked one stays, as invalidated."""
    match fact.event:
        case ExamPassed(sitting=sitting):
            _put(rows, fact.subject, sitting, "pass")
        case ExamFailed(sitting=sitting):
            _put(rows, fact.subject, sitting, "fail")
        case ExamResultRevoked(result_id=result_id):
            rows.change(table, key=(result_id,), outcome="invalidated")


def _put(rows: Rows, candidate_id: str, sitting: Sitting, outcome: str) -> None:
    rows.put(
        table,
        result_id=sitting.result_id,
        candidate_id=candidate_id,
        exam=sitting.exam,
        exam_version=sitting.exam_version,
        acronym=sitting.acronym,
        title=sitting.title,
        role=sitting.role,
        taken_on=sitting.taken_on,
        attempt=sitting.attempt,
        outcome=outcome,
        score=sitting.score,
    )


PROJECTION = Projection(name="history", tables=(table,), project=project)

_COLUMNS = tuple(table.c[name] for name in Result.__dataclass_fields__)
_MINE = table.c.candidate_id == bindparam("candidate_id")


@cache
def _page(sort: str, *, descending: bool) -> Select[Any]:
    """The statement of one order: a page of lines, each with how many there are in all."""
    key = SORT_KEYS[sort]
    order = (key.desc() if descending else key.asc()).nulls_last()
    return (
        select(*_COLUMNS, func.count().over())
        .where(_MINE)
        .order_by(order, table.c.taken_on.desc(), table.c.result_id)
        .limit(bindparam("size"))
        .offset(bindparam("skipped"))
    )


_TOTAL = select(func.count()).select_from(table).where(_MINE)
_EXAM_DATES = select(table.c.exam, table.c.taken_on).where(_MINE)


def of_candidate(
    connection: Connection,
    candidate_id: str,
    *,
    sort: str = "taken_on",
    descending: bool = True,
    page: int = 1,
    page_size: int = 50,
) -> Page:
    """One page of a candidate's results, sorted by a key of SORT_KEYS; results without the key's value come last."""
    asked = {"candidate_id": candidate_id, "size": page_size, "skipped": (page - 1) * page_size}
    rows = connection.execute(_page(sort, descending=descending), asked).all()
    results = tuple(Result(*row[:-1]) for row in rows)
    if rows or page == 1:
        return Page(results, total=rows[0][-1] if rows else 0)
    # a page beyond the last has no row to carry the total
    return Page(results, total=connection.execute(_TOTAL, {"candidate_id": candidate_id}).scalar_one())


def exam_dates(connection: Connection, candidate_id: str, found: Page) -> dict[str, list[date]]:
    """When the candidate sat each exam, by code; asks only for what the page does not tell already."""
    sat = [(line.exam, line.taken_on) for line in found.results]
    if len(sat) < found.total:
        sat = [(exam, day) for exam, day in connection.execute(_EXAM_DATES, {"candidate_id": candidate_id})]
    dates: dict[str, list[date]] = {}
    for exam, taken_on in sat:
        dates.setdefault(exam, []).append(taken_on)
    return dates


def candidate_of(connection: Connection, result_id: str) -> str | None:
    """Whose result this is; None for an unknown one."""
    return connection.execute(select(table.c.candidate_id).where(table.c.result_id == result_id)).scalar_one_or_none()
