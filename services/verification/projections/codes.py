"""What does this verification code stand for, and which codes has the candidate? Both live (F11.1, F11.2)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Index, String, Table, Text, and_, bindparam, select

from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.verification.domain.public_answers import Meant
from services.verification.domain.standing import Standing
from services.verification.domain.verification_code import CodeMinted
from services.verification.projections import METADATA, certifications, holders
from services.verification.projections.merges import MERGES

table = Table(
    "verification_codes",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("certification", String(60), nullable=False),
    Column("code", Text, nullable=False),
    Index("verification_codes_candidate", "candidate_id"),
)
"""A code is found by its keyed hash; the code itself stays sealed."""


@dataclass(frozen=True, slots=True)
class Code:
    """A candidate's code, still sealed."""

    certification: str
    code: Sealed
    candidate_id: str
    """With whose key it is sealed: the candidate's, or that of a record that theirs has absorbed."""


def project(rows: Rows, fact: Fact) -> None:
    """One row per code, for good."""
    match fact.event:
        case CodeMinted() as minted:
            rows.put(
                table,
                code_hash=minted.code_hash,
                candidate_id=fact.subject,
                certification=minted.certification,
                code=minted.code,
            )


PROJECTION = Projection(name="codes", tables=(table,), project=project)

_WHOSE = MERGES.whose(table.c.candidate_id)
"""Whose the code is today; until certification has told of the joined record, the absorbed one speaks for itself."""
_MEANT = (
    select(holders.table.c.name, holders.table.c.erased, *certifications.COLUMNS)
    .select_from(table)
    .join(
        certifications.table,
        and_(
            certifications.table.c.candidate_id.in_((table.c.candidate_id, _WHOSE)),
            certifications.table.c.certification == table.c.certification,
        ),
    )
    .outerjoin(holders.table, holders.table.c.candidate_id == _WHOSE)
    .where(table.c.code_hash == bindparam("code_hash"))
    .order_by((certifications.table.c.candidate_id == _WHOSE).desc())
    .limit(1)
)
_CODES = (
    select(table.c.certification, table.c.code, table.c.candidate_id)
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.certification, table.c.candidate_id != bindparam("candidate_id"))
)


def meant(connection: Connection, code_hash: str) -> Meant | None:
    """What the code stands for; None for an unknown one."""
    row = connection.execute(_MEANT, {"code_hash": code_hash}).one_or_none()
    if row is None:
        return None
    columns: Any = row[2:]
    standing = Standing(**dict(zip(Standing.__dataclass_fields__, columns, strict=True)))
    return Meant(holder=row[0], erased=bool(row[1]), standing=standing)


def minted_for(connection: Connection, candidate_id: str) -> list[str]:
    """The certifications that have a code."""
    return [one.certification for one in of_candidate(connection, candidate_id)]


def of_candidate(connection: Connection, candidate_id: str) -> list[Code]:
    """One code per certification, their own if there is one; those of absorbed records verify too."""
    found: dict[str, Code] = {}
    for row in connection.execute(_CODES, {"candidate_id": candidate_id}):
        found.setdefault(row.certification, Code(*row))
    return list(found.values())
