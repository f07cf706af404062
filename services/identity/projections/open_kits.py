"""Which kits are on their way to whom? An erasure waits for them, up to the end of what was promised (R-P1)."""

from datetime import date, timedelta

from sqlalchemy import Column, Connection, Date, Index, String, Table, func, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.projections import METADATA
from services.identity.projections.merges import MERGES

PROMISE = timedelta(weeks=16)
"""When a kit has arrived at the latest (R-G3)."""

table = Table(
    "open_kits",
    METADATA,
    Column("kit_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("until", Date, nullable=False),
    Index("open_kits_candidate", "candidate_id", "until"),
)


def project(rows: Rows, fact: Fact) -> None:
    """One row per ordered kit."""
    match fact.event:
        case contracts.KitClaimed(candidate_id=candidate_id, kit_id=kit_id, claimed_on=day):
            rows.put(table, kit_id=kit_id, candidate_id=candidate_id, until=day + PROMISE)
        case _:
            pass


PROJECTION = Projection(name="open_kits", tables=(table,), project=project)


def last_day(connection: Connection, candidate_id: str, today: date) -> date | None:
    """When the last kit that is on its way has arrived; None where none is."""
    wanted = select(func.max(table.c.until)).where(MERGES.is_of(table.c.candidate_id), table.c.until >= today)
    return connection.execute(wanted, {"candidate_id": candidate_id}).scalar_one_or_none()
