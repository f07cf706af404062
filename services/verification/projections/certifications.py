"""How does each certification of the candidate stand? Whoever looks judges by the day."""

from sqlalchemy import Boolean, Column, Date, String, Table, false

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.verification.domain.standing import Standing
from services.verification.projections import METADATA

table = Table(
    "verification_certifications",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(60), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("status", String(20), nullable=False),
    Column("active_on", Date, nullable=False),
    Column("expires_on", Date, nullable=True),
    Column("emeritus_until", Date, nullable=True),
    Column("revoked_on", Date, nullable=True),
    Column("on_hold", Boolean, nullable=False, server_default=false()),
)

COLUMNS = tuple(table.c[name] for name in Standing.__dataclass_fields__)
"""In the order of the fields of Standing."""


def project(rows: Rows, fact: Fact) -> None:
    """One row per certification that was ever earned; a new earning begins a new row."""
    match fact.event:
        case contracts.CertificationEarned() as earned:
            rows.put(
                table,
                candidate_id=fact.subject,
                certification=earned.certification,
                name=earned.name,
                status="active",
                active_on=earned.active_on,
                expires_on=earned.expires_on,
                on_hold=False,
            )
        case (
            contracts.CertificationReinstated(certification=certification, expires_on=day)
            | contracts.CertificationReactivated(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), status="active", expires_on=day)
        case (
            contracts.CertificationRecertified(certification=certification, expires_on=day)
            | contracts.CertificationExtended(certification=certification, expires_on=day)
            | contracts.CertificationExpiryCorrected(certification=certification, expires_on=day)
        ):
            rows.change(table, key=(fact.subject, certification), expires_on=day)
        case _:
            _project_ends(rows, fact)


def _project_ends(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case contracts.CertificationExpired(certification=certification, expires_on=day):
            rows.change(table, key=(fact.subject, certification), status="expired", expires_on=day)
        case contracts.CertificationRevoked(certification=certification, reason=contracts.MERGE_UNDONE):
            rows.drop(table, key=(fact.subject, certification))
        case contracts.CertificationRevoked(certification=certification, revoked_on=day):
            rows.change(table, key=(fact.subject, certification), status="revoked", revoked_on=day)
        case contracts.EmeritusGranted(certification=certification, until=day):
            rows.change(table, key=(fact.subject, certification), status="emeritus", emeritus_until=day)
        case contracts.EmeritusLapsed(certification=certification):
            rows.change(table, key=(fact.subject, certification), status="expired")
        case contracts.LifetimeEmeritusGranted(certification=certification):
            rows.change(table, key=(fact.subject, certification), status="lifetime_emeritus", emeritus_until=None)
        case _:
            _project_decisions(rows, fact)


def _project_decisions(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case contracts.CertificationRestored(certification=certification, expires_on=day):
            rows.change(table, key=(fact.subject, certification), status="active", expires_on=day, revoked_on=None)
        case contracts.CertificationHeld(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=True)
        case contracts.CertificationHoldLifted(certification=certification):
            rows.change(table, key=(fact.subject, certification), on_hold=False)


PROJECTION = Projection(name="certifications", tables=(table,), project=project)
