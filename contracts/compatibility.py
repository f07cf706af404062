"""Compares every schema with the last released one (`python -m contracts.compatibility`; `--release` after a release).

Fields are only ever added, and an added one has a default, because subscribers read old events for ever.
"""

import json
import sys
from pathlib import Path
from typing import Any

from contracts.generate import as_text

CONTRACTS = Path(__file__).parent
SCHEMAS = CONTRACTS / "schemas"
RELEASED = CONTRACTS / "released"
SHAPE = ("type", "format", "items", "enum", "const", "pattern")
"""The parts of a field's schema that readers rely on; its description may be reworded."""

Schema = dict[str, Any]


def breaches(released: Schema, current: Schema) -> list[str]:
    """Say what would break a reader of the released shape; empty when nothing does."""
    before, after = released["properties"], current["properties"]
    kept = [field for field in before if field in after]
    removed = [f"{field}: removed" for field in before if field not in after]
    changed = [f"{field}: changed its type" for field in kept if _shape(before[field]) != _shape(after[field])]
    return [*_renamed(released, current), *removed, *changed, *_presence(released, current)]


def _renamed(released: Schema, current: Schema) -> list[str]:
    return [f"{word}: changed" for word in ("$id", "title") if released[word] != current[word]]


def _presence(released: Schema, current: Schema) -> list[str]:
    before, after = released["properties"], current["properties"]
    always, still = set(released["required"]), set(current["required"])
    optional = [f"{field}: no longer always there" for field in before if field in after and field in always - still]
    demanded = [f"{field}: older events do not have it" for field in after if field in still - always]
    closed = [] if current["additionalProperties"] else ["additionalProperties: closed to later fields"]
    return [*optional, *demanded, *closed]


def _shape(field: Schema) -> Schema:
    return {part: field[part] for part in SHAPE if part in field}


def check(released: Path, current: Path) -> list[str]:
    """Compare two folders of schemas, file by file; each finding starts with the file's name."""
    findings = []
    for path in sorted(released.rglob("*.json")):
        name = path.relative_to(released).as_posix()
        successor = current / name
        if successor.is_file():
            findings += [f"{name}: {breach}" for breach in breaches(_read(path), _read(successor))]
        else:
            findings.append(f"{name}: the event is gone")
    return findings


def release(released: Path, current: Path) -> None:
    """Remember the current schemas as the released ones; ValueError when they would break a reader."""
    findings = check(released, current)
    if findings:
        raise ValueError("; ".join(findings))
    for path in sorted(current.rglob("*.json")):
        target = released / path.relative_to(current)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_text(_read(path)), "utf-8")


def _read(path: Path) -> Schema:
    schema: Schema = json.loads(path.read_text("utf-8"))
    return schema


if __name__ == "__main__":
    found = check(RELEASED, SCHEMAS)
    if found:
        sys.exit("\n".join(found))
    if sys.argv[1:] == ["--release"]:
        release(RELEASED, SCHEMAS)
