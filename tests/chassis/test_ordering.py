"""Sixteen writers: nobody who reads along misses a fact or meets one candidate's facts in another order."""

import pytest

from tests.chassis.ordering import PROCESSES, observe

pytestmark = pytest.mark.server


def test_no_reader_misses_or_reorders_a_fact(postgresql_url):
    found = observe(postgresql_url, "rightly")

    assert found.facts > 100
    assert found.processes_left == PROCESSES - 1
    assert found.rolled_back > 0
    assert found.conflicts > 0
    assert (found.missed_by_position, found.missed_by_sequence, found.reordered) == (0, 0, [])
    assert (found.answered_but_lost, found.wrong_positions) == ([], 0)


def test_without_the_lock_a_reader_of_positions_misses_facts(postgresql_url):
    found = observe(postgresql_url, "without-lock")
    assert found.missed_by_position > 0


def test_without_the_heads_row_a_subscriber_waits_at_a_hole_forever(postgresql_url):
    found = observe(postgresql_url, "without-heads")
    assert found.missed_by_sequence > 0
    assert found.missed_by_position == 0
