from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as for_any
from hypothesis import strategies

from chassis.testing import given
from services.identity.domain.session import (
    EndSession,
    SessionEnded,
    SessionExtended,
    SessionStarted,
    StartSession,
    UseSession,
    session,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STARTED = SessionStarted(secret_hash="abc", started_at=NOON, until=NOON + timedelta(hours=12), opened_by="password")


@pytest.mark.feature("F1.1")
def test_a_session_lasts_twelve_hours_when_it_is_left_alone():
    given(session).when(StartSession(secret_hash="abc", at=NOON)).then(STARTED)


def test_a_session_begins_once():
    given(session, STARTED).when(StartSession(secret_hash="abc", at=NOON)).then_nothing()


def test_using_a_session_moves_its_end():
    used = UseSession(at=NOON + timedelta(hours=3))
    given(session, STARTED).when(used).then(SessionExtended(until=NOON + timedelta(hours=15)))


def test_using_a_session_again_soon_writes_nothing():
    given(session, STARTED).when(UseSession(at=NOON + timedelta(minutes=59))).then_nothing()


def test_a_session_ends_after_a_week_however_much_it_is_used():
    kept_up = SessionExtended(until=NOON + timedelta(days=6, hours=20))
    last_use = UseSession(at=NOON + timedelta(days=6, hours=19))
    given(session, STARTED, kept_up).when(last_use).then(SessionExtended(until=NOON + timedelta(days=7)))


def test_a_session_left_alone_too_long_is_over():
    given(session, STARTED).when(UseSession(at=NOON + timedelta(hours=12))).then_rejected("session-over")


def test_logging_out_ends_the_session_once():
    ended = SessionEnded(ended_at=NOON)
    given(session, STARTED).when(EndSession(at=NOON)).then(ended)
    given(session, STARTED, ended).when(EndSession(at=NOON)).then_nothing()
    given(session).when(EndSession(at=NOON)).then_nothing()


def test_an_ended_session_can_neither_be_used_nor_begin_again():
    ended = SessionEnded(ended_at=NOON)
    given(session, STARTED, ended).when(UseSession(at=NOON)).then_rejected("session-over")
    given(session, STARTED, ended).when(StartSession(secret_hash="abc", at=NOON)).then_nothing()


def test_a_session_that_never_began_cannot_be_used():
    given(session).when(UseSession(at=NOON)).then_rejected("session-over")


FACTS = [STARTED, SessionExtended(until=NOON + timedelta(hours=15)), SessionEnded(ended_at=NOON)]


@for_any(strategies.lists(strategies.sampled_from(FACTS)))
def test_folding_any_history_never_raises(history):
    given(session, *history).when(EndSession(at=NOON))
