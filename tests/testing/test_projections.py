"""Every projection of testing is the same whether its facts come one by one, together, or twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from chassis.decider import Fact, Rejected, Sealed
from chassis.projections import Rows
from chassis.testing import scratch_database
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.appointments import appointments
from services.testing.domain.booking_commands import (
    BookAppointment,
    CancelAppointment,
    LapseAppointment,
    NoteAtCentre,
    PayAppointment,
    RescheduleAppointment,
)
from services.testing.domain.bookings import Charge, Place
from services.testing.domain.centre_day import AFTER
from services.testing.domain.challenge_commands import (
    DecideChallenge,
    OpenChallenge,
    ProposeRuling,
    RequestEvidence,
    StartReview,
    SupplyEvidence,
    WithdrawChallenge,
)
from services.testing.domain.challenges import challenges
from services.testing.domain.objections import Matter, Ruling
from services.testing.projections import METADATA
from services.testing.service import PLAN

CATALOGUE = exam_catalogue()
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
START = datetime(2026, 12, 1, 8, tzinfo=UTC)
PLACE = Place(delivery="centre", site="a", site_name="A", time_zone="Europe/Amsterdam")
BOOK = BookAppointment(
    appointment_id="A-1", provider_reference="V-1", exam=CATALOGUE.exams["200-301"], place=PLACE, starts_at=START,
    booked_at=NOW, channel="phone", charge=Charge(currency="USD", price=30_000), terms=CATALOGUE.booking,
)  # fmt: skip
MOVE = RescheduleAppointment(
    appointment_id="A-1", exam=None, place=replace(PLACE, site="b"), starts_at=START + timedelta(days=1), now=NOW,
    terms=CATALOGUE.booking,
)  # fmt: skip
LAB = replace(BOOK, appointment_id="A-2", exam=CATALOGUE.exams["LAB-EI"])
OF_APPOINTMENTS = [
    BOOK,
    LAB,
    MOVE,
    PayAppointment(appointment_id="A-1", order_number="P-1", charge=BOOK.charge, paid_at=NOW),
    CancelAppointment(appointment_id="A-1", now=NOW, terms=CATALOGUE.booking),
    LapseAppointment(appointment_id="A-2", today=date(2027, 1, 1)),
    *(NoteAtCentre(appointment_id="A-1", happening=name, at=START) for name in AFTER),
]
OPEN = OpenChallenge(
    challenge_id="CH-1", terms=CATALOGUE.challenges["testing_conditions"], question=None, statement=Sealed("s"),
    matter=Matter(kind="result", id="R-1", since=NOW.date(), exam="200-301", role="associate", outcome="fail"),
    today=NOW.date(), opened_at=NOW,
)  # fmt: skip
OF_CHALLENGES = [
    OPEN,
    StartReview(challenge_id="CH-1", reviewer="S-ONE", at=NOW),
    RequestEvidence(challenge_id="CH-1", reviewer="S-ONE", question=Sealed("q"), at=NOW),
    SupplyEvidence(challenge_id="CH-1", answer=Sealed("a"), files=("F-1",), at=NOW),
    ProposeRuling(
        challenge_id="CH-1", reviewer="S-ONE", upheld=True, reason="noise", ruling=Ruling(remedy="retake"), at=NOW
    ),
    DecideChallenge(challenge_id="CH-1", reviewer="S-TWO", agrees=True, reason="", at=NOW),
    DecideChallenge(challenge_id="CH-1", reviewer="S-TWO", agrees=False, reason="again", at=NOW),
    WithdrawChallenge(challenge_id="CH-1", at=NOW),
]


def facts_of(decider, commands):
    state, found = decider.initial, []
    for command in commands:
        try:
            decided = decider.decide(command, state)
        except Rejected:
            continue
        for event in decided:
            state = decider.evolve(state, event)
            found.append(Fact(event=event, source="testing", subject="C-ADA", number=len(found) + 1, recorded_at=NOW))
    return found


def rows_after(facts, *, flush_each):
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        for fact in facts:
            for projection in PLAN.projections:
                projection.project(rows, fact)
            if flush_each:
                rows.flush()
        rows.flush()
        return {
            table.name: sorted(map(str, connection.execute(select(table)).all())) for table in METADATA.sorted_tables
        }


@pytest.mark.parametrize(
    ("decider", "commands"), [(appointments, OF_APPOINTMENTS), (challenges, OF_CHALLENGES)], ids=["booked", "objected"]
)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_replay_equals_live(decider, commands, data):
    happened = data.draw(st.lists(st.sampled_from(commands), max_size=14))
    facts = facts_of(decider, [commands[0], *happened])
    live = rows_after(facts, flush_each=True)
    assert rows_after(facts, flush_each=False) == live


def test_the_status_in_the_list_is_the_status_of_the_decision():
    from services.testing.projections import appointments as listed

    facts = facts_of(appointments, [*OF_APPOINTMENTS[:1], OF_APPOINTMENTS[3], *OF_APPOINTMENTS[6:7]])
    state = appointments.initial
    with scratch_database(METADATA) as connection:
        rows = Rows(connection)
        for fact in facts:
            state = appointments.evolve(state, fact.event)
            listed.PROJECTION.project(rows, fact)
        rows.flush()
        assert listed.one(connection, "A-1").status == state.all["A-1"].status == "checked-in"
