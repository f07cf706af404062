"""What verification tells the others about its facts; codes, remarks and notes stay inside."""

import contracts
from chassis.decider import Fact
from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptDisclosed,
    TranscriptEnabled,
)


def announce(fact: Fact) -> contracts.Event | None:
    """The public event of an own fact; None for a private one."""
    public: contracts.Event | None = None
    match fact.event:
        case TranscriptCreated(transcript_id=transcript_id, view_until=day):
            public = contracts.TranscriptCreated(
                candidate_id=fact.subject, transcript_id=transcript_id, viewable_until=day
            )
        case TranscriptDisclosed() as disclosed:
            public = contracts.TranscriptDisclosed(
                candidate_id=fact.subject,
                transcript_id=disclosed.transcript_id,
                disclosure_id=disclosed.disclosure_id,
                channel=disclosed.channel,
                until=disclosed.until,
            )
        case TranscriptDisabled(transcript_id=transcript_id):
            public = contracts.TranscriptDisabled(candidate_id=fact.subject, transcript_id=transcript_id)
        case TranscriptEnabled(transcript_id=transcript_id):
            public = contracts.TranscriptEnabled(candidate_id=fact.subject, transcript_id=transcript_id)
        case TranscriptDeleted(transcript_id=transcript_id):
            public = contracts.TranscriptDeleted(candidate_id=fact.subject, transcript_id=transcript_id)
    return public
