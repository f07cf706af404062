"""Events to JSON and back: one converter for stored facts, public events and states."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import cattrs
import orjson

from chassis.decider import Sealed

_CONVERTER = cattrs.Converter(forbid_extra_keys=False)


def _exactly(value: Any, kind: type) -> Any:
    """Nothing is coerced: a wrong type in a stored or received event is an error, not the text "None"."""
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


for _kind in (str, int, bool):
    _CONVERTER.register_structure_hook(_kind, _exactly)
_CONVERTER.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
_CONVERTER.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))


def to_json(event: Any) -> bytes:
    """The event's fields as JSON; dates and moments in ISO 8601."""
    return orjson.dumps(event)


def from_plain(kind: type, fields: Mapping[str, Any]) -> Any:
    """The event of this class from its parsed JSON; unknown fields are ignored, so producers may add some."""
    return _CONVERTER.structure(fields, kind)


_KNOWN: dict[type, tuple[str, ...]] = {}


def sealed_fields(kind: type) -> tuple[str, ...]:
    """Names of the fields of an event class that hold sealed text; a contract's own NewType `Sealed` counts too."""
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple(name for name, hint in get_type_hints(kind).items() if _is_sealed(hint))
    return _KNOWN[kind]


SECRETS = ("password", "code", "codes", "recovery_codes", "public_key")
"""Fields that are left out of what people read of themselves."""


def plain_fields(event: Any) -> dict[str, str | int]:
    """Words, numbers and days of an event and of the values in it, by name; nothing sealed, no hashes."""
    found: dict[str, str | int] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if each.name in sealed_fields(type(event)) or each.name.endswith("hash"):
            continue
        if is_dataclass(value):
            found |= plain_fields(value)
        elif isinstance(value, date):
            found[each.name] = value.isoformat()
        elif isinstance(value, str | int) and value != "":
            found[each.name] = value
    return found


def own_fields(event: Any, opened: Callable[[Sealed], str | None]) -> dict[str, Any]:
    """What the person whom an event is about may read of it: sealed text in clear; no hashes, no secrets."""
    found: dict[str, Any] = {}
    for each in fields(event):
        value = getattr(event, each.name)
        if value is None or value == "" or _is_secret(each.name):
            continue
        found[each.name] = opened(value) if each.name in sealed_fields(type(event)) else _own_value(value, opened)
    return found


def _own_value(value: Any, opened: Callable[[Sealed], str | None]) -> Any:
    if is_dataclass(value):
        return own_fields(value, opened)
    if isinstance(value, tuple | list):
        return [_own_value(one, opened) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _own_value(one, opened) for key, one in value.items()}
    return (
        value if isinstance(value, str | int | float) else value.isoformat() if isinstance(value, date) else str(value)
    )


def _is_secret(name: str) -> bool:
    """Whatever opens an account is nobody's to read."""
    return name.endswith(("hash", "hashes", "secret")) or name in SECRETS


def _is_sealed(hint: Any) -> bool:
    if get_origin(hint) in {Union, types.UnionType}:
        return any(_is_sealed(part) for part in get_args(hint))
    return hint is Sealed or getattr(hint, "__name__", "") == "Sealed"
