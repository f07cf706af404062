"""The history is the same however its facts arrive."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from chassis.decider import Fact
from chassis.projections import Rows
from chassis.testing import scratch_database
from services.testing.domain.results import ExamFailed, ExamPassed, ExamResultRevoked, ResultAwaited, Sitting
from services.testing.projections import METADATA, history

SITTING = Sitting(
    result_id="R-1",
    provider_reference="VUE-1",
    exam="200-301",
    exam_version="1.1",
    acronym="CCNA",
    title="Implementing and Administering Cisco Solutions",
    role="associate",
    taken_on=date(2026, 3, 2),
    score=880,
    attempt=1,
    reported_at=datetime(2026, 3, 3, tzinfo=UTC),
)


def sitting(number):
    return replace(SITTING, result_id=f"R-{number}", provider_reference=f"VUE-{number}", attempt=number)


def revoked(number):
    return ExamResultRevoked(
        result_id=f"R-{number}",
        exam="200-301",
        taken_on=SITTING.taken_on,
        revoked_on=date(2026, 5, 1),
        reason="score-irregular",
    )


numbers = st.integers(1, 3)
events = (
    st.builds(lambda number: ExamPassed(sitting=sitting(number)), numbers)
    | st.builds(lambda number: ExamFailed(sitting=sitting(number)), numbers)
    | st.builds(revoked, numbers)
)


def rows_after(facts, *, flush_each):
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        for fact in facts:
            history.PROJECTION.project(rows, fact)
            if flush_each:
                rows.flush()
        rows.flush()
        return sorted(tuple(row) for row in connection.execute(select(history.table)))


@settings(max_examples=40, deadline=None)
@given(st.lists(events, max_size=10))
def test_replay_equals_live(happened):
    facts = [
        Fact(event=event, source="testing", subject="C-ADA", number=number, recorded_at=SITTING.reported_at)
        for number, event in enumerate(happened, 1)
    ]
    live = rows_after(facts, flush_each=True)
    assert rows_after(facts, flush_each=False) == live
    assert rows_after([one for fact in facts for one in (fact, fact)], flush_each=False) == live


FILLED = [
    replace(sitting(number), exam=exam, title=title, score=score, taken_on=date(2026, 1 + number % 4, 1 + number % 2))
    for number, (exam, title, score) in enumerate(
        [("200-301", "networking", 880), ("350-401", "Enterprise", None), ("300-410", "routing", 640)] * 4
    )
]
OUTCOMES = ["pass", "fail", "pending"]


def lines_of(connection, sort, *, descending, page_size=5):
    pages = [
        history.page_of(connection, ["C-ADA"], sort=sort, descending=descending, page=number, page_size=page_size)
        for number in (1, 2, 3)
    ]
    assert {page.total for page in pages} == {len(FILLED)}
    return [line for page in pages for line in page.results]


@pytest.fixture(scope="module")
def filled():
    kinds = {"pass": ExamPassed, "fail": ExamFailed, "pending": ResultAwaited}
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        for number, one in enumerate(FILLED):
            event = kinds[OUTCOMES[number % 5 % 3]](sitting=one)
            fact = Fact(event=event, source="testing", subject="C-ADA", number=number, recorded_at=one.reported_at)
            history.PROJECTION.project(rows, fact)
        rows.flush()
        yield connection


@pytest.mark.feature("F6.2")
@pytest.mark.parametrize("sort", sorted(history.SORT_KEYS))
@pytest.mark.parametrize("descending", [True, False])
def test_every_sort_key_works_in_both_directions_and_no_line_is_on_two_pages(filled, sort, descending):
    found = lines_of(filled, sort, descending=descending)
    keys = [getattr(line, sort) for line in found]
    told = [key.lower() if sort == "title" else key for key in keys if key is not None]
    assert told == sorted(told, reverse=descending)
    assert None not in keys[: len(told)]
    assert sorted(line.result_id for line in found) == sorted(one.result_id for one in FILLED)
    for line, following in pairwise(found):
        if getattr(line, sort) == getattr(following, sort) and sort != "taken_on":
            assert line.taken_on >= following.taken_on
    assert lines_of(filled, sort, descending=descending) == found


@pytest.mark.feature("F6.2")
@pytest.mark.parametrize("sort", sorted(history.SORT_KEYS))
def test_no_order_reads_other_peoples_lines(filled, sort):
    statement, total = history._page(sort, descending=True, filters=frozenset())
    for asked in (statement, total):
        bound = asked.params(records=["C-ADA"], size=5, skipped=0).compile(filled).construct_expanded_state()
        plan = filled.exec_driver_sql(f"EXPLAIN QUERY PLAN {bound.statement}", bound.positional_parameters).all()
        assert "SEARCH testing_history USING" in plan[0][3], plan
        assert "candidate_id=?" in plan[0][3]
