"""Files that candidates lay beside their claims: sealed, in pieces, and gone with the account; no fact holds them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, Integer, LargeBinary, String, Table, delete, func, select

from chassis.decider import Sealed
from chassis.projections import Rows
from services.certification.projections import METADATA

files = Table(
    "claim_evidence",
    METADATA,
    Column("evidence_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False, index=True),
    Column("claim_id", String(60), nullable=False, index=True),
    Column("file_name", String, nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("attached_on", Date, nullable=True),
)
"""`file_name` is sealed; `attached_on` stays empty until every piece is there."""
pieces = Table(
    "claim_evidence_pieces",
    METADATA,
    Column("evidence_id", String(60), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file beside a claim."""

    evidence_id: str
    candidate_id: str
    claim_id: str
    file_name: Sealed
    content_type: str
    size: int
    pieces: int
    attached_on: date | None


def begin(rows: Rows, file: File) -> None:
    """A file whose pieces are still to come."""
    rows.put(files, **{name: getattr(file, name) for name in File.__dataclass_fields__})


def keep_piece(rows: Rows, evidence_id: str, number: int, data: bytes) -> None:
    """One sealed piece; the same piece again replaces itself."""
    rows.put(pieces, evidence_id=evidence_id, number=number, data=data)


def attached(rows: Rows, evidence_id: str, day: date) -> None:
    """All pieces are there and the claim knows of it."""
    rows.change(files, key=(evidence_id,), attached_on=day)


def forget(rows: Rows, candidate_id: str) -> None:
    """An erased candidate leaves no file."""
    of_candidate = select(files.c.evidence_id).where(files.c.candidate_id == candidate_id)
    rows.execute(delete(pieces).where(pieces.c.evidence_id.in_(of_candidate)))
    rows.execute(delete(files).where(files.c.candidate_id == candidate_id))


def one(connection: Connection, evidence_id: str) -> File | None:
    """A file by its id."""
    row = connection.execute(select(files).where(files.c.evidence_id == evidence_id)).one_or_none()
    return None if row is None else File(*row)


def of_claims(connection: Connection, claim_ids: list[str]) -> list[File]:
    """The complete files of these claims, in the order of their arrival."""
    wanted = select(files).where(files.c.claim_id.in_(claim_ids), files.c.attached_on.is_not(None))
    return [File(*row) for row in connection.execute(wanted.order_by(files.c.attached_on, files.c.evidence_id))]


def piece_count(connection: Connection, evidence_id: str) -> int:
    """How many pieces have come."""
    wanted = select(func.count()).select_from(pieces).where(pieces.c.evidence_id == evidence_id)
    return int(connection.execute(wanted).scalar_one())


def piece(connection: Connection, evidence_id: str, number: int) -> Sealed | None:
    """One sealed piece."""
    wanted = select(pieces.c.data).where(pieces.c.evidence_id == evidence_id, pieces.c.number == number)
    data = connection.execute(wanted).scalar_one_or_none()
    return None if data is None else Sealed(bytes(data).decode())
