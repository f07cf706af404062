"""Which transcripts has this candidate put together, and what does each show? The list of F9.4."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Boolean, Column, Connection, Date, Index, String, Table, Text, select

from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.verification.domain.transcripts import (
    TranscriptCreated,
    TranscriptDeleted,
    TranscriptDisabled,
    TranscriptEnabled,
)
from services.verification.projections import METADATA
from services.verification.projections.merges import MERGES

table = Table(
    "verification_transcripts",
    METADATA,
    Column("transcript_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("certifications", Text, nullable=True),
    Column("include_expired", Boolean, nullable=False),
    Column("show_dates", Boolean, nullable=False),
    Column("show_address", Boolean, nullable=False),
    Column("view_until", Date, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("private_notes", Text, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Index("verification_transcripts_candidate", "candidate_id"),
)
"""`certifications` holds the chosen ids with blanks between, null for all; remarks are clear, private notes sealed."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as its holder sees it; the private notes are still sealed."""

    candidate_id: str
    """Under which it was made: the holder's id, or that of a record that theirs has absorbed."""
    transcript_id: str
    certifications: str | None
    include_expired: bool
    show_dates: bool
    show_address: bool
    view_until: date
    remarks: str
    private_notes: Sealed
    enabled: bool

    @property
    def chosen(self) -> list[str] | None:
        """Ids of the chosen certifications; None for all."""
        return None if self.certifications is None else self.certifications.split()

    def state_on(self, day: date) -> Literal["enabled", "disabled", "expired"]:
        """What the holder is told about the transcript's links on that day."""
        if not self.enabled:
            return "disabled"
        return "enabled" if day <= self.view_until else "expired"


def project(rows: Rows, fact: Fact) -> None:
    """One row per transcript that exists."""
    match fact.event:
        case TranscriptCreated() as created:
            rows.put(
                table,
                transcript_id=created.transcript_id,
                candidate_id=fact.subject,
                certifications=None if created.certifications is None else " ".join(created.certifications),
                include_expired=created.include_expired,
                show_dates=created.show_dates,
                show_address=created.show_address,
                view_until=created.view_until,
                remarks=fact.reveal(created.remarks) or "",
                private_notes=created.private_notes,
                created_on=created.created_on,
                enabled=True,
            )
        case TranscriptDisabled(transcript_id=transcript_id):
            rows.change(table, key=(transcript_id,), enabled=False)
        case TranscriptEnabled(transcript_id=transcript_id):
            rows.change(table, key=(transcript_id,), enabled=True)
        case TranscriptDeleted(transcript_id=transcript_id):
            rows.drop(table, key=(transcript_id,))


PROJECTION = Projection(name="transcripts", tables=(table,), project=project)

_TRANSCRIPTS = (
    select(*(table.c[name] for name in Transcript.__dataclass_fields__))
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.created_on.desc(), table.c.transcript_id)
)


def of_candidate(connection: Connection, candidate_id: str) -> list[Transcript]:
    """The candidate's transcripts, the newest first."""
    return [Transcript(*row) for row in connection.execute(_TRANSCRIPTS, {"candidate_id": candidate_id})]


def owner_of(connection: Connection, candidate_id: str, transcript_id: str) -> str:
    """Under which id the holder's transcript stands; their own for one that they do not have."""
    mine = select(table.c.candidate_id).where(
        MERGES.is_of(table.c.candidate_id), table.c.transcript_id == transcript_id
    )
    return connection.execute(mine, {"candidate_id": candidate_id}).scalar_one_or_none() or candidate_id
