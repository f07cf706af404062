"""What else a unit of work carries: cursor steps, events of others, effects, plain rows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from chassis.command_handling import CursorMove, CursorMoved, NewEffect, Unit
from chassis.decider import Fact
from chassis.tables import cursors, effects, heads
from tests.chassis.office import answers
from tests.chassis.parcels import UNLUCKY, Send, Sent, parcels

ADA = "C-ada"
EPOCH = "E1"


def step(before, after, *, epoch=EPOCH, source="bank"):
    return CursorMove(source=source, partition=0, epoch=epoch, before=before, after=after)


def received(parcel_id, *, weight=1):
    return Fact(
        event=Sent(candidate_id=ADA, parcel_id=parcel_id, weight=weight),
        source="bank",
        subject=ADA,
        number=1,
        recorded_at=datetime.now(UTC),
    )


def letter(key, **more):
    return NewEffect(key=key, kind="letter", subject=ADA, payload={"text": "hello"}, **more)


def test_a_cursor_is_made_and_moves_on(office):
    for unit in (Unit(cursors=[step(None, 5)]), Unit(cursors=[step(5, 9)])):
        office.committer.perform(unit, timeout=5)
    assert office.rows(cursors) == [("bank", 0, EPOCH, 9)]


@pytest.mark.parametrize(
    "move", [step(None, 9), step(4, 9), step(6, 9), step(5, 9, epoch="E2"), step(5, 9, source="shop")]
)
def test_a_step_from_somewhere_else_is_refused_with_everything_in_its_unit(office, move):
    office.committer.perform(Unit(cursors=[step(None, 5)]), timeout=5)
    order = office.order(Send(candidate_id=ADA, parcel_id="p1"))

    with pytest.raises(CursorMoved):
        office.committer.perform(Unit(orders=[order], cursors=[move], received=[received("p2")]), timeout=5)
    assert (office.rows(cursors), office.facts(), office.rows(parcels)) == ([("bank", 0, EPOCH, 5)], [], [])


def test_a_refused_step_does_not_hold_up_the_units_beside_it(closed_office):
    refused = Unit(cursors=[step(3, 4)])
    closed_office.committer.submit(refused)
    fine = closed_office.submit(Send(candidate_id=ADA, parcel_id="p1"))
    moves = Unit(cursors=[step(None, 1)])
    closed_office.committer.submit(moves)
    closed_office.open()

    assert answers([fine])[0].version == 1
    assert type(refused.done.exception(5)) is CursorMoved
    assert moves.done.result(5) == []
    assert closed_office.rows(cursors) == [("bank", 0, EPOCH, 1)]


def test_events_of_others_are_projected_with_their_cursor(office):
    office.committer.perform(Unit(cursors=[step(None, 1)], received=[received("p1")]), timeout=5)
    assert office.rows(cursors) == [("bank", 0, EPOCH, 1)]
    assert office.rows(parcels) == [("p1", ADA, 1, None, None, None, 1)]


def test_an_event_that_cannot_be_projected_leaves_the_cursor(office):
    unit = Unit(cursors=[step(None, 1)], received=[received("p1", weight=UNLUCKY)])
    with pytest.raises(ValueError, match="unlucky"):
        office.committer.perform(unit, timeout=5)
    assert office.rows(cursors) == []


def test_an_effect_is_a_row_written_with_the_facts(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), effects=[letter("letter|p1")])

    with office.database.read() as connection:
        row = connection.execute(select(effects)).one()
    assert (row.id, row.kind, row.subject, row.payload) == ("letter|p1", "letter", ADA, {"text": "hello"})
    assert (row.attempts, row.failure, row.done_at) == (0, None, None)
    assert row.due_at == row.created_at


def test_an_effect_may_wait_for_its_day(office):
    day = datetime(2026, 12, 24, 18, tzinfo=UTC)
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), effects=[letter("letter|p1", due_at=day)])
    with office.database.read() as connection:
        assert connection.execute(select(effects.c.due_at)).scalar_one() == day


def test_an_effect_exists_once_per_key(closed_office):
    for number in (1, 2):
        closed_office.submit(Send(candidate_id=ADA, parcel_id=f"p{number}"), effects=[letter("letter|once")])
    closed_office.open()
    closed_office.handle(Send(candidate_id=ADA, parcel_id="p3"), effects=[letter("letter|once")])

    assert [row[0] for row in closed_office.rows(effects)] == ["letter|once"]
    assert len(closed_office.facts()) == 3


def test_a_refused_or_repeated_command_causes_no_effect(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1", effects=[letter("letter|first")])
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1", effects=[letter("letter|repeated")])
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), effects=[letter("letter|refused")])

    assert [row[0] for row in office.rows(effects)] == ["letter|first"]


def test_a_unit_may_write_plain_rows(office):
    office.committer.perform(Unit(writes=[lambda rows: rows.change(heads, key=(0,), last=77)]), timeout=5)
    assert office.rows(heads) == [(0, 77)]


def test_rows_of_a_command_are_written_only_with_its_facts(office):
    def also(rows):
        rows.put(parcels, parcel_id="beside", candidate_id=ADA, weight=9, position=0)

    for command_id in ("ada|send|1", "ada|send|2"):
        office.handle(Send(candidate_id=ADA, parcel_id="p1"), id=command_id, also=also)
        with office.database.write() as transaction:
            removed = transaction.execute(parcels.delete().where(parcels.c.parcel_id == "beside")).rowcount
        assert removed == (1 if command_id == "ada|send|1" else 0)
