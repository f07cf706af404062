"""Evidence for challenges: sealed in parts, no projection of facts, deleted some years after the decision (RET-7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, delete, select

from chassis.decider import Sealed
from chassis.projections import Moment, Rows
from services.testing.projections import METADATA, challenges

table = Table(
    "testing_files",
    METADATA,
    Column("file_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("challenge_id", String(40), nullable=True),
    Column("uploaded_at", Moment, nullable=False),
    Index("testing_files_challenge", "challenge_id"),
)

parts = Table(
    "testing_file_parts",
    METADATA,
    Column("file_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a file besides its contents; the name is sealed."""

    file_id: str
    candidate_id: str
    name: Sealed
    media_type: str
    size: int
    challenge_id: str | None


def keep(rows: Rows, file: File, uploaded_at: datetime) -> None:
    """Begin a file, or tell which challenge it belongs to."""
    rows.put(
        table,
        file_id=file.file_id,
        candidate_id=file.candidate_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        challenge_id=file.challenge_id,
        uploaded_at=uploaded_at,
    )


def keep_part(rows: Rows, file_id: str, number: int, data: Sealed) -> None:
    """One part; the same part again changes nothing."""
    rows.put(parts, file_id=file_id, number=number, data=data)


def one(connection: Connection, file_id: str) -> File | None:
    """One file; None for an unknown one."""
    columns = tuple(table.c[name] for name in File.__dataclass_fields__)
    row = connection.execute(select(*columns).where(table.c.file_id == file_id)).one_or_none()
    return None if row is None else File(*row)


def part(connection: Connection, file_id: str, number: int) -> Sealed | None:
    """One part; None behind the last one."""
    found = select(parts.c.data).where(parts.c.file_id == file_id, parts.c.number == number)
    data = connection.execute(found).scalar_one_or_none()
    return None if data is None else Sealed(data)


def forget_decided_before(rows: Rows, moment: datetime) -> None:
    """Delete what belongs to challenges that ended before then (RET-7)."""
    ended = select(challenges.table.c.challenge_id).where(challenges.table.c.decided_at < moment)
    old = select(table.c.file_id).where(table.c.challenge_id.in_(ended))
    rows.execute(delete(parts).where(parts.c.file_id.in_(old)))
    rows.execute(delete(table).where(table.c.challenge_id.in_(ended)))


def forget_candidate(rows: Rows, candidate_id: str) -> None:
    """Delete everything of an erased candidate."""
    old = select(table.c.file_id).where(table.c.candidate_id == candidate_id)
    rows.execute(delete(parts).where(parts.c.file_id.in_(old)))
    rows.execute(delete(table).where(table.c.candidate_id == candidate_id))
