"""What the testing service tells: exam results, and results that were taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPassed:
    """The test provider reported that the candidate passed an exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamPassed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    exam_version: str | None
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFailed:
    """The test provider reported that the candidate failed an exam."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamFailed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    exam_version: str | None
    title: str
    role: str
    taken_on: date
    score: int | None
    attempt: int
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamResultRevoked:
    """A reported result was taken back and counts as if the exam had never been taken."""

    source: ClassVar[str] = "testing"
    event_name: ClassVar[str] = "ExamResultRevoked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    result_id: str
    exam: str
    taken_on: date
    revoked_on: date
    reason: str
