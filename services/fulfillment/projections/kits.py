"""Which kits has this candidate, and what became of them? One row per offer (F8.2, F8.5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, String, Table, and_, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.fulfillment.domain.kits import KitClaimed, KitOffered, KitOfferWithdrawn, Standing, Status
from services.fulfillment.projections import METADATA, holders, standings
from services.fulfillment.projections.merges import MERGES

table = Table(
    "fulfillment_kits",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("kit_id", String(40), primary_key=True),
    Column("certification", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("offered_on", Date, nullable=False),
    Column("claimed_on", Date, nullable=True),
    Column("order_number", String(40), nullable=True),
    Column("promise_from", Date, nullable=True),
    Column("promise_until", Date, nullable=True),
    Index("fulfillment_kits_promise", "status", "promise_until"),
)


@dataclass(frozen=True, slots=True)
class Kit:
    """One kit and what a claim depends on; the promise is the span of days in which it should arrive (R-G3)."""

    candidate_id: str
    """Under which the kit was offered: the candidate's own id, or that of a record that theirs has absorbed."""
    kit_id: str
    certification: str
    name: str
    kind: str
    status: Status
    offered_on: date
    claimed_on: date | None
    order_number: str | None
    promise_from: date | None
    promise_until: date | None
    standing: Standing | None
    profile_complete: bool


def project(rows: Rows, fact: Fact) -> None:
    """One row per offered kit."""
    match fact.event:
        case KitOffered() as offered:
            rows.put(
                table,
                candidate_id=fact.subject,
                kit_id=offered.kit_id,
                certification=offered.certification,
                name=offered.name,
                kind=offered.kind,
                status="pending",
                offered_on=offered.offered_on,
            )
        case KitClaimed() as claimed:
            rows.change(
                table,
                key=(fact.subject, claimed.kit_id),
                status="ordered",
                claimed_on=claimed.claimed_on,
                order_number=claimed.order_number,
                promise_from=claimed.promise_from,
                promise_until=claimed.promise_until,
            )
        case KitOfferWithdrawn(kit_id=kit_id):
            rows.change(table, key=(fact.subject, kit_id), status="withdrawn")


PROJECTION = Projection(name="kits", tables=(table,), project=project)

_OWN = [name for name in Kit.__dataclass_fields__ if name in table.c]
_KITS = (
    select(
        *(table.c[name] for name in _OWN),
        holders.COMPLETE.exists().label("profile_complete"),
        standings.table.c.active,
        standings.table.c.expires_on,
    )
    .select_from(table)
    .outerjoin(
        standings.table,
        and_(
            standings.table.c.candidate_id == bindparam("candidate_id"),
            standings.table.c.certification == table.c.certification,
        ),
    )
    .where(MERGES.is_of(table.c.candidate_id))
    .order_by(table.c.offered_on.desc(), table.c.name, table.c.kit_id)
)


def of_candidate(connection: Connection, candidate_id: str) -> list[Kit]:
    """The candidate's kits, the newest offer first."""
    return [_kit(*row) for row in connection.execute(_KITS, {"candidate_id": candidate_id})]


def _kit(*columns: Any) -> Kit:
    *own, profile_complete, active, expires_on = columns
    standing = None if active is None else Standing(active=active, expires_on=expires_on)
    return Kit(*[*own, standing, profile_complete])
