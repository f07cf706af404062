"""Histories in a YAML file, folded: what `certtrack fold FILE` answers.

The file holds a list of histories, or a mapping whose key `vectors` does. A history has `id`, `history` (a list of
entries) and `checks` (each with `as_of`). Entries are one of

    {exam, date, result: pass | fail | no_show, [recorded], [ref]}
    {ce: credits, item, completed, submitted, [decided]}
    {revoke: ref, date}    {extend_days: days, date}    {emeritus: true, date}

An entry is known from `recorded` or `decided` on, else from the day itself.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from services.certification.domain.catalogue import Catalogue
from services.certification.domain.evidence import Credits, EmeritusGrant, Evidence, Extension, Revocation, Sitting
from services.certification.domain.fold import fold
from services.certification.domain.standing import Record, balance_on

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RESULTS = {"pass": True, "fail": False}
NO_SHOWS = {"no_show", "no-show"}
"""No attempt at all (R-T5)."""


class HistoryError(ValueError):
    """A history cannot be read; the message names line, history and what is wrong."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of the file, and where it stands."""

    fields: Mapping[str, Any]
    line: int
    where: str

    def wrong(self, what: str) -> HistoryError:
        """Say what is wrong with this entry."""
        return HistoryError(self.line, f"{self.where}: {what}")

    def get(self, name: str) -> Any:
        """A field that must be there."""
        if self.fields.get(name) is None:
            raise self.wrong(f"the field {name} is missing")
        return self.fields[name]

    def day(self, name: str) -> date:
        """A calendar date."""
        value = self.get(name)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self.wrong(f"{name} is no date: {value}") from None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(f"{name} is no date: {value}")
        return value

    def number(self, name: str) -> int:
        """A whole number above zero."""
        value = self.get(name)
        if type(value) is not int or value < 1:
            raise self.wrong(f"{name} is no number above zero: {value}")
        return value

    def known_on(self, *names: str, happened_on: date) -> date:
        """The day the platform learns it: the first of these fields that is there, never before it happened."""
        learnt = next((self.day(name) for name in names if self.fields.get(name) is not None), happened_on)
        return max(learnt, happened_on)


@dataclass(frozen=True, slots=True)
class _Mapping:
    """A YAML mapping that has not been read yet, so that complaints can name lines."""

    nodes: Mapping[str, yaml.Node]
    line: int
    where: str

    @classmethod
    def of(cls, node: yaml.Node, where: str) -> "_Mapping":
        line = _line_of(node)
        if not isinstance(node, yaml.MappingNode):
            raise HistoryError(line, f"{where}: a mapping is needed")
        return cls({str(key.value): value for key, value in node.value}, line, where)

    def entry(self, *, only: Collection[str] | None = None) -> Entry:
        """Read the fields, or some of them."""
        wanted = self.nodes if only is None else [name for name in only if name in self.nodes]
        return Entry({name: self._value(name) for name in wanted}, self.line, self.where)

    def items(self, name: str) -> list["_Mapping"]:
        """The mappings in a list; an empty list may be left blank."""
        if name not in self.nodes:
            raise HistoryError(self.line, f"{self.where}: the field {name} is missing")
        return [
            _Mapping.of(item, f"{self.where}, {name} {number}")
            for number, item in enumerate(_list_in(self.nodes[name], f"{self.where}, {name}"), start=1)
        ]

    def _value(self, name: str) -> Any:
        node = self.nodes[name]
        try:
            return SafeConstructor().construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as wrong:
            raise HistoryError(_line_of(node), f"{self.where}: {name}: {wrong}") from wrong


