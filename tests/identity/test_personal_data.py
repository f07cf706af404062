import pytest
from marshmallow import ValidationError
from sqlalchemy import inspect, select, text

from chassis.errors import NotFound, Rejected
from services.identity.projections import emails
from services.identity.projections import keys as key_table
from tests.identity.front_door import HOME, facts, refused


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
def test_an_address_completes_the_profile(frame, asked_as, registered_ada):
    written = asked_as("move").change_address(registered_ada, **HOME)
    profile = asked_as().profile(registered_ada)
    assert profile["address"] == {**HOME, "lines": ["12 St James's Square"]}
    assert (profile["complete"], written["warnings"], written["written"][0]) == (True, [], "identity")
    assert facts(frame)[-2:] == ["address-changed", "profile-completed"]


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
    [("lines", []), ("lines", ["", " "]), ("lines", ["1", "2", "3", "4"]), ("city", ""), ("country", "")],
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
