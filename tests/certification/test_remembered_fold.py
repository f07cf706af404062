"""A fold that goes on from the last one gives what a fold from the beginning gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certification.domain import remembered
from services.certification.domain.evidence import Credits, Sitting
from services.certification.domain.fold import fold
from services.certification.domain.remembered import remembered_fold
from tests.certification.examples import CATALOGUE
from tests.certification.test_fold_laws import claims, evidence, sittings


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    remembered._walked.clear()


def as_it_comes(history):
    """A record learns evidence roughly in the order of its days."""
    return sorted(history, key=lambda piece: piece.known_on)


@pytest.mark.rule("R-F")
@settings(max_examples=30, deadline=None)
@given(
    history=st.lists(st.one_of(sittings(), sittings(), claims()), min_size=16, max_size=60).map(as_it_comes),
    other=evidence(),
)
def test_piece_by_piece_it_is_always_the_fold_of_all(history, other):
    for size in range(12, len(history) + 1):
        known = tuple(history[:size])
        today = max(piece.known_on for piece in known)
        assert remembered_fold(known, CATALOGUE, today) == fold(known, CATALOGUE, today)
        supposed = (*known, other)
        assert remembered_fold(supposed, CATALOGUE, today) == fold(supposed, CATALOGUE, today)
    early = history[0].known_on
    assert remembered_fold(tuple(history), CATALOGUE, early) == fold(history, CATALOGUE, early)


@pytest.mark.rule("R-F")
def test_a_record_that_grows_in_order_walks_every_day_once(monkeypatch):
    walked = []
    go_to = remembered.Walk.go_to
    monkeypatch.setattr(remembered.Walk, "go_to", lambda walk, day: (walked.append(day), go_to(walk, day)))
    found, exams = (), ("200-301", "350-401", "300-410", "350-701", "300-710")
    for number in range(100):
        day = date(2015, 1, 5) + timedelta(days=20 * number)
        piece = (
            Credits(item=f"item {number}", credits=4, completed_on=day, submitted_on=day, known_on=day)
            if number % 3
            else Sitting(result_id=f"R{number}", exam=exams[number % 5], taken_on=day, passed=True, known_on=day)
        )
        found = (*found, piece)
        remembered_fold(found, CATALOGUE, day)
    shorter = sum(range(1, remembered.LONG_ENOUGH))
    assert len(walked) == shorter + 100
