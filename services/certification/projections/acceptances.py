"""Which versions of the agreement a candidate has accepted, and on which days exams were sat (F4.6)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.agreement import Accepted
from services.certification.domain.facts import ExamEvidenceRecorded
from services.certification.domain.programme_facts import AgreementRecorded
from services.certification.projections import METADATA

table = Table(
    "agreement_acceptances",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("happened_on", Date, primary_key=True),
    Column("place", String(20), nullable=False),
)
"""The version is empty for a sitting: which one that accepts is the catalogue's to say."""


@dataclass(frozen=True, slots=True)
class Known:
    """Versions that were accepted, and days of sittings."""

    recorded: tuple[Accepted, ...]
    sat_on: tuple[date, ...]


def project(rows: Rows, fact: Fact) -> None:
    """A row per acceptance and per day of a sitting."""
    match fact.event:
        case AgreementRecorded(version=version, accepted_on=day, place=place):
            rows.put(table, candidate_id=fact.subject, version=version, happened_on=day, place=place)
        case ExamEvidenceRecorded(taken_on=day):
            rows.put(table, candidate_id=fact.subject, version="", happened_on=day, place="test-site")


PROJECTION = Projection(name="acceptances", tables=(table,), project=project)
_OF_CANDIDATE = select(table.c.version, table.c.happened_on, table.c.place).where(
    table.c.candidate_id == bindparam("candidate_id")
)


def of_candidate(connection: Connection, candidate_id: str) -> Known:
    """Everything of one candidate."""
    rows = connection.execute(_OF_CANDIDATE, {"candidate_id": candidate_id}).all()
    recorded = tuple(Accepted(row.version, row.happened_on, row.place) for row in rows if row.version)
    return Known(recorded, tuple(row.happened_on for row in rows if not row.version))
