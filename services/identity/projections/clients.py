"""Which programs may ask for tokens? One row each, until they are removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Connection, String, Table, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.client import ClientAdded, ClientRemoved, SignedBy, client
from services.identity.projections import METADATA

table = Table(
    "oauth_clients",
    METADATA,
    Column("client_id", String(60), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("redirect_uris", JSON, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("signed_by", String(10), nullable=False, server_default="Ed25519"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A registered program; without a secret hash it is a public one."""

    client_id: str
    name: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    secret_hash: str
    signed_by: SignedBy


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    client_id = fact.stream.removeprefix(client.stream(""))
    match fact.event:
        case ClientAdded() as added:
            rows.put(
                table,
                client_id=client_id,
                name=added.name,
                redirect_uris=list(added.redirect_uris),
                scopes=list(added.scopes),
                secret_hash=added.secret_hash,
                signed_by=added.signed_by,
            )
        case ClientRemoved():
            rows.drop(table, key=(client_id,))
        case _:
            pass


PROJECTION = Projection(name="clients", tables=(table,), project=project)


def with_id(connection: Connection, client_id: str) -> Client | None:
    """The client, until it is removed."""
    row = connection.execute(select(table).where(table.c.client_id == client_id)).one_or_none()
    return None if row is None else _client(row)


def everyone(connection: Connection) -> Sequence[Client]:
    """All clients by name."""
    return [_client(row) for row in connection.execute(select(table).order_by(table.c.name, table.c.client_id))]


def _client(row: Any) -> Client:
    return Client(
        client_id=row.client_id,
        name=row.name,
        redirect_uris=tuple(row.redirect_uris),
        scopes=tuple(row.scopes),
        secret_hash=row.secret_hash,
        signed_by=row.signed_by,
    )
