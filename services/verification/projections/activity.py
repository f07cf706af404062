"""What the candidate's recent activity tells of transcripts and codes (F3.4)."""

from typing import Any

from chassis.activity import Activity, Entry
from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
)
from services.verification.domain.verification_code import CodeMinted
from services.verification.projections import METADATA
from services.verification.projections.merges import MERGES

_CODES: dict[type, str] = {
    TranscriptCreated: "transcript-created",
    TranscriptDisclosed: "transcript-disclosed",
    TranscriptDisabled: "transcript-disabled",
    TranscriptEnabled: "transcript-enabled",
    TranscriptDeleted: "transcript-deleted",
}


def entry_of(event: Any) -> Entry | None:
    """A transcript was made, given away or switched; a code was made."""
    if isinstance(event, CodeMinted):
        return Entry("code-minted", {"certification": event.certification}, shown=False)
    code = _CODES.get(type(event))
    return None if code is None else Entry(code, {"transcript_id": event.transcript_id})


ACTIVITY = Activity(METADATA, entry_of, MERGES)
