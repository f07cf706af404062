"""How a public event travels: the names of types and schemas, and the CloudEvents 1.0 envelope around the data."""

from typing import Any, ClassVar, NewType, Protocol

Sealed = NewType("Sealed", str)
"""Personal text encrypted with the candidate's own key; it reads as noise to everybody without that key."""


class Event(Protocol):
    """What every public event has; `source` owns it, `event_name` and `version` name its shape for ever.

    An event about a candidate has `candidate_id` as its first field; that is also the envelope's subject.
    """

    source: ClassVar[str]
    event_name: ClassVar[str]
    version: ClassVar[int]
    sealed: ClassVar[bool]


def type_name(event: type[Event]) -> str:
    """Give the envelope's `type`, such as `certtrack.testing.ExamPassed.v1`."""
    return f"certtrack.{event.source}.{event.event_name}.v{event.version}"


def schema_name(event: type[Event]) -> str:
    """Give the envelope's `dataschema`, such as `urn:certtrack:schema:testing:ExamPassed:v1`."""
    return f"urn:certtrack:schema:{event.source}:{event.event_name}:v{event.version}"


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "description": description, **more}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:certtrack:schema:envelope:v1",
    "title": "Envelope",
    "description": "A CloudEvents 1.0 event in structured JSON, as certtrack sends it.",
    "type": "object",
    "properties": {
        "specversion": {"const": "1.0"},
        "id": _text(
            "source/epoch/partition/sequence; the same id is the same event.",
            pattern="^[a-z]+/[A-Za-z0-9_-]+/[0-9]+/[1-9][0-9]*$",
        ),
        "source": _text("The service that owns the event.", pattern="^urn:certtrack:[a-z]+$"),
        "type": _text("The event's name and version.", pattern=r"^certtrack\.[a-z]+\.[A-Z][A-Za-z]*\.v[1-9][0-9]*$"),
        "subject": _text("The candidate's id; absent where an event concerns no candidate."),
        "time": _text("When the event was recorded, in UTC.", format="date-time"),
        "datacontenttype": {"const": "application/json"},
        "dataschema": _text("Name of the JSON Schema that `data` fits.", pattern="^urn:certtrack:schema:"),
        "partitionkey": _text("Events with the same key keep their order; normally the candidate's id."),
        "causationid": _text("Id of the command or event that led here."),
        "correlationid": _text("The same for everything that one request led to."),
        "traceparent": _text("W3C trace context.", pattern="^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"),
        "data": {"type": "object", "description": "The event itself."},
    },
    "required": [
        "specversion",
        "id",
        "source",
        "type",
        "time",
        "datacontenttype",
        "dataschema",
        "partitionkey",
        "data",
    ],
    "additionalProperties": True,
}
"""JSON Schema of the envelope; `data` has a schema of its own per type."""
