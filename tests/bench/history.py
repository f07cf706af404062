"""The testing history: the first page of a candidate with 500 results beside that of one with 5."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from chassis.decider import Fact
from chassis.projections import Rows
from chassis.testing import scratch_database
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.results import ExamFailed, Sitting
from services.testing.projections import METADATA, history
from tests.bench.fold import alternately
from tests.bench.ground import Ground
from tests.bench.measuring import Figure

MANY, FEW = 500, 5
FIRST_DAY = date(2015, 1, 5)
PAGE = 25


def measure(_ground: Ground | None, scale: float = 1.0) -> list[Figure]:
    """Processor milliseconds per page, and their ratio."""
    with scratch_database(METADATA) as connection:
        fill(connection, "C-MANY", max(int(MANY * scale), PAGE))
        fill(connection, "C-FEW", FEW)
        many, few = alternately(partial(page, connection, "C-MANY"), partial(page, connection, "C-FEW"))
    return [
        Figure(
            name=f"first page of a history of {MANY} results", value=1000 * many, unit="ms", cpu_ms=1000 * many,
            of_limit=few / many,
        ),
        Figure(name=f"the page of a history of {FEW}", value=1000 * few, unit="ms", kind="limit"),
    ]  # fmt: skip


def page(connection: Connection, candidate_id: str) -> None:
    """What the page asks: its lines, the attempts at their exams, the years of the filter."""
    found = history.of_candidate(connection, candidate_id, page_size=PAGE)
    history.attempts(connection, candidate_id, {line.exam for line in found.results})
    history.years(connection, candidate_id)


def fill(connection: Connection, candidate_id: str, results: int) -> None:
    """Failed sittings, a week apart, of every exam in turn."""
    rows, exams = Rows(connection), list(exam_catalogue().exams.values())
    for number in range(results):
        exam, day = exams[number % len(exams)], FIRST_DAY + timedelta(weeks=number)
        sitting = Sitting(
            result_id=f"{candidate_id}-{number}", provider_reference=f"{candidate_id}/{number}", exam=exam.code,
            exam_version=None, acronym=exam.names[-1].acronym, title=exam.names[-1].title, role=exam.role,
            taken_on=day, score=700, attempt=1 + number // len(exams),
            reported_at=datetime(2026, 11, 20, tzinfo=UTC),
        )  # fmt: skip
        fact = Fact(
            event=ExamFailed(sitting=sitting), source="testing", subject=candidate_id, number=number,
            recorded_at=sitting.reported_at,
        )  # fmt: skip
        history.PROJECTION.project(rows, fact)
    rows.flush()
