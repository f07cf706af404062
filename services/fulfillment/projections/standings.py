"""Is this certification of the candidate active, and until when? Claims ask."""

from sqlalchemy import Boolean, Column, Connection, Date, String, Table, and_, false, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.fulfillment.domain.kits import Standing
from services.fulfillment.projections import METADATA

table = Table(
    "fulfillment_standings",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(60), primary_key=True),
    Column("active", Boolean, nullable=False),
    Column("expires_on", Date, nullable=True),
    Column("on_hold", Boolean, nullable=False, server_default=false()),
)


def project(rows: Rows, fact: Fact) -> None:
    """One row per earned certification; emeritus is an honour, not an active status (R-E2)."""
    match fact.event:
        case contracts.CertificationEarned(certification=certification, expires_on=day):
            rows.put(
                table,
                candidate_id=fact.subject,
                certification=certification,
                active=True,
                expires_on=day,
                on_hold=False,
            )
        case contracts.CertificationRevoked(certification=certification, reason=contracts.MERGE_UNDONE):
            rows.drop(table, key=(fact.subject, certification))
        case (
            contracts.CertificationReinstated(certification=certification, expires_on=day)
            | contracts.CertificationReactivated(certification=certification, expires_on=day)
            | contracts.CertificationRestored(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), active=True, expires_on=day)
        case contracts.CertificationHeld(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=True)
        case contracts.CertificationHoldLifted(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=False)
        case (
            contracts.CertificationRecertified(certification=certification, expires_on=day)
            | contracts.CertificationExtended(certification=certification, expires_on=day)
            | contracts.CertificationExpiryCorrected(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), expires_on=day)
        case (
            contracts.CertificationExpired(certification=certification)
            | contracts.CertificationRevoked(certification=certification)
            | contracts.EmeritusGranted(certification=certification)
            | contracts.LifetimeEmeritusGranted(certification=certification)
            | contracts.EmeritusLapsed(certification=certification)
        ):
            rows.change(table, key=(fact.subject, certification), active=False)


PROJECTION = Projection(name="standings", tables=(table,), project=project)


def of_candidate(connection: Connection, candidate_id: str) -> dict[str, Standing]:
    """The candidate's standings by certification."""
    rows = connection.execute(
        select(table.c.certification, and_(table.c.active, ~table.c.on_hold).label("active"), table.c.expires_on).where(
            table.c.candidate_id == candidate_id
        )
    )
    return {row.certification: Standing(active=row.active, expires_on=row.expires_on) for row in rows}
