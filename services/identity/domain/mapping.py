"""Whose record does an account open? Only a safe and single match joins them; all else goes to people (R-N1, R-N2)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

LEGACY_BEFORE = date(2022, 9, 27)
"""Who booked before this day and has never logged in is always a case (F1.11)."""

Reason: TypeAlias = Literal["legacy-booking", "name-differs", "several-records", "record-taken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who logs in for the first time, as they have written themselves."""

    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record that the test provider's bookings have made, as far as mapping looks at it."""

    candidate_id: str
    first_name: str
    last_name: str
    first_booked_on: date
    taken: bool
    """Another account opens it already."""


@dataclass(frozen=True, slots=True)
class NewCandidate:
    """Nobody has booked with this e-mail: the account gets a record of its own."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The account opens this record."""

    candidate_id: str


@dataclass(frozen=True, slots=True)
class NeedsCase:
    """People must look at it."""

    reason: Reason


Outcome: TypeAlias = NewCandidate | Matched | NeedsCase


def by_email(person: Person, records: Sequence[Record]) -> Outcome:
    """What the records with the account's own, confirmed e-mail come to; a name alone never counts (R-N2)."""
    if not records:
        return NewCandidate()
    if len(records) > 1:
        return NeedsCase("several-records")
    [record] = records
    if not is_same_name(person, record):
        return NeedsCase("name-differs")
    return _safe(record)


def by_external_id(record: Record) -> Outcome:
    """What the record with that VUE or CSCO id comes to, once the birth date was found equal."""
    return _safe(record)


def _safe(record: Record) -> Outcome:
    if record.first_booked_on < LEGACY_BEFORE:
        return NeedsCase("legacy-booking")
    return NeedsCase("record-taken") if record.taken else Matched(record.candidate_id)


def is_same_name(person: Person, record: Record) -> bool:
    """Whether family names are equal, and given names in their order; with accents, or on both sides without (R-N1)."""
    return _key(person.first_name, person.last_name) == _key(record.first_name, record.last_name)


def _key(given: str, family: str) -> tuple[list[str], list[str]]:
    return _words(given), _words(family)


def _words(text: str) -> list[str]:
    """Words without case, width, hyphens and accents; letters of scripts in which a mark makes another keep it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    spaced = "".join(" " if unicodedata.category(c) == "Pd" else c for c in plain)
    return ["".join(_bare(c) for c in word) for word in spaced.split()]


def _bare(character: str) -> str:
    first = unicodedata.normalize("NFD", character)[0]
    return first if first < "\u0400" else character
