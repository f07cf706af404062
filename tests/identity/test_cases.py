"""Cases: opened by anybody, read by their owner only, answered by support, and mappings that two people grant."""

from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError
from sqlalchemy import text

from chassis.clock import Clock
from chassis.decider import Sealed
from chassis.errors import NotFound
from chassis.service import Effect
from chassis.testing import given
from services.identity.domain.case import (
    MOST_MESSAGES,
    AnswerCase,
    CaseAnswered,
    CaseClosed,
    CaseOpened,
    CaseReplied,
    CloseCase,
    OpenCase,
    ReplyToCase,
    case,
)
from tests.identity.front_door import mailed, refused

pytestmark = pytest.mark.feature("F1.16")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OPENED = CaseOpened(kind="other", text=Sealed("box"), contact=None, opened_at=NOON)
ANSWERED = CaseAnswered(text=Sealed("box"), by="GRACE", waits=True, answered_at=NOON)
REPLIED = CaseReplied(text=Sealed("box"), replied_at=NOON)
CLOSED = CaseClosed(outcome="solved", by="GRACE", closed_at=NOON)
CLOSE = CloseCase(outcome="solved", by="GRACE", at=NOON)
BOOKED = {
    "provider_id": "VUE-1815", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org",
    "booked_on": "2022-09-26",
}  # fmt: skip
WORK = ["cases.work"]


def test_a_case_is_opened_answered_replied_to_and_closed():
    given(case).when(OpenCase(kind="other", text=Sealed("box"), contact=None, at=NOON)).then(OPENED)
    given(case, OPENED).when(AnswerCase(text=Sealed("box"), by="GRACE", waits=True, at=NOON)).then(ANSWERED)
    given(case, OPENED, CLOSED).when(ReplyToCase(text=Sealed("box"), at=NOON)).then(REPLIED)
    given(case, OPENED).when(CLOSE).then(CLOSED)
    given(case, OPENED, CLOSED).when(CLOSE).then_nothing()
    given(case, OPENED, CLOSED, REPLIED).when(CLOSE).then(CLOSED)


def test_nothing_is_written_where_there_is_no_case_or_no_room():
    given(case).when(ReplyToCase(text=Sealed("box"), at=NOON)).then_rejected("case-unknown")
    given(case).when(CLOSE).then_rejected("case-unknown")
    full = [OPENED, *[REPLIED] * (MOST_MESSAGES - 1)]
    given(case, *full).when(ReplyToCase(text=Sealed("box"), at=NOON)).then_rejected("case-full")


def test_a_candidates_case_is_read_by_its_owner_only(asked_as, registered_ada):
    case_id = asked_as().open_case("other", "Help!\r\nPlease.", registered_ada)["case_id"]
    asked_as().answer_case(case_id, "How?", "GRACE", waits=True)
    shown = asked_as().case(case_id, registered_ada)
    assert [(one["text"], one["from_support"]) for one in shown["messages"]] == [
        ("Help!\nPlease.", False),
        ("How?", True),
    ]
    assert shown["state"] == "waiting"
    asked_as().reply_to_case(case_id, "Like this.", registered_ada)
    assert asked_as().cases(registered_ada)[0]["state"] == "open"
    for stranger in ("", "linus"):
        with pytest.raises(NotFound):
            asked_as().case(case_id, stranger)


def test_a_visitors_case_opens_by_the_mailed_link_only(frame, asked_as, settings):
    case_id = asked_as().open_case("other", "I cannot log in.", "", "grace@example.org")["case_id"]
    [payload] = mailed(frame, case_id)
    asked_as().send_mail(Effect("key", "mail", case_id, payload, NOON))
    [mail] = asked_as().mailbox("grace@example.org")
    key = mail["text"].partition("?key=")[2].split()[0]
    assert asked_as().case(case_id, "", key)["messages"][0]["text"] == "I cannot log in."
    for wrong in ("", "forged"):
        with pytest.raises(NotFound):
            asked_as().case(case_id, "", wrong)
    with frame.database.read() as connection:
        assert "grace@" not in repr(connection.execute(text("SELECT data FROM events")).all())


def test_a_visitor_needs_an_address_for_the_answer(asked_as):
    with pytest.raises(ValidationError):
        asked_as().open_case("other", "Help", "", "nonsense")


