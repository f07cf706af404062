"""Which exams has this candidate taken, and how did they end? Sorted, filtered and paged as on F6.1 to F6.3."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, Connection, Date, Index, Integer, Select, String, Table, bindparam, func, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.bookings import CandidateNoShowed
from services.testing.domain.results import (
    ExamFailed,
    ExamPassed,
    ExamResultRestored,
    ExamResultRevoked,
    ResultAwaited,
    ResultCorrected,
    ResultHeld,
    ResultReleased,
    Sitting,
)
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

Outcome = Literal["pass", "fail", "pending", "held", "invalidated", "no-show"]

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
    Column("language", String(20), nullable=True),
    Column("delivery", String(20), nullable=True),
    Column("site", String(120), nullable=True),
    Index("testing_history_candidate", "candidate_id", "taken_on"),
    Index("testing_history_exam", "candidate_id", "exam", "taken_on"),
)

SORT_KEYS = {
    "taken_on": table.c.taken_on,
    "exam": table.c.exam,
    "title": func.lower(table.c.title),
    "outcome": table.c.outcome,
    "score": table.c.score,
}
"""Sort By of the history page."""

NO_ATTEMPT = 0
"""The attempt number of a line that is none: the candidate did not come (R-T5)."""


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
    outcome: Outcome
    score: int | None
    language: str | None
    delivery: str | None
    site: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines, and how many there are in all."""

    results: tuple[Result, ...]
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether all lines stand on it."""
        return len(self.results) == self.total


@dataclass(frozen=True, slots=True)
class Taken:
    """What the retake rules need to know of one attempt."""

    taken_on: date
    outcome: Outcome
    exam_version: str | None


def project(rows: Rows, fact: Fact) -> None:
    """A line per result and per no-show; whatever happens to a result later changes its line."""
    match fact.event:
        case ResultAwaited(sitting=sitting):
            _put(rows, fact.subject, sitting, "pending")
        case ExamPassed(sitting=sitting):
            _put(rows, fact.subject, sitting, "pass")
        case ExamFailed(sitting=sitting):
            _put(rows, fact.subject, sitting, "fail")
        case ResultHeld(result_id=result_id):
            rows.change(table, key=(result_id,), outcome="held")
        case ResultReleased(result_id=result_id):
            rows.change(table, key=(result_id,), outcome="pending")
        case ResultCorrected(result_id=result_id, outcome=outcome, score=score):
            rows.change(table, key=(result_id,), outcome=outcome, score=score)
        case ExamResultRevoked(result_id=result_id):
            rows.change(table, key=(result_id,), outcome="invalidated")
        case ExamResultRestored(result_id=result_id, outcome=outcome, score=score):
            rows.change(table, key=(result_id,), outcome=outcome, score=score)
        case CandidateNoShowed() as missed:
            _put_no_show(rows, fact.subject, missed)


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
        language=sitting.language,
        delivery=sitting.delivery,
        site=sitting.site,
    )


def _put_no_show(rows: Rows, candidate_id: str, missed: CandidateNoShowed) -> None:
    rows.put(
        table,
        result_id=missed.appointment_id,
        candidate_id=candidate_id,
        exam=missed.exam,
        acronym=missed.acronym,
        title=missed.title,
        role=missed.role,
        taken_on=missed.starts_on,
        attempt=NO_ATTEMPT,
        outcome="no-show",
        delivery=missed.place.delivery,
        site=missed.place.site_name,
    )


PROJECTION = Projection(name="history", tables=(table,), project=project)

_COLUMNS = tuple(table.c[name] for name in Result.__dataclass_fields__)
_MINE = table.c.candidate_id.in_(bindparam("records", expanding=True))
"""A list of ids, mostly of one: with a query inside, a database could not read a long history in the index's order."""
_FILTERS = {
    "outcome": table.c.outcome == bindparam("outcome"),
    "year": table.c.taken_on.between(bindparam("first_day"), bindparam("last_day")),
    "role": table.c.role == bindparam("role"),
}


def records_of(connection: Connection, candidate_id: str) -> list[str]:
    """Whose results the candidate's are: their own, and those of records merged into theirs (F1.13)."""
    return [candidate_id, *MERGES.of(connection, candidate_id)]


@cache
def _page(sort: str, *, descending: bool, filters: frozenset[str]) -> tuple[Select[Any], Select[Any]]:
    """The statements of one order: a page of lines, and how many there are in all."""
    key = SORT_KEYS[sort]
    order = key.desc() if descending else key.asc()
    if sort == "score":
        order = order.nulls_last()
    lines = select(*_COLUMNS).where(_MINE, *(_FILTERS[name] for name in sorted(filters)))
    total = select(func.count()).select_from(table).where(_MINE, *(_FILTERS[name] for name in sorted(filters)))
    # after the key the newest first, and the id last, so that no line stands on two pages
    ordered = lines.order_by(order, table.c.taken_on.desc(), table.c.result_id)
    return ordered.limit(bindparam("size")).offset(bindparam("skipped")), total


