"""The history is the same however its facts arrive."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from chassis.decider import Fact
from chassis.projections import Rows
from chassis.testing import scratch_database
from services.testing.domain.results import ExamFailed, ExamPassed, ExamResultRevoked, Sitting
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
