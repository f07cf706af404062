"""Evidence beside cases: sealed in parts, no projection of facts, deleted three years after the case (RET-7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, Index, Integer, Select, String, Table, Text, delete, func, select

from chassis.decider import Sealed
from chassis.projections import Moment, Rows
from services.identity.projections import METADATA, cases

table = Table(
    "case_files",
    METADATA,
    Column("file_id", String(40), primary_key=True),
    Column("case_id", String(60), nullable=False),
    Column("owner", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("attached", Boolean, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Index("case_files_case", "case_id"),
    Index("case_files_owner", "owner"),
)
"""`attached` once a message speaks of it."""

parts = Table(
    "case_file_parts",
    METADATA,
    Column("file_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", Text, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is known of a file besides its contents; the name is sealed with the key of the case's owner."""

    file_id: str
    case_id: str
    owner: str
    name: Sealed
    media_type: str
    size: int
    attached: bool


def keep(rows: Rows, file: File, uploaded_at: datetime) -> None:
    """Begin a file."""
    columns = {name: getattr(file, name) for name in File.__dataclass_fields__}
    rows.put(table, **columns, uploaded_at=uploaded_at)


def keep_part(rows: Rows, file_id: str, number: int, data: Sealed, size: int) -> None:
    """One part; the same part again changes nothing."""
    rows.put(parts, file_id=file_id, number=number, data=data)
    rows.change(table, key=(file_id,), size=size)


def attach(rows: Rows, file_ids: tuple[str, ...]) -> None:
    """A message speaks of these files."""
    for file_id in file_ids:
        rows.change(table, key=(file_id,), attached=True)


def one(connection: Connection, file_id: str) -> File | None:
    """One file; None for an unknown one."""
    found = select(*(table.c[name] for name in File.__dataclass_fields__)).where(table.c.file_id == file_id)
    row = connection.execute(found).one_or_none()
    return None if row is None else File(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def of_case(connection: Connection, case_id: str) -> dict[str, File]:
    """The files that messages of the case speak of, by id."""
    columns = (table.c[name] for name in File.__dataclass_fields__)
    found = select(*columns).where(table.c.case_id == case_id, table.c.attached)
    return {row.file_id: File(**row._mapping) for row in connection.execute(found)}  # noqa: SLF001  as in one


def count(connection: Connection, case_id: str) -> int:
    """How many there are, those on their way included."""
    found = select(func.count()).select_from(table).where(table.c.case_id == case_id)
    return int(connection.execute(found).scalar_one())


def part(connection: Connection, file_id: str, number: int) -> Sealed | None:
    """One part; None behind the last one."""
    found = select(parts.c.data).where(parts.c.file_id == file_id, parts.c.number == number)
    data = connection.execute(found).scalar_one_or_none()
    return None if data is None else Sealed(data)


def forget(rows: Rows, owner: str) -> None:
    """Everything of an erased person."""
    _delete(rows, select(table.c.file_id).where(table.c.owner == owner))


def forget_old(rows: Rows, closed_before: datetime, begun_before: datetime) -> None:
    """Files of cases that ended before then (RET-7), and those that nobody has spoken of since they were sent."""
    ended = cases.table.c.state.in_(["solved", "refused"]) & (cases.table.c.changed_at < closed_before)
    of_ended = select(cases.table.c.case_id).where(ended)
    left = ~table.c.attached & (table.c.uploaded_at < begun_before)
    _delete(rows, select(table.c.file_id).where(table.c.case_id.in_(of_ended) | left))


def _delete(rows: Rows, file_ids: Select[tuple[str]]) -> None:
    rows.execute(delete(parts).where(parts.c.file_id.in_(file_ids)))
    rows.execute(delete(table).where(table.c.file_id.in_(file_ids)))
