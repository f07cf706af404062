"""Fields are only ever added: each way to break a reader is found before it is released."""

import json

import pytest

import contracts
from contracts import compatibility
from contracts.schema import schema_of

RELEASED = schema_of(contracts.KitClaimed)


def changed(**parts):
    return {**RELEASED, **parts}


def with_field(name, its_schema):
    return changed(properties={**RELEASED["properties"], name: its_schema})


def without_field(name):
    return changed(
        properties={field: its for field, its in RELEASED["properties"].items() if field != name},
        required=[field for field in RELEASED["required"] if field != name],
    )


@pytest.mark.feature("F13.1")
def test_no_committed_schema_breaks_a_reader_of_the_released_one():
    assert compatibility.check(compatibility.RELEASED, compatibility.SCHEMAS) == []


def test_the_same_schema_breaks_nothing():
    assert compatibility.breaches(RELEASED, RELEASED) == []


@pytest.mark.feature("F13.1")
def test_an_added_field_with_a_default_breaks_nothing():
    assert compatibility.breaches(RELEASED, with_field("carrier", {"type": ["string", "null"]})) == []


def test_other_words_of_description_break_nothing():
    current = with_field("order_number", {**RELEASED["properties"]["order_number"], "description": "Ask for it."})
    assert compatibility.breaches(RELEASED, {**current, "description": "Somebody wants the kit."}) == []


def test_a_removed_field_is_found():
    assert compatibility.breaches(RELEASED, without_field("kind")) == ["kind: removed"]


@pytest.mark.parametrize(
    "its_schema",
    [
        {"type": "integer"},
        {"type": ["string", "null"], "format": "date"},
        {"type": "string"},
        {"type": "string", "format": "date-time"},
    ],
)
def test_a_changed_type_is_found(its_schema):
    assert compatibility.breaches(RELEASED, with_field("claimed_on", its_schema)) == ["claimed_on: changed its type"]


def test_another_value_in_a_closed_list_is_found():
    wider = {"type": "string", "enum": ["certificate", "plaque", "jacket"]}
    assert compatibility.breaches(RELEASED, with_field("kind", wider)) == ["kind: changed its type"]


def test_a_field_that_is_no_longer_always_there_is_found():
    required = [field for field in RELEASED["required"] if field != "kit_id"]
    assert compatibility.breaches(RELEASED, changed(required=required)) == ["kit_id: no longer always there"]


def test_an_added_field_that_older_events_do_not_have_is_found():
    current = with_field("carrier", {"type": "string"})
    current["required"] = [*RELEASED["required"], "carrier"]
    assert compatibility.breaches(RELEASED, current) == ["carrier: older events do not have it"]


def test_a_schema_closed_to_later_fields_is_found():
    assert compatibility.breaches(RELEASED, changed(additionalProperties=False)) == [
        "additionalProperties: closed to later fields"
    ]


def test_another_name_is_found():
    current = changed(title="KitOrdered")
    assert compatibility.breaches(RELEASED, current) == ["title: changed"]


def store(folder, schema):
    folder.mkdir(parents=True)
    (folder / "KitClaimed.v1.json").write_text(json.dumps(schema))


def test_a_vanished_event_is_found(tmp_path):
    store(tmp_path / "released" / "fulfillment", RELEASED)
    (tmp_path / "schemas").mkdir()
    findings = compatibility.check(tmp_path / "released", tmp_path / "schemas")
    assert findings == ["fulfillment/KitClaimed.v1.json: the event is gone"]


def test_a_release_remembers_what_breaks_nothing(tmp_path):
    store(tmp_path / "schemas" / "fulfillment", RELEASED)
    compatibility.release(tmp_path / "released", tmp_path / "schemas")
    assert json.loads((tmp_path / "released" / "fulfillment" / "KitClaimed.v1.json").read_text()) == RELEASED


def test_a_release_refuses_what_breaks_a_reader(tmp_path):
    store(tmp_path / "released" / "fulfillment", RELEASED)
    store(tmp_path / "schemas" / "fulfillment", without_field("kind"))
    with pytest.raises(ValueError, match=r"fulfillment/KitClaimed\.v1\.json: kind: removed"):
        compatibility.release(tmp_path / "released", tmp_path / "schemas")
