"""Who is an expert, under which number, and who still waits for one (F4.8)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, Index, Integer, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.catalogue import EXPERT
from services.certification.domain.expert_numbers import ExpertNumberAssigned, series_of
from services.certification.domain.facts import CertificationEarned, CertificationRevoked
from services.certification.domain.programme_facts import EmeritusApplied, EmeritusPaid, ExpertBecame
from services.certification.projections import METADATA
from services.certification.projections.merges import MERGES

numbers = Table(
    "expert_numbers",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("series", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("assigned_on", Date, nullable=False),
)
waiting = Table(
    "expert_numbers_waiting",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("series", String(20), primary_key=True),
    Column("earned_on", Date, nullable=False),
    Index("expert_numbers_waiting_order", "earned_on", "candidate_id"),
)
days = Table(
    "expert_days",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("first_expert_on", Date, nullable=False),
)
applications = Table(
    "emeritus_applications",
    METADATA,
    Column("application_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False, index=True),
    Column("fee_usd", Integer, nullable=False),
    Column("applied_on", Date, nullable=False),
    Column("paid_on", Date, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A personal number."""

    series: str
    number: int
    assigned_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose number is still to come."""

    candidate_id: str
    series: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application for a term of emeritus."""

    application_id: str
    fee_usd: int
    applied_on: date
    paid_on: date | None


def project(rows: Rows, fact: Fact) -> None:
    """Earning an expert certification asks for a number; the job gives it, once per person and series."""
    match fact.event:
        case CertificationEarned(heading=heading, active_on=day) if heading.level == EXPERT:
            series = series_of(heading.track)
            rows.put(waiting, candidate_id=fact.subject, series=series, earned_on=day)
        case ExpertNumberAssigned(series=series, number=number, assigned_on=day):
            rows.drop(waiting, key=(fact.subject, series))
            rows.put(numbers, candidate_id=fact.subject, series=series, number=number, assigned_on=day)
        case CertificationRevoked(heading=heading, reason="merge-undone") if heading.level == EXPERT:
            rows.drop(waiting, key=(fact.subject, series_of(heading.track)))
        case ExpertBecame(first_expert_on=None):
            rows.drop(days, key=(fact.subject,))
        case ExpertBecame(first_expert_on=day):
            rows.put(days, candidate_id=fact.subject, first_expert_on=day)
        case EmeritusApplied(application_id=application_id, fee_usd=fee, applied_on=day):
            rows.put(
                applications, application_id=application_id, candidate_id=fact.subject, fee_usd=fee, applied_on=day
            )
        case EmeritusPaid(application_id=application_id, paid_on=day):
            rows.change(applications, key=(application_id,), paid_on=day)


PROJECTION = Projection(name="experts", tables=(numbers, waiting, days, applications), project=project)


def numbers_of(connection: Connection, candidate_id: str) -> list[Number]:
    """The person's numbers, one by series; that of an absorbed record where there is none of their own."""
    wanted = select(numbers.c.series, numbers.c.number, numbers.c.assigned_on)
    mine = wanted.where(MERGES.is_of(numbers.c.candidate_id))
    own_first = mine.order_by(numbers.c.series, numbers.c.candidate_id != bindparam("candidate_id"))
    found: dict[str, Number] = {}
    for row in connection.execute(own_first, {"candidate_id": candidate_id}):
        found.setdefault(row.series, Number(*row))
    return list(found.values())


def who_waits(connection: Connection, limit: int = 100) -> list[Waiting]:
    """In the order of their earnings; another certification of the same series brings no second number."""
    owner = MERGES.whose(numbers.c.candidate_id)
    is_theirs = (numbers.c.candidate_id == waiting.c.candidate_id) | (owner == waiting.c.candidate_id)
    has = is_theirs & (numbers.c.series == waiting.c.series)
    wanted = select(waiting.c.candidate_id, waiting.c.series).where(~select(numbers.c.number).where(has).exists())
    ordered = wanted.order_by(waiting.c.earned_on, waiting.c.candidate_id).limit(limit)
    return [Waiting(*row) for row in connection.execute(ordered)]


def first_day_of(connection: Connection, candidate_id: str) -> date | None:
    """The day of the first expert certification."""
    wanted = select(days.c.first_expert_on).where(days.c.candidate_id == candidate_id)
    return connection.execute(wanted).scalar_one_or_none()


def applications_of(connection: Connection, candidate_id: str) -> list[Application]:
    """The candidate's applications, newest first."""
    columns = (applications.c[name] for name in Application.__dataclass_fields__)
    wanted = select(*columns).where(applications.c.candidate_id == candidate_id)
    return [Application(*row) for row in connection.execute(wanted.order_by(applications.c.applied_on.desc()))]


def candidate_of(connection: Connection, application_id: str) -> str | None:
    """Whose application it is."""
    wanted = select(applications.c.candidate_id).where(applications.c.application_id == application_id)
    return connection.execute(wanted).scalar_one_or_none()
