"""What can be asked of a candidate's exam results."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.testing.domain.exam import Exam
from services.testing.domain.results import (
    Delivery,
    DomainScore,
    Mark,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """Record what the provider says about one sitting; `exam` is the catalogue's entry of the reported code."""

    exam: Exam
    taken_on: date
    outcome: Literal["pass", "fail", "pending"]
    score: int | None
    exam_version: str | None
    provider_reference: str
    today: date
    reported_at: datetime
    language: str | None = None
    delivery: Delivery | None = None
    site: str | None = None
    domains: tuple[DomainScore, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailScore:
    """Add the percentages per domain that came after the result."""

    provider_reference: str
    domains: tuple[DomainScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldResult:
    """Keep a result back for a review; reasons are codes, never free text about a person."""

    result_id: str
    reason: str
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """End the review in the candidate's favour."""

    result_id: str
    reason: str
    released_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectResult:
    """Replace outcome and score after the exam was scored again."""

    result_id: str
    outcome: Mark
    score: int | None
    reason: str
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeResult:
    """Invalidate a result."""

    result_id: str
    reason: str
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """Bring an invalidated result back."""

    result_id: str
    reason: str
    restored_on: date


Command = ReportResult | DetailScore | HoldResult | ReleaseResult | CorrectResult | RevokeResult | RestoreResult
