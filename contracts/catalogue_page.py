"""The catalogue of events as a page: for each its producer, its listeners, its fields and an example."""

import json
from typing import Any

from contracts.envelope import Event, type_name
from contracts.schema import schema_of
from contracts.words import LISTENERS

HEAD = """# Events

Every public event, its fields and an example. This page is written by `python -m contracts.generate`; edit the
dataclasses in `contracts/`, the words in `contracts/words.py` or the examples in `contracts/examples/` instead.

How events are delivered, and what is promised, is told in [partners.md](partners.md). The example of
`ExamPassed` shows the whole envelope; the others show `data` only.

| Event | Type | Told by | Heard by |
|---|---|---|---|
"""

WHOLE = "ExamPassed"
"""The event whose example is shown with its envelope."""


def page(examples: list[tuple[type[Event], dict[str, Any]]]) -> str:
    """Compose the page from events and their example envelopes."""
    rows = "".join(_row(event) for event, _ in examples)
    return HEAD + rows + "".join(_section(event, example) for event, example in examples)


def _row(event: type[Event]) -> str:
    anchor = event.event_name.lower()
    return f"| [{event.event_name}](#{anchor}) | `{type_name(event)}` | {event.source} | {_heard_by(event)} |\n"


def _heard_by(event: type[Event]) -> str:
    partners = () if event.sealed else ("partners",)
    return ", ".join((*LISTENERS[event.event_name], *partners))


def _section(event: type[Event], example: dict[str, Any]) -> str:
    shown = example if event.event_name == WHOLE else example["data"]
    sealed = "Sealed: it stays between our services.\n\n" if event.sealed else ""
    return (
        f"\n## {event.event_name}\n\n{event.__doc__}\n\n{sealed}| Field | Type | Meaning |\n|---|---|---|\n"
        + "".join(_field(name, schema) for name, schema in schema_of(event)["properties"].items())
        + f"\n```json\n{json.dumps(shown, indent=2, ensure_ascii=False)}\n```\n"
    )


def _field(name: str, schema: dict[str, Any]) -> str:
    return f"| `{name}` | {_type(schema)} | {schema['description']} |\n"


def _type(schema: dict[str, Any]) -> str:
    kinds: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join([_kind(schema, kinds[0]), *kinds[1:]])


def _kind(schema: dict[str, Any], plain: str) -> str:
    if "enum" in schema:
        return " / ".join(f"`{value}`" for value in schema["enum"])
    if "items" in schema:
        return f"list of {schema['items']['type']}"
    return str(schema.get("format", plain))
