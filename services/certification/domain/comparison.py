"""What differs between two folded records: for what-if questions, and for previews of a changed catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.certification.domain.adviser import supposed
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.evidence import Evidence
from services.certification.domain.fold import fold
from services.certification.domain.standing import Record

IN_PROGRESS = "in_progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How one certification stands on a day; for one in progress `until` is the last day of its missing part."""

    status: str
    active_on: date | None = None
    expires_on: date | None = None
    until: date | None = None

    @property
    def in_words(self) -> str:
        """Status and last day, for previews."""
        last = self.until or self.expires_on
        return f"{self.status}, {last.isoformat()}" if last is not None else self.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A certification that stands differently; None where it does not stand at all."""

    certification: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The record on a day as it is and as it would be."""

    on: date
    before: dict[str, Place]
    after: dict[str, Place]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the supposed passes would change."""
        return tuple(differing(self.before, self.after))


def places(record: Record, day: date) -> dict[str, Place]:
    """Every certification of the record by id; one in progress again shows that, not its old end."""
    found = {}
    for name, standing in record.standings.items():
        held = standing.current
        status = standing.status_on(day)
        found[name] = Place(status=status, active_on=held.active_on, expires_on=held.expires_on)
    for name in record.in_progress_on(day):
        if name not in found:
            found[name] = Place(status=IN_PROGRESS, until=record.spans[name].until)
    return found


def differing(before: dict[str, Place], after: dict[str, Place]) -> Iterator[Change]:
    """By id, what is not the same on both sides."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Change(certification=name, before=before.get(name), after=after.get(name))


def what_if(
    evidence: Sequence[Evidence], catalogue: Catalogue, today: date, passes: Sequence[tuple[str, date]]
) -> WhatIf:
    """As if these exams were passed on these days, by the same fold; seen from the last of the days, or today."""
    on = max([today, *(day for _, day in passes)])
    more = [piece for exam, day in passes for piece in supposed([exam], 0, day)]
    return WhatIf(
        on=on,
        before=places(fold(evidence, catalogue, on), on),
        after=places(fold([*evidence, *more], catalogue, on), on),
    )
