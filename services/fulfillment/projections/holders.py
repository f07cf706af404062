"""What is a candidate's kit made and sent with? Names and addresses stay sealed here, and go with the account."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, select

import contracts
from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from services.fulfillment.projections import METADATA

names = Table(
    "fulfillment_names",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("name", Text, nullable=False),
)

addresses = Table(
    "fulfillment_addresses",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("address", Text, nullable=False),
)

complete = Table(
    "fulfillment_complete_profiles",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Sealed name and address of a candidate whose profile is complete."""

    name: Sealed
    address: Sealed


def project(rows: Rows, fact: Fact) -> None:
    """The newest name and address, until the account is erased."""
    key = (fact.subject,)
    match fact.event:
        case contracts.NameChanged(name=box):
            rows.put(names, candidate_id=fact.subject, name=box)
        case contracts.AddressChanged(address=box):
            rows.put(addresses, candidate_id=fact.subject, address=box)
        case contracts.ProfileCompleted():
            rows.put(complete, candidate_id=fact.subject)
        case contracts.AccountErased():
            for table in (names, addresses, complete):
                rows.drop(table, key=key)


PROJECTION = Projection(name="holders", tables=(names, addresses, complete), project=project)

COMPLETE = (
    select(names.c.name, addresses.c.address)
    .join(addresses, addresses.c.candidate_id == names.c.candidate_id)
    .join(complete, complete.c.candidate_id == names.c.candidate_id)
    .where(names.c.candidate_id == bindparam("candidate_id"))
)
"""One row if the candidate's profile is complete, else none."""


def with_complete_profile(connection: Connection, candidate_id: str) -> Holder | None:
    """Name and address; None while something is missing."""
    row = connection.execute(COMPLETE, {"candidate_id": candidate_id}).one_or_none()
    return None if row is None else Holder(name=Sealed(row.name), address=Sealed(row.address))
