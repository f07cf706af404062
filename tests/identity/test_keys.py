import base64

import pytest

from chassis.command_handling import Unit
from services.identity.adapters.keys import LocalKeys
from services.identity.projections import keys as table
from services.identity.service.parts import parts_of


@pytest.fixture
def keys(frame) -> LocalKeys:
    return parts_of(frame).keys


def destroy(frame, keys: LocalKeys, candidate_id: str) -> None:
    frame.committer.perform(Unit(writes=[lambda rows: keys.destroy(rows, candidate_id)]), timeout=5)


def test_a_key_is_made_once(keys):
    made = keys.create("ada")
    assert (len(made), keys.create("ada"), keys.keys_for({"ada"})) == (32, made, {"ada": made})


def test_each_candidate_has_another_key(keys):
    assert keys.create("ada") != keys.create("grace")


@pytest.mark.rule("R-P1")
def test_a_destroyed_key_is_gone_for_good_even_for_a_late_retry(frame, keys):
    keys.create("ada")
    destroy(frame, keys, "ada")
    assert (keys.create("ada"), keys.keys_for(["ada"])) == (None, {"ada": None})


def test_two_who_make_the_same_key_at_once_get_the_same_one(frame, keys):
    first, second = b"1" * 32, b"2" * 32
    for wrapped in (first, second):
        text = base64.b64encode(wrapped).decode()
        frame.committer.perform(Unit(writes=[lambda rows, text=text: table.remember(rows, "ada", text)]), timeout=5)
    with frame.database.read() as connection:
        assert table.stored(connection, ["ada"]) == {"ada": base64.b64encode(first).decode()}


def test_keys_lie_wrapped(frame, keys):
    made = keys.create("ada")
    with frame.database.read() as connection:
        wrapped = table.stored(connection, ["ada"])["ada"]
    assert made not in base64.b64decode(wrapped)


def test_other_services_get_text_and_null_for_the_erased_and_the_unknown(frame, keys, asked_as):
    made = keys.create("ada")
    keys.create("grace")
    destroy(frame, keys, "grace")
    answer = asked_as().keys(["ada", "grace", "linus"])
    assert answer == {"ada": base64.b64encode(made).decode(), "grace": None, "linus": None}
