"""Read models: right on every day without a timer, and the same when replayed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from chassis.decider import Fact, Rejected
from chassis.projections import Rows
from chassis.serialization import from_plain, to_json
from chassis.testing import scratch_database
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.commands import (
    Command,
    Extend,
    GrantEmeritus,
    RecordAgreement,
    RecordClaim,
    RecordExam,
    Review,
    RevokeExam,
)
from services.certification.domain.fold import fold
from services.certification.domain.record import record
from services.certification.domain.standing import Record, balance_on
from services.certification.domain.state import State, agreement_stands, evolve
from services.certification.domain.withholding import without_new_earnings
from services.certification.projections import (
    METADATA,
    balance,
    candidates,
    expirations,
    history,
    reviews,
    status,
)
from services.certification.vocabulary import VOCABULARY
from tests.certification.examples import CATALOGUE, day

PROJECTIONS = [each.PROJECTION for each in (status, history, expirations, balance, reviews, candidates)]
ADA = "CAND0000ADA"
EXAMS = ["100-150", "200-301", "350-401", "300-410", "300-415", "LAB-EI", "350-701", "300-710", "500-220"]
STARTS = [date(2022, 1, 1), date(2025, 6, 1)]
"""Stories from the later day on often run into the newer agreement that earnings wait for from 2027 on (R-Q1)."""
UNGATED = replace(CATALOGUE, agreements=())


@contextmanager
def projected(events: Iterable[Any]) -> Iterator[Connection]:
    with scratch_database(METADATA) as connection:
        project(connection, events)
        yield connection


def project(connection: Connection, events: Iterable[Any], first: int = 1) -> None:
    rows = Rows(connection)
    for number, event in enumerate(events, start=first):
        fact = Fact(
            event=event,
            source="certification",
            subject=ADA,
            number=number,
            recorded_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        for projection in PROJECTIONS:
            projection.project(rows, fact)
    rows.flush()


def rows_of(connection: Connection) -> dict[str, list[Any]]:
    return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in METADATA.sorted_tables}


def takes(exam: str, on: str) -> RecordExam:
    return RecordExam(
        result_id=f"{exam}/{on}", exam=exam, taken_on=day(on), passed=True, today=day(on), catalogue=CATALOGUE
    )


def state_after(events: Iterable[Any]) -> State:
    state = State()
    for event in events:
        state = evolve(state, event)
    return state


def told(*commands: Command) -> list[Any]:
    """The facts of commands in their order; refused ones add none."""
    state, events = State(), []
    for command in commands:
        try:
            new = record.decide(command, state)
        except Rejected:
            continue
        for event in new:
            state = evolve(state, event)
        events += new
    return events


@st.composite
def stories(draw):
    """What `command_of` makes commands of, on ascending days, about those days or earlier ones."""
    today, commands = draw(st.sampled_from(STARTS)), []
    for number in range(draw(st.integers(1, 14))):
        today += timedelta(days=draw(st.integers(0, 500)))
        earlier = today - timedelta(days=draw(st.sampled_from([0, 0, 0, 20, 400])))
        what = draw(st.sampled_from(["exam"] * 5 + ["claim"] * 3 + ["revoke", "extend", "emeritus", "review"]))
        commands.append((what, number, draw(st.sampled_from(EXAMS)), today, earlier))
    return commands


def command_of(
    what: str, number: int, exam: str, today: date, earlier: date, catalogue: Catalogue = CATALOGUE
) -> Command:
    match what:
        case "exam":
            return RecordExam(
                result_id=f"r{number}",
                exam=exam,
                taken_on=earlier,
                passed=number % 5 > 0,
                today=today,
                catalogue=catalogue,
            )
        case "claim":
            return RecordClaim(
                item=exam[:3],
                credits=40 if number % 2 else 16,
                completed_on=earlier,
                submitted_on=earlier,
                decided_on=earlier,
                today=today,
                catalogue=catalogue,
            )
        case "revoke":
            result_id = f"r{max(number - 2, 0)}"
            return RevokeExam(
                result_id=result_id, revoked_on=today, reason="misconduct", today=today, catalogue=catalogue
            )
        case "extend":
            return Extend(days=180, extended_on=earlier, today=today, catalogue=catalogue)
        case "emeritus":
            return GrantEmeritus(granted_on=today, today=today, catalogue=catalogue)
    return Review(today=today, catalogue=catalogue)


def command_of_all(each: tuple[str, int, str, date, date]) -> Command:
    return command_of(*each)


def accepts(today: date) -> RecordAgreement:
    newest = CATALOGUE.agreements[-1].version
    return RecordAgreement(version=newest, accepted_on=today, place="portal", today=today, catalogue=CATALOGUE)


def shown(connection: Connection, today: date) -> tuple[dict[str, Any], list[str], int]:
    found = status.of_candidate(connection, ADA, today)
    lines = {
        line.certification: (line.status, line.active_on, line.expires_on, line.emeritus_until) for line in found.held
    }
    going = sorted(line.certification for line in found.in_progress)
    return lines, going, balance.on_day(connection, ADA, today)


def wanted(folded: Record, today: date) -> tuple[dict[str, Any], list[str], int]:
    lines = {}
    for title, standing in folded.standings.items():
        current = standing.current
        words = standing.status_on(today)
        words = "never_expires" if words == "active" and current.expires_on is None else words
        until = current.emeritus_until if words in {"active", "emeritus"} else None
        lines[title] = (words, current.active_on, current.expires_on, until)
    return lines, sorted(folded.in_progress_on(today)), balance_on(folded.balance, today)


@pytest.mark.feature("F4.1")
@pytest.mark.feature("F4.2")
@settings(max_examples=50, deadline=None)
@given(story=stories(), waiting=st.integers(0, 1500))
def test_a_reader_sees_on_any_day_what_the_fold_says_even_if_no_timer_ran(story, waiting):
    today = story[-1][3] + timedelta(days=waiting)
    events = told(*(command_of(*each, UNGATED) for each in story))
    folded = fold(state_after(events).evidence, UNGATED, today)
    with projected(events) as connection:
        assert shown(connection, today) == wanted(folded, today)


@pytest.mark.rule("R-Q1")
@settings(max_examples=40, deadline=None)
@given(story=stories(), waiting=st.integers(0, 1500))
def test_a_reader_sees_what_the_fold_says_but_for_earnings_that_wait_until_the_agreement_is_accepted(story, waiting):
    today = story[-1][3] + timedelta(days=waiting)
    events = told(*map(command_of_all, story))
    state = state_after(events)
    folded = fold(state.evidence, CATALOGUE, today)
    if not agreement_stands(state, CATALOGUE, story[-1][3]):
        folded = without_new_earnings(folded, state.told, today)
    with projected(events) as connection:
        assert shown(connection, today) == wanted(folded, today)


@pytest.mark.rule("R-Q1")
@settings(max_examples=20, deadline=None)
@given(story=stories(), waiting=st.integers(0, 1500))
def test_once_the_agreement_is_accepted_a_reader_sees_what_the_fold_says(story, waiting):
    today = story[-1][3] + timedelta(days=waiting)
    events = told(*map(command_of_all, story), accepts(today))
    folded = fold(state_after(events).evidence, CATALOGUE, today)
    with projected(events) as connection:
        assert shown(connection, today) == wanted(folded, today)


@settings(max_examples=20, deadline=None)
@given(story=stories())
def test_replay_equals_live(story):
    commands = [command_of(*each) for each in story]
    events = told(*commands)
    names = {kind: name for name, kind in VOCABULARY.items()}
    with projected([]) as live, projected([]) as replayed:
        for number, event in enumerate(events, start=1):
            project(live, [event], first=number)
        stored = [(names[type(event)], to_json(event)) for event in events]
        project(replayed, [from_plain(VOCABULARY[name], _loads(fields)) for name, fields in stored])
        assert rows_of(live) == rows_of(replayed)


def _loads(fields: bytes) -> Any:
    import orjson

    return orjson.loads(fields)


@settings(max_examples=25, deadline=None)
@given(story=stories(), waiting=st.integers(0, 1500))
def test_after_the_daily_job_nobody_is_due_any_more(story, waiting):
    last = story[-1][3]
    commands = [command_of(*each) for each in story]
    today = last + timedelta(days=waiting)
    with projected(told(*commands, Review(today=today, catalogue=CATALOGUE))) as connection:
        assert reviews.due(connection, today) == []


@pytest.mark.rule("R-Q1")
def test_progress_that_was_told_goes_on_to_its_last_day_while_the_earning_waits_and_then_ends_once():
    late = replace(takes("300-410", "2026-03-02"), today=day("2027-02-01"))
    events = told(takes("350-401", "2025-01-15"), late)
    with projected(events) as connection:
        before = shown(connection, day("2028-01-15"))[1]
        after = shown(connection, day("2028-01-16"))[1]
        due_before, due_after = (reviews.due(connection, day(each)) for each in ("2028-01-13", "2028-01-16"))
    assert (before, after) == (["ccnp-enterprise"], [])
    assert (due_before, due_after) == ([], [ADA])
    ended = told(takes("350-401", "2025-01-15"), late, Review(today=day("2028-01-16"), catalogue=CATALOGUE))
    with projected(ended) as connection:
        assert reviews.due(connection, day("2028-01-16")) == []
    again = record.decide(Review(today=day("2028-01-17"), catalogue=CATALOGUE), state_after(ended))
    assert again == []


@settings(max_examples=25, deadline=None)
@given(story=stories(), waiting=st.integers(0, 1500))
def test_who_is_not_due_has_no_news(story, waiting):
    last = story[-1][3]
    commands = [command_of(*each) for each in story]
    today = last + timedelta(days=waiting)
    events = told(*commands)
    state = state_after(events)
    with projected(events) as connection:
        due = reviews.due(connection, today)
    assert bool(due) == bool(record.decide(Review(today=today, catalogue=CATALOGUE), state))


@pytest.mark.feature("F4.1")
def test_the_status_lists_the_highest_level_first():
    events = told(takes("200-301", "2023-09-20"), takes("350-401", "2023-11-06"), takes("300-410", "2024-02-12"))
    with projected(events) as connection:
        found = status.of_candidate(connection, ADA, day("2024-02-12"))
    lines = [(line.abbreviation, line.group) for line in found.held]
    assert lines == [
        ("CCNP Enterprise", "Professional"),
        ("Specialist Enterprise Core", "Specialist"),
        ("Specialist Enterprise Advanced Infrastructure Implementation", "Specialist"),
        ("CCNA", "Associate"),
    ]


@pytest.mark.feature("F4.5")
@pytest.mark.rule("R-Q7")
def test_the_history_has_a_line_per_fact_newest_first():
    events = told(takes("200-301", "2024-05-29"), takes("350-401", "2026-01-14"))
    with projected(events) as connection:
        lines = history.of_candidate(connection, ADA)
        second_page = history.of_candidate(connection, ADA, page=2, page_size=2)
    assert [
        (str(line.happened_on), line.certification, line.what, line.old_expires_on, line.expires_on, line.reason)
        for line in lines
    ] == [
        ("2026-01-14", "spec-enterprise-core", "earned", None, day("2029-01-14"), None),
        ("2026-01-14", "ccna", "renewed", day("2027-05-29"), day("2029-01-14"), "exam"),
        ("2024-05-29", "ccna", "earned", None, day("2027-05-29"), None),
    ]
    assert second_page == lines[2:]


@pytest.mark.feature("F3.5")
def test_upcoming_expirations_come_soonest_first_and_include_today():
    events = told(takes("200-301", "2024-05-29"), takes("200-901", "2024-01-10"), takes("100-150", "2024-01-10"))
    with projected(events) as connection:
        soon = expirations.within(connection, ADA, today=day("2027-05-29"), days=180)
        later = expirations.within(connection, ADA, today=day("2027-05-30"), days=180)
    assert [(each.certification, str(each.expires_on)) for each in soon] == [
        ("ccna", "2027-05-29"),
        ("ccna-automation", "2027-05-29"),
    ]
    assert later == []


def test_candidates_are_listed_in_pages():
    with projected(told(takes("200-301", "2024-05-29"))) as connection:
        assert candidates.page(connection) == [ADA]
        assert candidates.page(connection, after=ADA) == []
