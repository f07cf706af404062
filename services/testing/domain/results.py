"""Facts about exam results, in the order of a result's life (3.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Mark = Literal["pass", "fail"]
Delivery = Literal["centre", "online", "lab"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainScore:
    """How much of one domain of the blueprint was answered well, in percent (F10.9); never a single question."""

    name: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One sitting as it was reported; acronym and title are those of the exam date."""

    result_id: str
    provider_reference: str
    exam: str
    exam_version: str | None
    acronym: str
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime
    language: str | None = None
    delivery: Delivery | None = None
    site: str | None = None
    domains: tuple[DomainScore, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAwaited:
    """The exam was delivered; its score is still to come."""

    sitting: Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPassed:
    """The provider reported a pass."""

    sitting: Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFailed:
    """The provider reported a fail."""

    sitting: Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreKept:
    """A score arrived while the result was held; it is told when the result is released."""

    sitting: Sitting
    outcome: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreDetailed:
    """The provider sent the percentages per domain of the blueprint after the result."""

    result_id: str
    domains: tuple[DomainScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultHeld:
    """The result is not told while somebody reviews it."""

    result_id: str
    exam: str
    taken_on: date
    held_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReleased:
    """The review is over; the result stands again, or its score is awaited again."""

    result_id: str
    exam: str
    taken_on: date
    released_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCorrected:
    """Scoring the exam again gave another result, for the same exam date (R-H4)."""

    result_id: str
    exam: str
    role: str
    taken_on: date
    old_outcome: Mark
    outcome: Mark
    old_score: int | None
    score: int | None
    corrected_on: date
    reason: str
    replaces: str
    """Id under which the old result counted as evidence."""
    counts_as: str
    """Id under which the new one counts from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRevoked:
    """The programme invalidated a result; it counts as never passed (R-X1)."""

    result_id: str
    exam: str
    taken_on: date
    revoked_on: date
    reason: str
    counted_as: str | None = None
    """Id under which it counted as evidence; None for the result id itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRestored:
    """An appeal was upheld: the result counts again as it did before."""

    result_id: str
    exam: str
    role: str
    taken_on: date
    outcome: Mark
    score: int | None
    restored_on: date
    reason: str
    counts_as: str
    """Id under which it counts as evidence from now on."""


Event = (
    ResultAwaited
    | ExamPassed
    | ExamFailed
    | ScoreKept
    | ScoreDetailed
    | ResultHeld
    | ResultReleased
    | ResultCorrected
    | ExamResultRevoked
    | ExamResultRestored
)
