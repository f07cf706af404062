"""Which password belongs to this account? Only its sealed hash is kept, so that the key's end is its end too.

Rows are by account: its facts about log-ins keep the account's own id and key, whatever record it opens.
"""

from sqlalchemy import Column, Connection, String, Table, Text, select

from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.identity.domain.account_facts import AccountErased, PasswordSet, RegistrationLapsed
from services.identity.projections import METADATA

table = Table(
    "credentials",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("password", Text, nullable=False),
)


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    match fact.event:
        case PasswordSet(password=password):
            rows.put(table, candidate_id=fact.subject, password=password)
        case AccountErased() | RegistrationLapsed():
            rows.drop(table, key=(fact.stream.removeprefix("account-"),))
        case _:
            pass


PROJECTION = Projection(name="credentials", tables=(table,), project=project)


def password_of(connection: Connection, candidate_id: str) -> Sealed | None:
    """The sealed argon2 hash; None for an unknown or erased candidate."""
    found = select(table.c.password).where(table.c.candidate_id == candidate_id)
    password = connection.execute(found).scalar_one_or_none()
    return None if password is None else Sealed(password)
