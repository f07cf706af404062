"""The committer: decisions become facts once, together where possible, alone where one is broken."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from chassis.command_handling import Unit, Written
from chassis.decider import Rejected
from chassis.errors import Conflict, Unavailable
from chassis.tables import commands_seen, events, outbox
from tests.chassis.office import Office, answers, prepare, without_mark
from tests.chassis.parcels import UNLUCKY, Deliver, Send, Stamp, parcel, parcels, stamps

ADA = "C-ada"
GRACE = "C-grace"


def said(written):
    """The answer, as a tuple that a test can compare."""
    return (written.code, written.details) if isinstance(written, Rejected) else without_mark(written)


def test_a_command_becomes_facts_rows_and_public_events_in_one_transaction(office):
    written = office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=2))

    assert written == Written("parcel-p1", 1, 1, ("post", office.writing.epoch, 0, 1))
    assert office.facts() == [(1, "parcel-p1", 1, "parcel-sent")]
    assert office.rows(parcels) == [("p1", ADA, 2, None, None, None, 1)]
    with office.database.read() as connection:
        row = connection.execute(select(outbox)).one()
    assert (row.partition, row.sequence, row.name, row.subject, row.sealed) == (0, 1, "ParcelSent", ADA, False)


def test_a_private_fact_has_no_place_in_the_public_log(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"))
    written = office.handle(Deliver(parcel_id="p1", delivered_on=date(2026, 5, 1)))

    assert written == Written("parcel-p1", 2, 1, None)
    assert office.rows(parcels) == [("p1", ADA, 1, None, None, date(2026, 5, 1), 1)]


def test_a_command_that_changes_nothing_is_answered_without_facts(office):
    office.handle(Deliver(parcel_id="p1", delivered_on=date(2026, 5, 1)))
    assert office.handle(Deliver(parcel_id="p1", delivered_on=date(2026, 6, 1))) == Written("parcel-p1", 1, 0, None)


def test_the_same_command_id_gives_the_first_answer_and_no_new_facts(office):
    command = Stamp(candidate_id=ADA, parcel_id="p1", times=3)
    first = office.handle(command, id="ada|stamp|1")
    office.handle(Stamp(candidate_id=ADA, parcel_id="p1"))

    assert office.handle(command, id="ada|stamp|1") == first
    assert [version for _, _, version, _ in office.facts()] == [1, 2, 3, 4]


def test_the_same_command_id_in_one_batch_gives_the_first_answer_too(closed_office):
    command = Send(candidate_id=ADA, parcel_id="p1")
    units = [closed_office.submit(command, id="ada|send|1") for _ in range(3)]
    closed_office.open()

    assert answers(units) == [Written("parcel-p1", 1, 1, ("post", closed_office.writing.epoch, 0, 1))] * 3
    assert closed_office.facts() == [(1, "parcel-p1", 1, "parcel-sent")]


def test_the_same_command_id_with_another_body_is_a_conflict(office):
    office.handle(Stamp(candidate_id=ADA, parcel_id="p1"), id="ada|stamp|1", body="one")

    with pytest.raises(Conflict, match="idempotency-key-reused"):
        office.handle(Stamp(candidate_id=ADA, parcel_id="p1", times=2), id="ada|stamp|1", body="two")
    assert office.facts() == [(1, "parcel-p1", 1, "parcel-stamped")]


def test_the_same_command_id_with_another_body_in_one_batch_is_a_conflict(closed_office):
    units = [
        closed_office.submit(Stamp(candidate_id=ADA, parcel_id="p1"), id="ada|stamp|1", body=body)
        for body in ("one", "two")
    ]
    closed_office.open()

    first, second = answers(units)
    assert (said(first), second) == (Written("parcel-p1", 1, 1, None), Conflict)


def test_a_refusal_is_remembered_even_when_it_would_be_granted_now(office):
    heavy = office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=31), id="ada|send|1")
    assert said(heavy) == ("parcel-too-heavy", {"heaviest": 30})

    again = office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=3), id="ada|send|1")
    assert said(again) == ("parcel-too-heavy", {"heaviest": 30})
    assert office.facts() == []


def test_a_success_is_remembered_even_when_it_would_be_refused_now(office):
    first = office.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1")
    assert office.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1") == first


def test_what_is_remembered_of_a_command_holds_no_personal_data(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=31), id="ada|send|1", body="hash")

    row = office.rows(commands_seen)[0]
    assert row[:7] == ("ada|send|1", "hash", "parcel-too-heavy", {"heaviest": 30}, "parcel-p1", 0, 0)


def test_waiting_units_are_committed_together(closed_office):
    units = [closed_office.submit(Send(candidate_id=ADA, parcel_id=f"p{number}")) for number in range(50)]
    closed_office.open()

    assert [answer.version for answer in answers(units)] == [1] * 50
    assert closed_office.transactions() == 1
    assert [position for position, *_ in closed_office.facts()] == list(range(1, 51))


def test_units_of_one_stream_in_one_batch_see_each_others_facts(closed_office):
    units = [
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p1")),
        closed_office.submit(Stamp(candidate_id=ADA, parcel_id="p1", times=2)),
        closed_office.submit(Stamp(candidate_id=ADA, parcel_id="p1")),
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p1")),
    ]
    closed_office.open()

    assert [said(answer) for answer in answers(units)] == [
        Written("parcel-p1", 1, 1, None),
        Written("parcel-p1", 3, 2, None),
        Written("parcel-p1", 4, 1, None),
        ("parcel-already-sent", {"parcel_id": "p1"}),
    ]
    assert closed_office.transactions() == 1
    assert closed_office.rows(stamps) == [("p1", 1, 2), ("p1", 2, 3), ("p1", 3, 4)]
    assert closed_office.rows(parcels) == [("p1", ADA, 1, None, 3, None, 1)]


def test_a_broken_unit_fails_alone(closed_office):
    units = [
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p1")),
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p2", weight=UNLUCKY)),
        closed_office.submit(Stamp(candidate_id=ADA, parcel_id="p2")),
        closed_office.submit(Send(candidate_id=GRACE, parcel_id="p3")),
    ]
    closed_office.open()

    first, broken, third, fourth = answers(units)
    assert broken is ValueError
    assert [said(answer) for answer in (first, third, fourth)] == [
        Written("parcel-p1", 1, 1, None),
        Written("parcel-p2", 1, 1, None),
        Written("parcel-p3", 1, 1, None),
    ]
    assert [(stream, version, name) for _, stream, version, name in closed_office.facts()] == [
        ("parcel-p1", 1, "parcel-sent"),
        ("parcel-p2", 1, "parcel-stamped"),
        ("parcel-p3", 1, "parcel-sent"),
    ]


def test_a_unit_is_committed_whole_or_not_at_all(office):
    unit = office.submit(Send(candidate_id=ADA, parcel_id="p1"), Send(candidate_id=ADA, parcel_id="p2", weight=UNLUCKY))
    assert isinstance(unit.done.exception(5), ValueError)
    assert (office.facts(), office.rows(commands_seen), office.rows(outbox)) == ([], [], [])


def test_a_fact_that_the_vocabulary_does_not_list_fails_alone(closed_office):
    speechless = replace(parcel, decide=lambda command, _state: [command], evolve=lambda state, _fact: state)
    units = [
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p1"), decider=speechless),
        closed_office.submit(Send(candidate_id=ADA, parcel_id="p2")),
    ]
    closed_office.open()

    broken, fine = answers(units)
    assert (broken, said(fine)) == (KeyError, Written("parcel-p2", 1, 1, None))


def test_a_restarted_office_goes_on_where_the_old_one_ended(database_url):
    prepare(database_url)
    with Office(database_url) as before:
        first = before.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1")
        before.handle(Stamp(candidate_id=ADA, parcel_id="p1", times=2))
    with Office(database_url) as after:
        assert after.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1") == first
        assert said(after.handle(Send(candidate_id=ADA, parcel_id="p1"))) == (
            "parcel-already-sent",
            {"parcel_id": "p1"},
        )
        assert said(after.handle(Stamp(candidate_id=ADA, parcel_id="p1"))) == Written("parcel-p1", 4, 1, None)
        assert after.rows(stamps)[-1] == ("p1", 3, 4)


def test_an_office_that_is_going_finishes_what_waits(database_url):
    prepare(database_url)
    office = Office(database_url)
    units = [office.submit(Stamp(candidate_id=ADA, parcel_id="p1")) for _ in range(250)]
    office.open()
    office.close()

    assert [answer.version for answer in answers(units)] == list(range(1, 251))


def test_a_guard_that_raises_undoes_its_unit_alone(closed_office):
    def never(_connection):
        raise Conflict("not-now")

    guarded = Unit(orders=[closed_office.order(Send(candidate_id=ADA, parcel_id="p1"))], guards=[never])
    closed_office.committer.submit(guarded)
    free = closed_office.submit(Send(candidate_id=ADA, parcel_id="p2"))
    closed_office.open()

    stopped, written = answers([guarded, free])
    assert (stopped, said(written)) == (Conflict, Written("parcel-p2", 1, 1, None))
    assert [stream for _, stream, *_ in closed_office.facts()] == ["parcel-p2"]


def test_who_waits_too_long_is_told_to_come_again(closed_office):
    unit = Unit(orders=[closed_office.order(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1")])
    with pytest.raises(Unavailable, match="database-slow"):
        closed_office.committer.perform(unit, timeout=0.05)

    closed_office.open()
    again = closed_office.handle(Send(candidate_id=ADA, parcel_id="p1"), id="ada|send|1")
    assert said(again) == Written("parcel-p1", 1, 1, None)
    assert closed_office.facts() == [(1, "parcel-p1", 1, "parcel-sent")]


def test_facts_and_public_events_keep_what_caused_them(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"), cause="ada|send|1", correlation="c-77")

    with office.database.read() as connection:
        fact = connection.execute(select(events.c.subject, events.c.cause, events.c.correlation)).one()
        public = connection.execute(select(outbox.c.subject, outbox.c.cause, outbox.c.correlation)).one()
    assert tuple(fact) == tuple(public) == (ADA, "ada|send|1", "c-77")