def test_support_works_on_those_that_wait_longest_first(asked_as, registered_ada):
    first, second = (asked_as().open_case("other", "Help", registered_ada)["case_id"] for _ in range(2))
    assert [one["case_id"] for one in asked_as().case_queue()["cases"]] == [first, second]
    asked_as().close_case(first, "solved", "GRACE")
    assert asked_as().case_queue()["total"] == 1
    assert asked_as().case_queue("solved")["total"] == 1


@pytest.mark.rule("R-P1")
def test_an_erased_persons_cases_are_gone(frame, asked_as, registered_ada):
    asked_as().open_case("other", "My name is Ada Lovelace", registered_ada)
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        assert connection.execute(text("SELECT * FROM cases")).all() == []
        assert connection.execute(text("SELECT * FROM case_messages")).all() == []


@pytest.fixture
def legacy(asked_as, registered_ada) -> tuple[str, str, str]:
    """Ada's account, her record with an old booking, and her case."""
    record = asked_as().report_candidate(**BOOKED)["candidate_id"]
    asked_as().log_in("ada@example.org", "correct horse battery")
    case_id = asked_as().open_case("legacy-booking", "It is me.", registered_ada)["case_id"]
    return registered_ada, record, case_id


@pytest.mark.feature("F1.11")
def test_two_people_join_an_old_booking_with_its_account(asked_as, legacy):
    account_id, record, case_id = legacy
    at_work = asked_as().case_at_work(case_id)
    assert (at_work["mapping"], [one["candidate_id"] for one in at_work["records"]]) == ("legacy-booking", [record])
    arguments = {"case_id": case_id, "candidate_id": record}
    asked = asked_as().propose("mapping-grant", account_id, arguments, "photo id seen", "GRACE", WORK)
    refused("second-person-needed", asked_as().approve, asked["proposal_id"], "GRACE", WORK)
    asked_as().approve(asked["proposal_id"], "LINUS", WORK)
    assert asked_as().log_in("ada@example.org", "correct horse battery")["candidate_id"] == record
    assert asked_as().case_queue("solved")["total"] == 1
    assert asked_as().profile(record)["name"] == "Ada Lovelace"


@pytest.mark.feature("F1.9")
def test_a_refused_mapping_case_may_be_asked_again(asked_as, legacy):
    account_id, _, case_id = legacy
    asked_as().close_case(case_id, "refused", "GRACE")
    assert asked_as().profile(account_id)["mapping"] == ""
    asked_as().log_in("ada@example.org", "correct horse battery")
    assert asked_as().profile(account_id)["mapping"] == "legacy-booking"


@pytest.mark.feature("F1.9")
def test_a_mapping_is_not_granted_to_a_record_that_is_taken_or_not_there(asked_as, legacy, joined):
    account_id, _, case_id = legacy
    taken = asked_as().report_candidate(
        **BOOKED | {"provider_id": "VUE-1906", "email": "grace@example.org", "booked_on": "2024-01-01"}
    )["candidate_id"]
    joined("grace", email="grace@example.org")
    arguments = {"case_id": case_id, "candidate_id": taken}
    refused("record-taken", asked_as().propose, "mapping-grant", account_id, arguments, "why", "GRACE", WORK)
    with pytest.raises(NotFound):
        asked_as().propose("mapping-grant", account_id, arguments | {"candidate_id": "X"}, "why", "GRACE", WORK)


@pytest.mark.feature("F12.1")
def test_the_report_tells_how_long_cases_wait(frame, asked_as, joined, monkeypatch):
    ada = joined("ada")
    closed = asked_as("1").open_case("other", "Help", candidate_id=ada)["case_id"]
    asked_as("2").open_case("other", "More help", candidate_id=ada)
    asked_as("3").open_case("merge", "Two of me", candidate_id=ada)
    asked_as().close_case(closed, "solved", "VERA")
    monkeypatch.setattr(frame, "clock", Clock(offset_days=9, mode="test"))
    assert asked_as().report_case_ages("") == {
        "rows": [{"kind": "merge", "open": 1, "oldest_days": 9}, {"kind": "other", "open": 1, "oldest_days": 9}],
        "next": None,
    }
