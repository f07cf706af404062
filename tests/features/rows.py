"""The rows of docs/features.md, and the marks that tests carry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "features.md"
LINE = re.compile(r"(?P<id>F\d+\.\d+|R-[A-Z]+\d*)  (?P<title>\S.*)")
KINDS = {"feature": "F", "rule": "R-"}
"""How the ids begin that a mark takes."""
MOST = 3
"""A test that claims more rows than this shows none of them well."""


@dataclass(frozen=True, slots=True)
class Row:
    """One feature or rule."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One mark: its kind, `feature` or `rule`, and what stands between its parentheses."""

    kind: str
    ids: tuple[object, ...]


def rows(text: str) -> list[Row]:
    """Read the page's rows in their order; ValueError for an id that stands there twice."""
    found = [Row(match["id"], match["title"]) for match in map(LINE.fullmatch, text.splitlines()) if match]
    twice = {row.id for row in found if [other.id for other in found].count(row.id) > 1}
    if twice:
        raise ValueError(f"twice in the list of features: {', '.join(sorted(twice))}")
    return found


def complaints(claims: Sequence[Claim], known: Sequence[Row]) -> list[str]:
    """Say what is wrong with the claims of one test; empty when nothing is."""
    ids = {row.id for row in known}
    many = [f"claims {len(claims)} rows, at most {MOST} are allowed"] if len(claims) > MOST else []
    return many + [complaint for claim in claims for complaint in _wrong_in(claim, ids)]


def _wrong_in(claim: Claim, ids: set[str]) -> list[str]:
    match claim.ids:
        case (str(id),) if not id.startswith(KINDS[claim.kind]):
            return [f"{id} is not a {claim.kind}"]
        case (str(id),) if id not in ids:
            return [f"there is no {claim.kind} {id}"]
        case (str(),):
            return []
        case _:
            return [f"a {claim.kind} mark takes one id"]
