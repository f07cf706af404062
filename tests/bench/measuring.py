"""Samples taken in turn, and the figures that the table shows."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal, TypeAlias

from tests.bench import cpu

Kind: TypeAlias = Literal["ours", "limit", "peer"]


@dataclass(frozen=True, slots=True)
class Sample:
    """So many operations in so many seconds, and the processor seconds of all processes that took part."""

    count: float
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Operations per second."""
        return self.count / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor milliseconds per operation."""
        return 1000 * self.cpu / self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table; ratios are ours to theirs, so for a time less is better."""

    name: str
    value: float
    unit: str
    kind: Kind = "ours"
    cpu_ms: float | None = None
    of_limit: float | None = None
    of_peer: float | None = None
    goal: str = ""
    met: bool | None = None


def sample(pids: Iterable[int], work: Callable[[], dict[str, Any]]) -> Sample:
    """Measure one piece of work that tells its `count` and may tell its `seconds`."""
    pids = list(pids)
    before, began = cpu.seconds(pids), time.perf_counter()
    outcome = work()
    took = time.perf_counter() - began
    return Sample(outcome["count"], outcome.get("seconds", took), cpu.seconds(pids) - before)


def in_turn(rounds: int, variants: Mapping[str, Callable[[], Sample]]) -> dict[str, Sample]:
    """A B A B: every variant once per round, so that noise meets all; gives the median of each."""
    taken: dict[str, list[Sample]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, variant in variants.items():
            taken[name].append(variant())
    return {name: middle(samples) for name, samples in taken.items()}


def middle(samples: Sequence[Sample]) -> Sample:
    """The sample with the median rate, and the median of the processor time."""
    chosen = sorted(samples, key=lambda one: one.rate)[len(samples) // 2]
    cpu_per_count = median(one.cpu / one.count for one in samples)
    return Sample(chosen.count, chosen.seconds, cpu_per_count * chosen.count)


Other: TypeAlias = tuple[str, Sample]
"""What something else is called, and how it did."""


def beside(
    name: str,
    ours: Sample,
    *,
    limit: Other | None = None,
    peer: Other | None = None,
    goal: str = "",
    met: bool | None = None,
) -> list[Figure]:
    """Operations per second, with a line for the raw limit and one for the peer below."""
    figures = [
        Figure(
            name=name,
            value=ours.rate,
            unit="/s",
            cpu_ms=ours.cpu_ms,
            of_limit=ours.rate / limit[1].rate if limit else None,
            of_peer=ours.rate / peer[1].rate if peer else None,
            goal=goal,
            met=met,
        )
    ]
    if limit:
        figures.append(Figure(name=limit[0], value=limit[1].rate, unit="/s", kind="limit", cpu_ms=limit[1].cpu_ms))
    if peer:
        figures.append(Figure(name=peer[0], value=peer[1].rate, unit="/s", kind="peer", cpu_ms=peer[1].cpu_ms))
    return figures


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
