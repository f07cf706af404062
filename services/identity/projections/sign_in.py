"""Which authenticator and passkeys open this account? Rows are by account and go with it (R-P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, delete, select

from chassis.decider import Fact, Sealed
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import AccountErased
from services.identity.domain.sign_in_facts import (
    AuthenticatorTurnedOff,
    AuthenticatorTurnedOn,
    PasskeyRegistered,
    PasskeyRemoved,
    PasskeyRenamed,
    PasskeyUsed,
)
from services.identity.projections import METADATA

authenticators = Table(
    "authenticators",
    METADATA,
    Column("account_id", String(60), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("since", Moment, nullable=False),
)
"""The secret stays sealed, so that the key's end is its end too."""

passkeys = Table(
    "passkeys",
    METADATA,
    Column("passkey_id", String(1400), primary_key=True),
    Column("account_id", String(60), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("name", Text, nullable=True),
    Column("registered_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
    Index("passkeys_account", "account_id", "registered_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A device that opens the account."""

    passkey_id: str
    account_id: str
    public_key: str
    sign_count: int
    name: str | None
    registered_at: datetime
    used_at: datetime | None


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    match fact.event:
        case AuthenticatorTurnedOn(secret=secret, at=at):
            rows.put(authenticators, account_id=fact.subject, secret=secret, since=at)
        case AuthenticatorTurnedOff():
            rows.drop(authenticators, key=(fact.subject,))
        case PasskeyRegistered() as registered:
            rows.put(
                passkeys,
                passkey_id=registered.passkey_id,
                account_id=fact.subject,
                public_key=registered.public_key,
                sign_count=registered.sign_count,
                name=fact.reveal(registered.name),
                registered_at=registered.at,
            )
        case PasskeyRenamed(passkey_id=passkey_id, name=name):
            rows.change(passkeys, key=(passkey_id,), name=fact.reveal(name))
        case PasskeyUsed(passkey_id=passkey_id, sign_count=counted, at=at):
            rows.change(passkeys, key=(passkey_id,), sign_count=counted, used_at=at)
        case PasskeyRemoved(passkey_id=passkey_id):
            rows.drop(passkeys, key=(passkey_id,))
        case AccountErased():
            account_id = fact.stream.removeprefix("account-")
            rows.drop(authenticators, key=(account_id,))
            own = rows.actual(passkeys)
            rows.execute(delete(own).where(own.c.account_id == account_id))
        case _:
            pass


PROJECTION = Projection(name="sign_in", tables=(authenticators, passkeys), project=project)


def secret_of(connection: Connection, account_id: str) -> Sealed | None:
    """The authenticator's sealed secret; None while there is none."""
    found = select(authenticators.c.secret).where(authenticators.c.account_id == account_id)
    secret = connection.execute(found).scalar_one_or_none()
    return None if secret is None else Sealed(secret)


def passkey(connection: Connection, passkey_id: str) -> Passkey | None:
    """The passkey, until it is removed."""
    row = connection.execute(select(passkeys).where(passkeys.c.passkey_id == passkey_id)).one_or_none()
    return None if row is None else Passkey(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def passkeys_of(connection: Connection, account_id: str) -> Sequence[Passkey]:
    """The account's passkeys, the oldest first."""
    own = select(passkeys).where(passkeys.c.account_id == account_id)
    rows = connection.execute(own.order_by(passkeys.c.registered_at, passkeys.c.passkey_id))
    return [Passkey(**row._mapping) for row in rows]  # noqa: SLF001  as in passkey
