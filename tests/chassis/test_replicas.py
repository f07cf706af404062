"""Two processes of one service on one PostgreSQL: neither ever decides on what is no longer so."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chassis.command_handling import CursorMove, CursorMoved, Unit, Written
from chassis.decider import Rejected
from chassis.tables import cursors
from tests.chassis.office import answers, without_mark
from tests.chassis.parcels import UNLUCKY, Send, Stamp, parcel, stamps

pytestmark = pytest.mark.server

ADA = "C-ada"
SEND = Send(candidate_id=ADA, parcel_id="p1")
STAMP = Stamp(candidate_id=ADA, parcel_id="p1")


def only_once_sent(command, state):
    """Stamps that are refused on a parcel that nobody has sent."""
    if not state.sent:
        raise Rejected("parcel-not-sent")
    return parcel.decide(command, state)


def quiet_until_sent(command, state):
    """Stamps that come to nothing on a parcel that nobody has sent."""
    return parcel.decide(command, state) if state.sent else []


strict = replace(parcel, decide=only_once_sent)
quiet = replace(parcel, decide=quiet_until_sent)


@pytest.fixture
def here(replicas):
    """A replica that has stamped p1 twice in a row, so that it trusts what it remembers of p1."""
    office = replicas()
    office.handle(STAMP)
    office.handle(STAMP)
    assert office.committer._deciding._is_alone
    return office


@pytest.fixture
def there(replicas, here):
    """The other replica of `here`."""
    return replicas()


def outcome(unit):
    """What became of a unit of one order, without its place in the public log."""
    (answer,) = answers([unit])
    return answer.code if isinstance(answer, Rejected) else without_mark(answer)


def names(office):
    """The names of p1's facts, in order."""
    return [name for _, stream, _, name in office.facts() if stream == "parcel-p1"]


def from_event(office, *orders):
    """A subscription's unit with one step of its cursor, on its way."""
    move = CursorMove(source="bank", partition=0, epoch="E1", before=None, after=1)
    unit = Unit(orders=[replace(order, from_event=True) for order in orders], cursors=[move])
    office.committer.submit(unit)
    return unit


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


def test_what_was_refused_before_the_other_wrote_is_accepted_after_it(here, there):
    there.handle(SEND)
    assert outcome(here.submit(STAMP, decider=strict)) == Written("parcel-p1", 4, 1, None)
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]


def test_what_was_allowed_before_the_other_wrote_is_refused_after_it(here, there):
    there.handle(SEND)
    assert outcome(here.submit(SEND)) == "parcel-already-sent"
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent"]


def test_what_came_to_nothing_before_the_other_wrote_comes_to_a_fact_after_it(here, there):
    there.handle(SEND)
    assert outcome(here.submit(STAMP, decider=quiet)) == Written("parcel-p1", 4, 1, None)
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]


def test_what_could_not_be_projected_before_the_other_wrote_is_refused_after_it(here, there):
    there.handle(SEND)
    assert outcome(here.submit(replace(SEND, weight=UNLUCKY))) == "parcel-already-sent"
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent"]


@pytest.mark.parametrize("decider", [strict, quiet])
def test_a_reaction_is_decided_on_what_the_other_has_written(here, there, decider):
    there.handle(SEND)
    unit = from_event(here, here.order(STAMP, decider=decider), here.order(replace(STAMP, parcel_id="p2")))

    assert [without_mark(answer) for answer in unit.done.result(5)] == [
        Written("parcel-p1", 4, 1, None),
        Written("parcel-p2", 1, 1, None),
    ]
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]


def test_a_reaction_that_the_other_has_made_impossible_fails_whole(here, there):
    there.handle(SEND)
    unit = from_event(here, here.order(SEND), here.order(replace(SEND, parcel_id="p2")))

    assert answers([unit]) == [Rejected]
    assert [stream for _, stream, *_ in here.facts()] == ["parcel-p1"] * 3
    assert here.rows(cursors) == []


def test_a_command_repeated_at_the_other_replica_hears_the_first_answer_though_it_would_be_refused_now(here, there):
    first = there.handle(SEND, id="ada|send|1")
    there.handle(STAMP)
    assert here.handle(SEND, id="ada|send|1") == first
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]


def test_a_refusal_repeated_at_the_other_replica_stays_though_it_would_be_granted_now(here, there):
    assert outcome(here.submit(STAMP, id="ada|stamp|1", decider=strict)) == "parcel-not-sent"
    there.handle(SEND)
    there.handle(STAMP)
    for office in (here, there):
        assert outcome(office.submit(STAMP, id="ada|stamp|1", decider=strict)) == "parcel-not-sent"
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]


def test_a_reaction_repeated_at_the_other_replica_counts_as_done_though_it_is_impossible_now(here, there):
    first = there.handle(SEND, id="event-1|Send|parcel-p1", from_event=True)
    here.handle(STAMP)
    unit = from_event(here, here.order(SEND, id="event-1|Send|parcel-p1"))

    assert unit.done.result(5) == [first]
    assert names(here) == ["parcel-stamped", "parcel-stamped", "parcel-sent", "parcel-stamped"]
    assert [row[:2] for row in here.rows(cursors)] == [("bank", 0)]
