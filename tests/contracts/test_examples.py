"""Every event has an example, and each example is what a subscriber may really receive."""

import json
from pathlib import Path

import jsonschema
import pytest
from cloudevents.core.bindings import rabbitmq
from cloudevents.core.formats.json import JSONFormat

import contracts
from contracts import envelope, generate, schema

EXAMPLES = Path(generate.CONTRACTS) / "examples"
FILES = sorted(EXAMPLES.rglob("*.json"))


def fits(document, its_schema):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(its_schema, format_checker=checker)
    return [error.message for error in validator.iter_errors(document)]


def name_of(path):
    return path.relative_to(EXAMPLES).as_posix()


def test_every_version_of_every_event_has_an_example():
    assert [name_of(path) for path in FILES] == sorted(generate.file_name(event) for event in contracts.ALL)


@pytest.mark.feature("F13.1")
@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_an_example_fits_the_schema_of_its_event(event):
    assert fits(generate.example_of(event)["data"], schema.schema_of(event)) == []


@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_an_example_shows_every_field_that_the_event_has(event):
    assert list(generate.example_of(event)["data"]) == list(schema.schema_of(event)["properties"])


@pytest.mark.feature("F13.1")
@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_an_example_travels_in_an_envelope_that_says_whose_it_is(event):
    example = generate.example_of(event)
    assert fits(example, envelope.SCHEMA) == []
    assert example["type"] == contracts.type_name(event)
    assert example["dataschema"] == contracts.schema_name(event)
    assert example["source"] == f"urn:certtrack:{event.source}"
    assert example["id"].split("/")[0] == event.source
    about = example["data"].get("candidate_id")
    assert (example.get("subject"), example["partitionkey"]) == (about, about or event.source)


@pytest.mark.feature("F13.1")
@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_cloudevents_library_reads_an_example_as_a_structured_message(path):
    body = path.read_bytes()
    message = rabbitmq.RabbitMQMessage(headers={}, content_type="application/cloudevents+json", body=body)
    event = rabbitmq.from_structured(message, JSONFormat())
    written = json.loads(body)
    assert event.get_data() == written["data"]
    assert event.get_type() == written["type"]
    assert event.get_id() == written["id"]
    assert event.get_time().isoformat() == written["time"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("taken_on", "20 April 2026"),
        ("taken_on", None),
        ("score", "871"),
        ("attempt", None),
        ("reported_at", "2026-04-21 06:31"),
    ],
)
def test_a_wrong_value_does_not_fit(field, wrong):
    data = generate.example_of(contracts.ExamPassed)["data"]
    assert len(fits({**data, field: wrong}, schema.schema_of(contracts.ExamPassed))) == 1


def test_a_missing_field_does_not_fit_and_a_later_one_does():
    data = generate.example_of(contracts.ExamPassed)["data"]
    less = {name: value for name, value in data.items() if name != "exam"}
    assert fits(less, schema.schema_of(contracts.ExamPassed)) == ["'exam' is a required property"]
    assert fits({**data, "language": "en"}, schema.schema_of(contracts.ExamPassed)) == []


@pytest.mark.parametrize(
    ("attribute", "wrong"),
    [
        ("id", "testing/0/17"),
        ("specversion", "0.3"),
        ("type", "ExamPassed"),
        ("source", "testing"),
        ("time", "yesterday"),
        ("subject", ""),
    ],
)
def test_an_envelope_with_a_wrong_attribute_does_not_fit(attribute, wrong):
    example = {**generate.example_of(contracts.ExamPassed), attribute: wrong}
    assert len(fits(example, envelope.SCHEMA)) == 1
