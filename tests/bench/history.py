"""The testing history: the answer to a candidate with 500 results beside that to one with 5."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from chassis.decider import Fact
from chassis.projections import Rows
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.results import ExamFailed, Sitting
from services.testing.projections import history
from services.testing.service import PLAN, TestingService
from tests.bench.fold import alternately
from tests.bench.ground import Ground
from tests.bench.measuring import Figure
from tests.front_door import Door, KeyRing, opened

MANY, FEW = 500, 5
FIRST_DAY = date(2015, 1, 5)
PAGE = 25
TIMES = 20


def measure(_ground: Ground | None, scale: float = 1.0) -> list[Figure]:
    """Processor milliseconds per answer, and their ratio: for as many lines, and for a whole page of them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(PLAN, f"sqlite:///{folder}/testing.sqlite", Path(folder), KeyRing()) as frame,
    ):
        door = Door(TestingService, frame)
        with frame.database.write() as transaction:
            rows = Rows(transaction)
            for candidate_id, results in (("C-MANY", max(int(MANY * scale), PAGE)), ("C-PAGE", PAGE), ("C-FEW", FEW)):
                fill(rows, candidate_id, results)
            rows.flush()
        taken = alternately(
            partial(ask, door, "C-MANY", FEW), partial(ask, door, "C-FEW", FEW), partial(ask, door, "C-MANY", PAGE),
            partial(ask, door, "C-PAGE", PAGE),
        )  # fmt: skip
    many, few, long, page = (1000 * seconds / TIMES for seconds in taken)
    return [
        Figure(
            name=f"{FEW} lines of a history of {MANY} results", value=many, unit="ms", cpu_ms=many, of_limit=few / many
        ),
        Figure(name=f"the whole history of {FEW}", value=few, unit="ms", kind="limit"),
        Figure(
            name=f"{PAGE} lines of a history of {MANY} results", value=long, unit="ms", cpu_ms=long,
            of_limit=page / long,
        ),
        Figure(name=f"the whole history of {PAGE}", value=page, unit="ms", kind="limit"),
    ]  # fmt: skip


def ask(door: Door, candidate_id: str, lines: int) -> None:
    """What page and API ask the service: lines, next allowed days, the years of the filter, how many there are."""
    for _ in range(TIMES):
        answer: dict[str, Any] = door.asked_as().history(candidate_id, page_size=lines)
        assert len(answer["results"]) == lines


def fill(rows: Rows, candidate_id: str, results: int) -> None:
    """Failed sittings, a week apart, of every exam in turn; the newest are of the same exams in every history."""
    exams = list(exam_catalogue().exams.values())
    for number in range(results):
        exam, day = exams[(number - results) % len(exams)], FIRST_DAY + timedelta(weeks=number)
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
