"""Under which names testing's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.testing.domain.sittings import ExamFailed, ExamPassed, ExamResultRevoked

VOCABULARY: dict[tuple[str, int], type] = {
    ("exam-passed", 1): ExamPassed,
    ("exam-failed", 1): ExamFailed,
    ("exam-result-revoked", 1): ExamResultRevoked,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
