"""Two processes of one service on one PostgreSQL: neither ever decides on what is no longer so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.command_handling import CursorMove, CursorMoved, Unit, Written
from chassis.decider import Rejected
from tests.chassis.office import answers, without_mark
from tests.chassis.parcels import Send, Stamp, stamps

pytestmark = pytest.mark.server

ADA = "C-ada"


def test_a_replica_decides_on_what_the_other_has_written(replicas):
    here, there = replicas(), replicas()
    for number in range(1, 7):
        office = here if number % 2 else there
        written = office.handle(Stamp(candidate_id=ADA, parcel_id="p1"))
        assert without_mark(written) == Written("parcel-p1", number, 1, None)
    assert here.rows(stamps) == [("p1", number, number) for number in range(1, 7)]


def test_a_version_that_was_taken_meanwhile_is_decided_again(replicas):
    here, there = replicas(), replicas()
    here.handle(Send(candidate_id=ADA, parcel_id="p1"))
    decide = here.committer._deciding.decide

    def decide_and_let_the_other_go_first(units):
        drafts = decide(units)
        here.committer._deciding.decide = decide
        there.handle(Stamp(candidate_id=ADA, parcel_id="p1"))
        return drafts

    here.committer._deciding.decide = decide_and_let_the_other_go_first
    written = here.handle(Stamp(candidate_id=ADA, parcel_id="p1"))

    assert without_mark(written) == Written("parcel-p1", 3, 1, None)
    assert [row[:2] for row in here.rows(stamps)] == [("p1", 1), ("p1", 2)]


def test_one_command_id_at_both_replicas_counts_once(replicas):
    here, there = replicas(), replicas()
    for number in range(20):
        command = Send(candidate_id=ADA, parcel_id=f"p{number}")
        units = [office.submit(command, id=f"ada|send|{number}") for office in (here, there)]
        one, other = answers(units)
        assert one == other
        assert without_mark(one) == Written(f"parcel-p{number}", 1, 1, None)
    assert len(here.facts()) == 20


def test_of_two_different_commands_one_wins_and_the_other_sees_it(replicas):
    here, there = replicas(), replicas()
    for number in range(20):
        command = Send(candidate_id=ADA, parcel_id=f"p{number}")
        outcomes = answers([office.submit(command) for office in (here, there)])
        refused = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
        assert [refusal.code for refusal in refused] == ["parcel-already-sent"]
    assert len(here.facts()) == 20


def test_many_writers_at_both_replicas_leave_each_stream_without_hole_or_doublet(replicas):
    offices = [replicas(), replicas()]

    def stamp(number: int) -> int:
        written = offices[number % 2].handle(Stamp(candidate_id=ADA, parcel_id=f"p{number % 3}"))
        return written.version

    with ThreadPoolExecutor(8) as writers:
        versions = sorted(writers.map(stamp, range(60)))

    assert versions == sorted([*range(1, 21)] * 3)
    facts = offices[0].facts()
    assert sorted((stream, version) for _, stream, version, _ in facts) == [
        (f"parcel-p{parcel}", version) for parcel in range(3) for version in range(1, 21)
    ]
    assert sorted(row[2] for row in offices[0].rows(stamps)) == [position for position, *_ in facts]


def test_of_two_subscribers_at_one_cursor_only_one_moves_it(replicas):
    here, there = replicas(), replicas()

    def step(after: int) -> Unit:
        move = CursorMove(source="bank", partition=0, epoch="E1", before=after - 1 or None, after=after)
        return Unit(cursors=[move])

    for after in range(1, 11):
        units = [step(after), step(after)]
        here.committer.submit(units[0])
        there.committer.submit(units[1])
        outcomes = [unit.done.exception(5) for unit in units]
        assert sorted(type(outcome) for outcome in outcomes if outcome is not None) == [CursorMoved]
