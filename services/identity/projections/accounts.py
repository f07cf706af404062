"""In which state is this account, and whose record does it open? One row per account, until it lapses or is erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Index, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import (
    AccountErased,
    AccountLocked,
    AccountMapped,
    AccountMappingRefused,
    AccountMappingRequested,
    AccountRegistered,
    AccountUnlocked,
    EmailVerified,
    RegistrationLapsed,
)
from services.identity.projections import METADATA, keys

table = Table(
    "accounts",
    METADATA,
    Column("account_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("mapped", Boolean, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("mapping_reason", String(40), nullable=True),
    Index("accounts_candidate", "candidate_id"),
    Index("accounts_unconfirmed", "confirmed", "registered_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What log-ins need to know; `candidate_id` is the account's own id until it is mapped to an older record."""

    account_id: str
    candidate_id: str
    confirmed: bool
    mapped: bool
    locked: bool
    mapping_reason: str
    """Why people must look at the mapping; empty where they need not."""


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    account_id = account_of_stream(fact.stream)
    match fact.event:
        case AccountRegistered(registered_at=at):
            rows.put(
                table,
                account_id=account_id,
                candidate_id=fact.subject,
                registered_at=at,
                confirmed=False,
                mapped=False,
                locked=False,
            )
        case EmailVerified():
            rows.change(table, key=(account_id,), confirmed=True)
        case AccountMapped():
            rows.change(
                table, key=(account_id,), candidate_id=fact.subject, confirmed=True, mapped=True, mapping_reason=None
            )
        case AccountMappingRequested(reason=reason):
            rows.change(table, key=(account_id,), mapping_reason=reason)
        case AccountMappingRefused():
            rows.change(table, key=(account_id,), mapping_reason=None)
        case AccountLocked():
            rows.change(table, key=(account_id,), locked=True)
        case AccountUnlocked():
            rows.change(table, key=(account_id,), locked=False)
        case AccountErased() | RegistrationLapsed():
            rows.drop(table, key=(account_id,))
        case _:
            pass


PROJECTION = Projection(name="accounts", tables=(table,), project=project)


def account_of_stream(stream: str) -> str:
    """The account that a stream is about."""
    return stream.removeprefix("account-")


_BY_ID = select(table).where(table.c.account_id == bindparam("wanted"))
_BY_CANDIDATE = select(table).where(table.c.candidate_id == bindparam("wanted"))


def with_id(connection: Connection, account_id: str) -> Account | None:
    """The account, until it lapses or is erased."""
    return _one(connection.execute(_BY_ID, {"wanted": account_id}).first())


def of_candidate(connection: Connection, candidate_id: str) -> Account | None:
    """The account that opens this candidate's record."""
    return _one(connection.execute(_BY_CANDIDATE, {"wanted": candidate_id}).first())


def _one(row: Any) -> Account | None:
    if row is None:
        return None
    return Account(
        account_id=row.account_id,
        candidate_id=row.candidate_id,
        confirmed=row.confirmed,
        mapped=row.mapped,
        locked=row.locked,
        mapping_reason=row.mapping_reason or "",
    )


def unconfirmed_since(connection: Connection, before: datetime, limit: int) -> list[str]:
    """Accounts that registered before this moment and never confirmed, the oldest first."""
    old = select(table.c.account_id).where(table.c.confirmed.is_(False), table.c.registered_at < before)
    return list(connection.execute(old.order_by(table.c.registered_at).limit(limit)).scalars())


def without_key(connection: Connection, limit: int) -> list[str]:
    """Candidates with an account and a destroyed key: erased once, and restored from an older backup."""
    destroyed = (keys.table.c.candidate_id == table.c.candidate_id) & keys.table.c.wrapped.is_(None)
    found = select(table.c.candidate_id).join(keys.table, destroyed).order_by(table.c.candidate_id)
    return list(connection.execute(found.limit(limit)).scalars())