def page_of(
    connection: Connection,
    records: list[str],
    *,
    sort: str = "taken_on",
    descending: bool = True,
    page: int = 1,
    page_size: int = 50,
    outcome: str | None = None,
    year: int | None = None,
    role: str | None = None,
) -> Page:
    """One page of these records' results, sorted by a key of SORT_KEYS; those without the key's value come last."""
    wanted: dict[str, Any] = {"records": records}
    if outcome is not None:
        wanted["outcome"] = outcome
    if role is not None:
        wanted["role"] = role
    if year is not None:
        wanted |= {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
    filters = frozenset(name for name, value in (("outcome", outcome), ("year", year), ("role", role)) if value)
    lines, total = _page(sort, descending=descending, filters=filters)
    rows = connection.execute(lines, {**wanted, "size": page_size, "skipped": (page - 1) * page_size}).all()
    results = tuple(Result(*row) for row in rows)
    if page == 1 and len(results) < page_size:
        return Page(results, total=len(results))
    return Page(results, total=connection.execute(total, wanted).scalar_one())


_ATTEMPTS = (
    select(table.c.exam, table.c.taken_on, table.c.outcome, table.c.exam_version)
    .where(_MINE, table.c.exam.in_(bindparam("exams", expanding=True)), table.c.attempt > NO_ATTEMPT)
    .order_by(table.c.exam, table.c.taken_on, table.c.result_id)
)


def attempts(connection: Connection, records: list[str], exams: set[str]) -> dict[str, list[Taken]]:
    """Every attempt at these exams, oldest first, by exam."""
    found: dict[str, list[Taken]] = defaultdict(list)
    if exams:
        asked = {"records": records, "exams": sorted(exams)}
        for exam, taken_on, outcome, version in connection.execute(_ATTEMPTS, asked):
            found[exam].append(Taken(taken_on, outcome, version))
    return found


_FIRST = select(table.c.taken_on).where(_MINE).order_by(table.c.taken_on).limit(1)
_LAST = select(table.c.taken_on).where(_MINE).order_by(table.c.taken_on.desc()).limit(1)


def years(connection: Connection, records: list[str]) -> list[int]:
    """The years that the filter offers, newest first: from the first sitting to the last, by two looks at an index."""
    asked = {"records": records}
    first = connection.execute(_FIRST, asked).scalar_one_or_none()
    last = connection.execute(_LAST, asked).scalar_one_or_none()
    return [] if first is None or last is None else years_between((first, last))


def years_between(days: Collection[date]) -> list[int]:
    """All years from the first of these days to the last, newest first."""
    return list(range(max(days).year, min(days).year - 1, -1)) if days else []


_LAST_SAT = select(func.max(table.c.taken_on)).where(_MINE, table.c.attempt > NO_ATTEMPT)


def last_sat_on(connection: Connection, records: list[str]) -> date | None:
    """The day of the last sitting; None before the first one."""
    return connection.execute(_LAST_SAT, {"records": records}).scalar_one_or_none()


_ONE = select(*_COLUMNS).where(table.c.result_id == bindparam("result_id"))


def one(connection: Connection, result_id: str) -> Result | None:
    """The line of one result; None for an unknown one."""
    row = connection.execute(_ONE, {"result_id": result_id}).one_or_none()
    return None if row is None else Result(*row)


_OWNERS = select(table.c.result_id, table.c.candidate_id).where(
    table.c.result_id.in_(bindparam("result_ids", expanding=True))
)


def owners(connection: Connection, result_ids: list[str]) -> dict[str, str]:
    """Whose results these are; unknown ones are left out."""
    if not result_ids:
        return {}
    return {row.result_id: row.candidate_id for row in connection.execute(_OWNERS, {"result_ids": result_ids})}


def candidate_of(connection: Connection, result_id: str) -> str | None:
    """Whose result this is; None for an unknown one."""
    return owners(connection, [result_id]).get(result_id)


def examined_on(connection: Connection, candidate_ids: Collection[str], day: date) -> list[str]:
    """Those of these candidates who sat an exam on that day, by id."""
    there = table.c.candidate_id.in_(sorted(candidate_ids)) & (table.c.taken_on == day) & (table.c.outcome != "no-show")
    rows = connection.execute(select(table.c.candidate_id).where(there).distinct().order_by(table.c.candidate_id))
    return list(rows.scalars())
