"""Schemas and the catalogue page are derived from the dataclasses, and committed as derived."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

import jsonschema
import pytest

import contracts
from contracts import generate, schema, words


def test_what_is_committed_is_what_is_generated():
    assert generate.drift() == []


@pytest.mark.parametrize("event", contracts.ALL, ids=contracts.type_name)
def test_a_schema_is_valid_json_schema(event):
    jsonschema.Draft202012Validator.check_schema(schema.schema_of(event))


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit:
    """A lamp was lit."""

    source: ClassVar[str] = "lighthouse"
    event_name: ClassVar[str] = "LampLit"
    version: ClassVar[int] = 2
    sealed: ClassVar[bool] = False

    candidate_id: str
    kit: Literal["none", "plaque"]
    pdf: bool
    evidence: tuple[str, ...]
    expires_on: date | None
    score: int | None = None


def test_a_schema_follows_from_the_fields_of_the_dataclass():
    described = {name: words.FIELDS[name] for name in ("candidate_id", "kit", "pdf", "evidence", "expires_on", "score")}
    assert schema.schema_of(LampLit) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:certtrack:schema:lighthouse:LampLit:v2",
        "title": "LampLit",
        "description": "A lamp was lit.",
        "type": "object",
        "properties": {
            "candidate_id": {"type": "string", "description": described["candidate_id"]},
            "kit": {"type": "string", "enum": ["none", "plaque"], "description": described["kit"]},
            "pdf": {"type": "boolean", "description": described["pdf"]},
            "evidence": {"type": "array", "items": {"type": "string"}, "description": described["evidence"]},
            "expires_on": {"type": ["string", "null"], "format": "date", "description": described["expires_on"]},
            "score": {"type": ["integer", "null"], "description": described["score"]},
        },
        "required": ["candidate_id", "kit", "pdf", "evidence", "expires_on"],
        "additionalProperties": True,
    }


@pytest.mark.parametrize("hint", [float, bytes, dict[str, str], int | str, int | str | None])
def test_a_type_that_events_do_not_use_is_refused(hint):
    with pytest.raises(TypeError, match="public events do not use"):
        schema.type_schema(hint)


def test_every_word_is_explained_and_no_explanation_is_left_over():
    used = {name for event in contracts.ALL for name in schema.schema_of(event)["properties"]}
    assert used == set(words.FIELDS)


def test_every_event_is_listed_with_who_listens():
    assert [event.event_name for event in contracts.ALL] == list(words.LISTENERS)


def test_the_file_of_a_schema_that_nothing_derives_any_more_is_found(tmp_path, monkeypatch):
    left_over = tmp_path / "schemas" / "testing" / "ExamDreamt.v1.json"
    left_over.parent.mkdir(parents=True)
    left_over.write_text("{}")
    monkeypatch.setattr(generate, "CONTRACTS", tmp_path)
    monkeypatch.setattr(generate, "generated", dict)
    assert generate.drift() == [left_over]
    generate.write()
    assert generate.drift() == []
