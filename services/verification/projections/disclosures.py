"""What does the reader of this link see, and which links has the candidate given away? Both live (F9.7, F9.10)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, String, Table, Text, bindparam, false, select

from chassis.decider import Fact, Sealed
from chassis.projections import Moment, Projection, Rows
from services.verification.domain.public_answers import Shown
from services.verification.domain.standing import Standing
from services.verification.domain.transcripts import TranscriptDeleted, TranscriptDisclosed
from services.verification.projections import METADATA, certifications, holders, transcripts
from services.verification.projections.merges import MERGES

table = Table(
    "verification_disclosures",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("transcript_id", String(40), nullable=False),
    Column("disclosure_id", String(40), nullable=False),
    Column("code", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("disclosed_at", Moment, nullable=False),
    Index("verification_disclosures_candidate", "candidate_id"),
)
"""A link is found by the keyed hash of its code; the code itself stays sealed."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A link that the candidate gave away; its code is still sealed."""

    transcript_id: str
    disclosure_id: str
    code: Sealed
    until: date
    disclosed_at: datetime


def project(rows: Rows, fact: Fact) -> None:
    """One row per link of a transcript that exists."""
    match fact.event:
        case TranscriptDisclosed() as disclosed:
            rows.put(
                table,
                code_hash=disclosed.code_hash,
                candidate_id=fact.subject,
                transcript_id=disclosed.transcript_id,
                disclosure_id=disclosed.disclosure_id,
                code=disclosed.code,
                until=disclosed.until,
                disclosed_at=disclosed.disclosed_at,
            )
        case TranscriptDeleted(code_hashes=code_hashes):
            for code_hash in code_hashes:
                rows.drop(table, key=(code_hash,))


PROJECTION = Projection(name="disclosures", tables=(table,), project=project)

_LINKS = (
    select(*(table.c[name] for name in Disclosure.__dataclass_fields__))
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.disclosed_at, table.c.disclosure_id)
)

_WHOSE = MERGES.whose(transcripts.table.c.candidate_id)
"""Of two records that became one the holder of both is shown, with all that they hold today (R-G6)."""
_SHOWN_COLUMNS = (
    _WHOSE,
    holders.table.c.name,
    transcripts.table.c.remarks,
    transcripts.table.c.view_until,
    transcripts.table.c.show_dates,
    transcripts.table.c.show_address,
    transcripts.table.c.include_expired,
    transcripts.table.c.certifications,
)
_SHOWN = (
    select(*_SHOWN_COLUMNS, *certifications.COLUMNS)
    .select_from(table)
    .join(transcripts.table, transcripts.table.c.transcript_id == table.c.transcript_id)
    .join(holders.table, holders.table.c.candidate_id == _WHOSE)
    .outerjoin(certifications.table, certifications.table.c.candidate_id == _WHOSE)
    .where(
        table.c.code_hash == bindparam("code_hash"),
        table.c.until >= bindparam("today"),
        transcripts.table.c.enabled,
        transcripts.table.c.view_until >= bindparam("today"),
        holders.table.c.erased == false(),
    )
    .order_by(certifications.table.c.name)
)
"""Everything that a public page needs in one indexed statement: no row unless the link shows something today."""


def shown(connection: Connection, code_hash: str, today: date) -> Shown | None:
    """What the link shows today; None alike for unknown, disabled, deleted, expired and erased."""
    rows = connection.execute(_SHOWN, {"code_hash": code_hash, "today": today}).all()
    if not rows:
        return None
    width = len(_SHOWN_COLUMNS)
    candidate_id, holder, remarks, view_until, show_dates, show_address, include_expired, chosen = rows[0][:width]
    return Shown(
        candidate_id=candidate_id,
        holder=holder,
        remarks=remarks,
        view_until=view_until,
        show_dates=show_dates,
        show_address=show_address,
        include_expired=include_expired,
        chosen=None if chosen is None else frozenset(chosen.split()),
        standings=tuple(_standing(row[width:]) for row in rows if row[width] is not None),
    )


def of_candidate(connection: Connection, candidate_id: str) -> list[Disclosure]:
    """All links of the candidate, the oldest first."""
    return [Disclosure(*row) for row in connection.execute(_LINKS, {"candidate_id": candidate_id})]


def _standing(columns: Any) -> Standing:
    return Standing(**dict(zip(Standing.__dataclass_fields__, columns, strict=True)))
