from datetime import date

import pytest
from marshmallow import ValidationError
from sqlalchemy import inspect, select, text

from chassis.errors import NotFound, Rejected
from services.identity.domain.profile import age_on
from services.identity.projections import emails
from services.identity.projections import keys as key_table
from tests.identity.front_door import HOME, claims_of, facts, refused


@pytest.mark.rule("R-P1")
def test_facts_and_public_log_hold_nothing_personal_in_the_clear(frame, asked_as, registered_ada):
    asked_as().change_address(registered_ada, **HOME)
    asked_as().log_in("ada@example.org", "correct horse battery")
    with pytest.raises(Rejected):
        asked_as().log_in("ada@example.org", "wrong horse battery")
    for table in ("events", "outbox", "commands_seen", "effects", "sessions", "credentials", "email_lookups"):
        assert _found(frame, table) == set(), table
    assert {"Lovelace", "ada@", "St James"} <= _found(frame, "profiles")


@pytest.mark.rule("R-P1")
def test_after_an_erasure_no_table_holds_anything_personal(frame, asked_as, registered_ada):
    asked_as().change_address(registered_ada, **HOME)
    asked_as().erase(registered_ada)
    with frame.database.read() as connection:
        tables = inspect(connection).get_table_names()
        assert connection.execute(select(emails.table)).all() == []
        assert key_table.stored(connection, [registered_ada]) == {registered_ada: None}
    assert {table: _found(frame, table) for table in tables} == {table: set() for table in tables}


def _found(frame, table: str) -> set[str]:
    with frame.database.read() as connection:
        content = repr(connection.execute(text(f"SELECT * FROM {table}")).all())
    return {word for word in ("Lovelace", "ada@", "St James", "correct horse", "argon2id") if word in content}


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F2.1")
@pytest.mark.feature("F2.3")
def test_the_last_answer_completes_the_profile(frame, asked_as, registered_ada):
    asked_as().give_birth_date(registered_ada, "1990-12-10")
    asked_as().answer_news(registered_ada, wanted=True)
    assert asked_as().profile(registered_ada)["missing"] == ["address"]
    written = asked_as("move").change_address(registered_ada, **HOME)
    profile = asked_as().profile(registered_ada)
    assert profile["address"] == {**HOME, "lines": ["12 St James's Square"]}
    assert (profile["complete"], written["warnings"], written["written"][0]) == (True, [], "identity")
    assert (profile["missing"], profile["birth_date"], profile["wants_news"]) == ([], "1990-12-10", True)
    assert facts(frame)[-2:] == ["address-changed", "profile-completed"]


@pytest.mark.feature("F1.12")
def test_a_token_says_that_the_profile_is_complete(asked_as, registered_ada):
    session = asked_as().log_in("ada@example.org", "correct horse battery")
    assert "complete" not in claims_of(session["token"])
    asked_as().give_birth_date(registered_ada, "1990-12-10")
    asked_as().answer_news(registered_ada, wanted=False)
    asked_as().change_address(registered_ada, **HOME)
    assert claims_of(asked_as().refresh(session["session"])["token"])["complete"] is True


@pytest.mark.feature("F1.15")
def test_the_birth_date_is_given_once_and_stands_in_no_fact(frame, asked_as, registered_ada):
    asked_as().give_birth_date(registered_ada, "1990-12-10")
    refused("birth-date-given", asked_as().give_birth_date, registered_ada, "1990-12-11")
    with frame.database.read() as connection:
        assert "1990-12-10" not in repr(connection.execute(text("SELECT data FROM events")).all())


@pytest.mark.rule("R-M1")
@pytest.mark.parametrize(
    ("years", "code"),
    [
        (-1, "birth-date-impossible"), (12, "too-young"), (13, None), (120, None), (121, "birth-date-impossible"),
    ],
)  # fmt: skip
def test_children_under_13_are_stopped(frame, asked_as, registered_ada, years, code):
    today = frame.clock.today()
    born = today.replace(year=today.year - years, day=min(today.day, 28)).isoformat()
    if code:
        refused(code, asked_as().give_birth_date, registered_ada, born)
    else:
        asked_as().give_birth_date(registered_ada, born)


@pytest.mark.rule("R-M1")
@pytest.mark.feature("F2.3")
def test_minors_get_no_news_whatever_they_answered_before(frame, asked_as, registered_ada):
    asked_as().answer_news(registered_ada, wanted=True)
    asked_as().give_birth_date(registered_ada, f"{frame.clock.today().year - 15}-01-01")
    assert asked_as().profile(registered_ada)["wants_news"] is False
    refused("minors-get-no-news", asked_as().answer_news, registered_ada, wanted=True)


@pytest.mark.rule("R-M1")
def test_a_birthday_on_29_february_is_over_on_1_march():
    assert [age_on(date(2012, 2, 29), day) for day in (date(2025, 2, 28), date(2025, 3, 1))] == [12, 13]


@pytest.mark.feature("F2.2")
@pytest.mark.rule("R-D1")
def test_a_box_is_refused_with_its_line(asked_as, registered_ada):
    boxed = HOME | {"lines": ["12 St James's Square", "P.O. Box 7"]}
    assert refused("po-box-address", asked_as().change_address, registered_ada, **boxed) == {"line": 2}
    assert asked_as().profile(registered_ada)["complete"] is False


@pytest.mark.rule("R-D2")
def test_a_private_mailbox_is_taken_with_a_warning(asked_as, registered_ada):
    shop = HOME | {"lines": ["345 Main St", "PMB 12"]}
    assert asked_as().change_address(registered_ada, **shop)["warnings"] == ["private-mailbox"]


@pytest.mark.feature("F2.1")
@pytest.mark.parametrize(
    ("field", "value"),
    [("lines", []), ("lines", ["", " "]), ("lines", ["1", "2", "3", "4"]), ("country", "")],
)
def test_a_malformed_address_is_refused_by_field(asked_as, registered_ada, field, value):
    with pytest.raises(ValidationError) as invalid:
        asked_as().change_address(registered_ada, **HOME | {field: value})
    assert list(invalid.value.messages) == [field]


def test_nobody_has_no_profile_and_no_address(asked_as):
    with pytest.raises(NotFound):
        asked_as().profile("nobody")
    with pytest.raises(NotFound):
        asked_as().change_address("nobody", **HOME)
