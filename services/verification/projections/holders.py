"""What is the candidate called, and where do they live? Clear text that goes with the account."""

import json
from typing import Any

from sqlalchemy import Boolean, Column, Connection, String, Table, Text, bindparam, select

import contracts
from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.verification.projections import METADATA

table = Table(
    "verification_holders",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("name", Text, nullable=True),
    Column("erased", Boolean, nullable=False),
)

addresses = Table(
    "verification_addresses",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("address", Text, nullable=False),
)


def project(rows: Rows, fact: Fact) -> None:
    """The newest name and address; of an erased candidate only that they are erased."""
    match fact.event:
        case contracts.NameChanged(name=box):
            name = fact.reveal(Sealed(box))
            rows.put(table, candidate_id=fact.subject, name=name, erased=name is None)
        case contracts.AddressChanged(address=box):
            address = fact.reveal(Sealed(box))
            if address is None:
                rows.drop(addresses, key=(fact.subject,))
            else:
                rows.put(addresses, candidate_id=fact.subject, address=address)
        case contracts.AccountErased():
            rows.put(table, candidate_id=fact.subject, name=None, erased=True)
            rows.drop(addresses, key=(fact.subject,))


PROJECTION = Projection(name="holders", tables=(table, addresses), project=project)

_ADDRESS = select(addresses.c.address).where(addresses.c.candidate_id == bindparam("candidate_id"))


def address_of(connection: Connection, candidate_id: str) -> dict[str, Any] | None:
    """The mailing address with the fields that identity gives it; None if there is none."""
    text = connection.execute(_ADDRESS, {"candidate_id": candidate_id}).scalar_one_or_none()
    if text is None:
        return None
    address: dict[str, Any] = json.loads(text)
    return address
