"""Which account opens this record, and which number is whose? Not projections: their keys decide who was first.

A number's row stays after an erasure, without the person, so that nobody gets it again.
"""

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from chassis.projections import Rows
from services.identity.projections import METADATA

owners = Table(
    "record_owners",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("account_id", String(60), nullable=False),
)

numbers = Table(
    "csco_ids",
    METADATA,
    Column("csco_id", String(12), primary_key=True),
    Column("candidate_id", String(60), nullable=False, unique=True),
)

provider_ids = Table(
    "provider_ids",
    METADATA,
    Column("vue_hash", String(64), primary_key=True),
    Column("candidate_id", String(60), nullable=False, unique=True),
)
"""The provider's ids as keyed hashes."""


def is_taken(connection: Connection, candidate_id: str) -> bool:
    """Whether an account opens the record."""
    found = select(owners.c.account_id).where(owners.c.candidate_id == candidate_id)
    return connection.execute(found).first() is not None


def take(rows: Rows, candidate_id: str, account_id: str) -> None:
    """Let the account open the record; the transaction fails when another one does."""
    rows.execute(insert(owners).values(candidate_id=candidate_id, account_id=account_id))


def number_of(connection: Connection, candidate_id: str) -> str | None:
    """The candidate's CSCO id."""
    found = select(numbers.c.csco_id).where(numbers.c.candidate_id == candidate_id)
    return connection.execute(found).scalar_one_or_none()


def is_free(connection: Connection, csco_id: str) -> bool:
    """Whether nobody has this number."""
    return connection.execute(select(numbers.c.csco_id).where(numbers.c.csco_id == csco_id)).first() is None


def give_number(rows: Rows, csco_id: str, candidate_id: str) -> None:
    """Write the number down; the transaction fails when it is somebody else's."""
    rows.execute(insert(numbers).values(csco_id=csco_id, candidate_id=candidate_id))


def candidate_with_number(connection: Connection, csco_id: str) -> str | None:
    """Whose CSCO id this is."""
    found = select(numbers.c.candidate_id).where(numbers.c.csco_id == csco_id)
    return connection.execute(found).scalar_one_or_none()


def candidate_with_provider_id(connection: Connection, vue_hash: str) -> str | None:
    """Whose VUE id has this hash."""
    found = select(provider_ids.c.candidate_id).where(provider_ids.c.vue_hash == vue_hash)
    return connection.execute(found).scalar_one_or_none()


def link_provider(rows: Rows, vue_hash: str, candidate_id: str) -> None:
    """Write the VUE id down; the transaction fails when it is somebody else's."""
    rows.execute(insert(provider_ids).values(vue_hash=vue_hash, candidate_id=candidate_id))


def forget(rows: Rows, candidate_id: str) -> None:
    """Remove what would find an erased person; the number itself is never given again."""
    rows.execute(delete(provider_ids).where(provider_ids.c.candidate_id == candidate_id))
