"""Writes what is derived from the dataclasses: schemas and docs/events.md (`python -m contracts.generate`)."""

import json
import sys
from pathlib import Path
from typing import Any

from contracts import ALL, Event, envelope
from contracts.catalogue_page import page
from contracts.schema import schema_of

CONTRACTS = Path(__file__).parent
ROOT = CONTRACTS.parent


def file_name(event: type[Event]) -> str:
    """Where an event's schema and example lie below their folders, such as `testing/ExamPassed.v1.json`."""
    return f"{event.source}/{event.event_name}.v{event.version}.json"


def as_text(document: dict[str, Any]) -> str:
    """Write JSON as committed: two spaces, readable letters, a final newline."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def example_of(event: type[Event]) -> dict[str, Any]:
    """Read the event's hand-written example, a whole envelope."""
    example: dict[str, Any] = json.loads((CONTRACTS / "examples" / file_name(event)).read_text("utf-8"))
    return example


def generated() -> dict[Path, str]:
    """Everything derived: path and text."""
    files = {CONTRACTS / "schemas" / file_name(event): as_text(schema_of(event)) for event in ALL}
    files[CONTRACTS / "schemas" / "envelope.v1.json"] = as_text(envelope.SCHEMA)
    files[ROOT / "docs" / "events.md"] = page([(event, example_of(event)) for event in ALL])
    return files


def drift() -> list[Path]:
    """List the files that differ from what is derived, and schemas that nothing derives any more."""
    files = generated()
    changed = [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]
    return changed + [path for path in (CONTRACTS / "schemas").rglob("*.json") if path not in files]


def write() -> None:
    """Bring the committed files up to date."""
    files = generated()
    for path in drift():
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(f"out of date: {path.relative_to(ROOT)}" for path in drift()) or 0)
    write()
