"""What has been agreed to? The agreement in its versions, and a guardian's consent where one is needed (R-N3, R-M1)."""

from sqlalchemy import Boolean, Column, Connection, String, Table, bindparam, select

import contracts
from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.testing.domain.bookings import ExamStarted
from services.testing.projections import METADATA

agreements = Table(
    "testing_agreements",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("version", String(20), primary_key=True),
)
"""Accepted in the portal, or at the test site when an exam began."""

guardians = Table(
    "testing_guardians",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("consented", Boolean, nullable=False),
)
"""Candidates who need a guardian's consent."""


def project(rows: Rows, fact: Fact) -> None:
    """What others tell, and what the candidate accepted at the start of an exam."""
    match fact.event:
        case contracts.AgreementAccepted(agreement_version=version) | ExamStarted(agreement_version=version) if version:
            rows.put(agreements, candidate_id=fact.subject, version=version)
        case contracts.GuardianConsentGiven():
            rows.put(guardians, candidate_id=fact.subject, consented=True)
        case contracts.GuardianConsentNeeded() | contracts.GuardianConsentWithdrawn():
            rows.put(guardians, candidate_id=fact.subject, consented=False)
        case contracts.CandidateCameOfAge() | contracts.AccountErased():
            rows.drop(guardians, key=(fact.subject,))


PROJECTION = Projection(name="consents", tables=(agreements, guardians), project=project)

_ACCEPTED = select(agreements.c.version).where(agreements.c.candidate_id == bindparam("candidate_id"))
_CONSENTED = select(guardians.c.consented).where(guardians.c.candidate_id == bindparam("candidate_id"))


def accepted(connection: Connection, candidate_id: str) -> frozenset[str]:
    """The versions of the agreement that this candidate has accepted."""
    return frozenset(connection.execute(_ACCEPTED, {"candidate_id": candidate_id}).scalars())


def guardian_missing(connection: Connection, candidate_id: str) -> bool:
    """Whether a guardian's consent is needed and not there."""
    return connection.execute(_CONSENTED, {"candidate_id": candidate_id}).scalar_one_or_none() is False
