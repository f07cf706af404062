"""What the verification service tells: transcripts, and that one was given to somebody."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptCreated:
    """The candidate put a transcript together."""

    source: ClassVar[str] = "verification"
    event_name: ClassVar[str] = "TranscriptCreated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    transcript_id: str
    viewable_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDisclosed:
    """The candidate gave the transcript to a third party."""

    source: ClassVar[str] = "verification"
    event_name: ClassVar[str] = "TranscriptDisclosed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    transcript_id: str
    disclosure_id: str
    channel: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDisabled:
    """The candidate closed the transcript; none of its disclosures shows it any more."""

    source: ClassVar[str] = "verification"
    event_name: ClassVar[str] = "TranscriptDisabled"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptEnabled:
    """The candidate opened a closed transcript again."""

    source: ClassVar[str] = "verification"
    event_name: ClassVar[str] = "TranscriptEnabled"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    transcript_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptDeleted:
    """The candidate removed the transcript for good."""

    source: ClassVar[str] = "verification"
    event_name: ClassVar[str] = "TranscriptDeleted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    transcript_id: str
