"""What a changed catalogue must still be: every field of its kind, and nothing gone that somebody may hold (F12.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

import yaml

from services.certification.domain.catalogue import CatalogueError

Kind: TypeAlias = tuple[type, ...]
NOTHING = type(None)
WORDS, NUMBER, DAY = (str,), (int,), (date,)
MAYBE_WORDS, MAYBE_NUMBER, MAYBE_DAY = (str, NOTHING), (int, NOTHING), (date, NOTHING)
IN_WORDS = {str: "words", int: "a whole number", date: "a day", list: "a list", bool: "true or false", NOTHING: "null"}

FIELDS: dict[str, tuple[str, str, dict[str, Kind]]] = {
    "exams": (
        "exams",
        "code",
        {
            "code": WORDS, "role": WORDS, "track": MAYBE_WORDS, "names": (list,), "available_from": MAYBE_DAY,
            "last_test_on": MAYBE_DAY, "minutes": MAYBE_NUMBER, "price_usd": MAYBE_NUMBER, "delivery": (list,),
        },
    ),
    "certifications": (
        "certifications",
        "id",
        {
            "id": WORDS, "abbreviation": WORDS, "group": WORDS, "level": WORDS, "track": WORDS, "names": (list,),
            "validity_years": MAYBE_NUMBER, "retired_on": MAYBE_DAY, "kit": WORDS, "pdf": (bool,),
        },
    ),
    "requirements": ("requirements", "certification", {"window_years": MAYBE_NUMBER, "all_of": (list,)}),
    "programme": ("agreements", "version", {"version": WORDS, "from": DAY}),
}  # fmt: skip
"""By table: where its entries stand, what they are called by, and the fields that some service reads."""
KEPT = ("exams", "certifications", "programme")
"""Tables whose entries are never dropped: an end is a day."""


def check(before: Mapping[str, bytes], after: Mapping[str, bytes], loader: Any) -> None:
    """Raises CatalogueError with file and reason; the tables were parsed before."""
    for table, (place, name, shape) in FIELDS.items():
        if after.get(table) == before.get(table):
            continue
        new = _entries(after, table, place, loader)
        for entry in new:
            _check_fields(f"{table}.yaml: {entry.get(name)}", entry, shape)
        if table in KEPT:
            gone = {one.get(name) for one in _entries(before, table, place, loader)} - {one.get(name) for one in new}
            for missing in sorted(map(str, gone)):
                raise CatalogueError(f"{table}.yaml: {missing} is gone; give it an end by a day instead")


def _check_fields(where: str, entry: Mapping[str, Any], shape: Mapping[str, Kind]) -> None:
    for field, kinds in shape.items():
        if field not in entry:
            raise CatalogueError(f"{where}: the field {field} is missing")
        _check_kind(f"{where}: {field}", entry[field], kinds)
    for dated in entry.get("names", ()):
        _check_kind(f"{where}: from of a name", dated.get("from"), MAYBE_DAY)


def _check_kind(where: str, value: Any, kinds: Kind) -> None:
    if type(value) not in kinds:
        raise CatalogueError(f"{where} must be {' or '.join(IN_WORDS[kind] for kind in kinds)}, not {value!r}")


def _entries(tables: Mapping[str, bytes], table: str, place: str, loader: Any) -> list[Mapping[str, Any]]:
    text = tables.get(table)
    found = yaml.load(text, Loader=loader).get(place, []) if text is not None else []  # noqa: S506  a safe loader
    return list(found)