def answers(text: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Fold every history of the file at each of its checks; raises HistoryError."""
    return [_answer(node, number, catalogue) for number, node in enumerate(_histories(text), start=1)]


def _histories(text: str) -> list[yaml.Node]:
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise HistoryError(mark.line + 1 if mark else 1, f"this is no YAML: {wrong.problem}") from wrong
    except yaml.YAMLError as wrong:
        raise HistoryError(1, f"this is no YAML: {wrong}") from wrong
    if isinstance(root, yaml.MappingNode):
        top = _Mapping.of(root, "file")
        if "vectors" not in top.nodes:
            raise HistoryError(top.line, "file: the field vectors is missing")
        root = top.nodes["vectors"]
    return [] if root is None else _list_in(root, "file")


def _list_in(node: yaml.Node, where: str) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.ScalarNode) and node.value in {"", "null", "~"}:
        return []
    raise HistoryError(_line_of(node), f"{where}: a list is needed")


def _line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _answer(node: yaml.Node, number: int, catalogue: Catalogue) -> dict[str, Any]:
    unnamed = _Mapping.of(node, f"history {number}")
    name = str(unnamed.entry(only=("id",)).get("id"))
    named = _Mapping.of(node, f"history {name}")
    evidence = _evidence(named.items("history"), catalogue)
    days = [check.entry(only=("as_of",)).day("as_of") for check in named.items("checks")]
    return {"id": name, "checks": [_check(fold(evidence, catalogue, day), day) for day in days]}


def _check(record: Record, day: date) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "certifications": {
            name: _line(record, name, day) for name in sorted({*record.standings, *record.only_with_void})
        },
        "in_progress": sorted(record.in_progress_on(day)),
        "ce_balance": balance_on(record.balance, day),
    }


def _line(record: Record, certification: str, day: date) -> list[str | None]:
    """By the letter of R-F: what is there only with void passes is revoked, also where nobody ever held it."""
    standing = record.standings.get(certification)
    if void := record.only_with_void.get(certification):
        return ["revoked", void.active_on.isoformat(), None if void.expires_on is None else void.expires_on.isoformat()]
    assert standing is not None
    holding = standing.current
    status = standing.status_on(day)
    days = [holding.active_on, holding.expires_on, *([holding.emeritus_until] if status == "emeritus" else [])]
    return [status, *(None if each is None else each.isoformat() for each in days)]


def _evidence(mappings: Iterable["_Mapping"], catalogue: Catalogue) -> list[Evidence]:
    entries = [mapping.entry() for mapping in mappings]
    refs = {str(entry.fields["ref"]) for entry in entries if "exam" in entry.fields and "ref" in entry.fields}
    found = []
    for entry in entries:
        if "revoke" in entry.fields and str(entry.fields["revoke"]) not in refs:
            raise entry.wrong(f"no exam has the ref {entry.fields['revoke']}")
        kinds = [kind for kind in _READERS if kind in entry.fields]
        if len(kinds) != 1:
            raise entry.wrong(f"exactly one of {', '.join(_READERS)} is needed")
        found.append(_READERS[kinds[0]](entry, catalogue))
    return [piece for piece in found if piece is not None]


def _sitting(entry: Entry, catalogue: Catalogue) -> Sitting | None:
    exam, taken_on = str(entry.get("exam")), entry.day("date")
    known_on = entry.known_on("recorded", happened_on=taken_on)
    if exam not in catalogue.exams:
        raise entry.wrong(f"unknown exam {exam}")
    result = entry.get("result")
    if result in NO_SHOWS:
        return None
    if result not in RESULTS:
        raise entry.wrong(f"unknown result {result}: pass, fail or no_show is needed")
    ref = entry.fields.get("ref")
    unnamed = f"{exam} {taken_on} {result} {known_on}"
    return Sitting(
        result_id=unnamed if ref is None else f"ref {ref}",
        exam=exam,
        taken_on=taken_on,
        passed=RESULTS[result],
        known_on=known_on,
    )


def _credits(entry: Entry, _: Catalogue) -> Credits:
    completed_on = entry.day("completed")
    return Credits(
        item=str(entry.get("item")),
        credits=entry.number("ce"),
        completed_on=completed_on,
        submitted_on=entry.day("submitted"),
        known_on=entry.known_on("decided", "recorded", happened_on=completed_on),
    )


def _revocation(entry: Entry, _: Catalogue) -> Revocation:
    revoked_on = entry.day("date")
    return Revocation(
        result_id=f"ref {entry.get('revoke')}",
        revoked_on=revoked_on,
        reason="",
        known_on=entry.known_on("recorded", happened_on=revoked_on),
    )


def _extension(entry: Entry, _: Catalogue) -> Extension:
    extended_on = entry.day("date")
    known_on = entry.known_on("recorded", happened_on=extended_on)
    return Extension(days=entry.number("extend_days"), extended_on=extended_on, known_on=known_on)


def _emeritus(entry: Entry, _: Catalogue) -> EmeritusGrant:
    if entry.get("emeritus") is not True:
        raise entry.wrong("emeritus must be true")
    granted_on = entry.day("date")
    return EmeritusGrant(granted_on=granted_on, known_on=entry.known_on("recorded", happened_on=granted_on))


_READERS: Mapping[str, Callable[[Entry, Catalogue], Evidence | None]] = {
    "exam": _sitting,
    "ce": _credits,
    "revoke": _revocation,
    "extend_days": _extension,
    "emeritus": _emeritus,
}
