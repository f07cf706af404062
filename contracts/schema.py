"""A JSON Schema (2020-12) for each public event, derived from its dataclass."""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from contracts.envelope import Event, Sealed, schema_name
from contracts.words import FIELDS, SEALED_NAME

DIALECT = "https://json-schema.org/draft/2020-12/schema"

PLAIN: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Sealed: {"type": "string"},
}
"""Types that need no further look."""


def schema_of(event: type[Event]) -> dict[str, Any]:
    """Describe the event's `data`; fields may be added later, so readers accept what they do not know."""
    hints = get_type_hints(event)
    fields = dataclasses.fields(event)  # type: ignore[arg-type]  # every event is a dataclass; a protocol cannot say so
    return {
        "$schema": DIALECT,
        "$id": schema_name(event),
        "title": event.event_name,
        "description": event.__doc__,
        "type": "object",
        "properties": {f.name: described(f.name, hints[f.name]) for f in fields},
        "required": [f.name for f in fields if f.default is f.default_factory is dataclasses.MISSING],
        "additionalProperties": True,
    }


def described(name: str, hint: object) -> dict[str, Any]:
    """Give the schema of one field, with the meaning of its name."""
    meaning = SEALED_NAME if (name, hint) == ("name", Sealed) else FIELDS[name]
    return {**type_schema(hint), "description": meaning}


def type_schema(hint: object) -> dict[str, Any]:
    """Translate one type; TypeError for one that events do not use."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    translate = COMPOSED.get(get_origin(hint))
    if translate is None:
        raise TypeError(f"public events do not use {hint}")
    return translate(get_args(hint))


def _nullable(options: tuple[object, ...]) -> dict[str, Any]:
    if len(options) != 2 or NoneType not in options:  # noqa: PLR2004  # a type, or nothing
        raise TypeError(f"public events do not use a choice of {options}")
    schema = type_schema(next(option for option in options if option is not NoneType))
    return {**schema, "type": [schema["type"], "null"]}


def _several(items: tuple[object, ...]) -> dict[str, Any]:
    return {"type": "array", "items": type_schema(items[0])}


def _one_of(values: tuple[object, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


COMPOSED: dict[object, Callable[[tuple[Any, ...]], dict[str, Any]]] = {
    UnionType: _nullable,
    Union: _nullable,
    tuple: _several,
    Literal: _one_of,
}
"""Types made of others, by their origin."""
