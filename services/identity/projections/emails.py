"""Whose log-in is this e-mail? Not a projection: the keyed hash stands in no fact, so that erasure can take it away.

The primary key also decides who was first when two people register one e-mail at the same moment.
"""

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from chassis.projections import Rows
from services.identity.projections import METADATA, accounts
from services.identity.projections.merges import MERGES

table = Table(
    "email_lookups",
    METADATA,
    Column("email_hash", String(64), primary_key=True),
    Column("candidate_id", String(60), nullable=False, unique=True),
)


def account_with(connection: Connection, email_hash: str) -> str | None:
    """The account that is opened with this e-mail; its id is the candidate's own, or was until it was mapped."""
    found = select(table.c.candidate_id).where(table.c.email_hash == email_hash)
    return connection.execute(found).scalar_one_or_none()


def candidate_with(connection: Connection, email_hash: str) -> str | None:
    """The candidate who logs in with this e-mail."""
    account_id = account_with(connection, email_hash)
    found = None if account_id is None else accounts.with_id(connection, account_id)
    return account_id if found is None else found.candidate_id


def log_in_with(connection: Connection, email_hash: str) -> str | None:
    """The account that opens when somebody logs in with this e-mail: that of the record which stands for it."""
    account_id = account_with(connection, email_hash)
    found = None if account_id is None else accounts.with_id(connection, account_id)
    if found is None:
        return account_id
    kept = MERGES.resolved(connection, found.candidate_id)
    opens = found if kept == found.candidate_id else accounts.of_candidate(connection, kept)
    return None if opens is None else opens.account_id


def claim(rows: Rows, email_hash: str, candidate_id: str) -> None:
    """Write down the owner; the transaction fails when the e-mail has one."""
    rows.execute(insert(table).values(email_hash=email_hash, candidate_id=candidate_id))


def forget(rows: Rows, candidate_id: str) -> None:
    """Remove the look-up of an erased candidate."""
    rows.execute(delete(table).where(table.c.candidate_id == candidate_id))
