"""Which company names that people have written wait for support (F2.4)? One row each, until somebody has looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, bindparam, func, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import AccountErased, AccountMapped, RegistrationLapsed
from services.identity.domain.person_facts import CompanyChanged, CompanyReviewed
from services.identity.projections import METADATA

PAGE_SIZE = 25

table = Table(
    "companies_to_review",
    METADATA,
    Column("account_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("company", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Index("companies_to_review_since", "since", "account_id"),
    Index("companies_to_review_candidate", "candidate_id"),
)
"""A row stands for as long as the name waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A name that waits."""

    account_id: str
    candidate_id: str
    company: str
    since: datetime


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    account_id = fact.stream.removeprefix("account-")
    match fact.event:
        case CompanyChanged(company=company, listed=listed):
            _write(rows, fact, account_id, "" if listed else fact.reveal(company) or "")
        case AccountMapped():
            rows.change(table, key=(account_id,), candidate_id=fact.subject)
        case CompanyReviewed() | AccountErased() | RegistrationLapsed():
            rows.drop(table, key=(account_id,))
        case _:
            pass


def _write(rows: Rows, fact: Fact, account_id: str, company: str) -> None:
    if not company:
        rows.drop(table, key=(account_id,))
        return
    rows.put(table, account_id=account_id, candidate_id=fact.subject, company=company, since=fact.recorded_at)


PROJECTION = Projection(name="companies", tables=(table,), project=project)


def page(connection: Connection, number: int) -> tuple[Sequence[Waiting], int]:
    """One page of the names, those that wait longest first, and how many there are."""
    total = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    rows = select(table).order_by(table.c.since, table.c.account_id)
    shown = connection.execute(rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return [Waiting(**row._mapping) for row in shown], total  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


_OWN = select(table.c.account_id).where(table.c.candidate_id == bindparam("candidate_id"))


def waits(connection: Connection, candidate_id: str) -> bool:
    """Whether the candidate's company is one of them."""
    return connection.execute(_OWN, {"candidate_id": candidate_id}).first() is not None
