"""Under which names verification's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
    TranscriptsClosed,
)
from services.verification.domain.verification_code import CodeMinted

VOCABULARY: dict[tuple[str, int], type] = {
    ("transcript-created", 1): TranscriptCreated,
    ("transcript-disclosed", 1): TranscriptDisclosed,
    ("transcript-disabled", 1): TranscriptDisabled,
    ("transcript-enabled", 1): TranscriptEnabled,
    ("transcript-deleted", 1): TranscriptDeleted,
    ("transcripts-closed", 1): TranscriptsClosed,
    ("code-minted", 1): CodeMinted,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
