"""Expert numbers: one stream for everybody, so that they ascend and no number is given twice (R-E6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias
from zlib import crc32

from chassis.decider import Decider

BUCKETS = 512
"""Holders are kept in buckets, so that one more of them copies one bucket and not all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertNumberAssigned:
    """A person got the number of a series, for life (F4.8)."""

    candidate_id: str
    series: str
    number: int
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignExpertNumber:
    """Give the next number of a series; `first` is where the series begins."""

    candidate_id: str
    series: str
    first: int
    today: date


Holder: TypeAlias = tuple[str, str]
"""Series and candidate."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The last number of each series, and who has one."""

    last: Mapping[str, int] = field(default_factory=dict)
    holders: tuple[frozenset[Holder], ...] = (frozenset(),) * BUCKETS

    def has(self, holder: Holder) -> bool:
        """Whether this person has a number of this series."""
        return holder in self.holders[_bucket(holder)]


def evolve(state: Numbers, event: ExpertNumberAssigned) -> Numbers:
    """One more holder."""
    holder = (event.series, event.candidate_id)
    place = _bucket(holder)
    bucket = state.holders[place] | {holder}
    return replace(
        state,
        last={**state.last, event.series: event.number},
        holders=(*state.holders[:place], bucket, *state.holders[place + 1 :]),
    )


def assign_expert_number(command: AssignExpertNumber, state: Numbers) -> list[ExpertNumberAssigned]:
    """Once per person and series; a number that was given is never given again, whatever becomes of its holder."""
    if state.has((command.series, command.candidate_id)):
        return []
    number = max(command.first, state.last.get(command.series, 0) + 1)
    return [
        ExpertNumberAssigned(
            candidate_id=command.candidate_id, series=command.series, number=number, assigned_on=command.today
        )
    ]


def series_of(track: str) -> str:
    """One series for all tracks of internetwork experts, one for design experts."""
    return "ccde" if track == "design" else "ccie"


def _bucket(holder: Holder) -> int:
    return crc32("\x1f".join(holder).encode()) % BUCKETS


expert_numbers: Decider[AssignExpertNumber, Numbers, ExpertNumberAssigned] = Decider(
    category="expert-numbers", initial=Numbers(), evolve=evolve, decide=assign_expert_number
)
"""The stream `expert-numbers-all`."""
