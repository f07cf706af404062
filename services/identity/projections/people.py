"""What is known of the person behind a record besides name and address? Rows go with the account (R-P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import JSON, Boolean, Column, Connection, Date, Index, String, Table, Text, bindparam, or_, select

from chassis.decider import Fact
from chassis.projections import Moment, Projection, Rows
from services.identity.domain.account_facts import (
    AccountErased,
    AccountMapped,
    AccountRegistered,
    LoginSucceeded,
    ProfileCompleted,
    RegistrationLapsed,
)
from services.identity.domain.person_facts import (
    AccountReinstated,
    AccountSuspended,
    CameOfAge,
    CompanyChanged,
    CompanyReviewed,
    DirectoryOptedIn,
    DirectoryOptedOut,
    ErasureRequested,
    ErasureWithdrawn,
    GuardianAsked,
    GuardianConsentRecorded,
    GuardianConsentRequired,
    GuardianConsentTakenBack,
    JobTitleChanged,
    LocalScriptChanged,
    ProfileReviewRequired,
)
from services.identity.projections import METADATA

table = Table(
    "people",
    METADATA,
    Column("account_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("company", Text, nullable=True),
    Column("company_listed", Boolean, nullable=True),
    Column("job_title", Text, nullable=True),
    Column("local_script", JSON, nullable=True),
    Column("directory", JSON, nullable=True),
    Column("guardian", String(20), nullable=False),
    Column("guardian_since", Moment, nullable=True),
    Column("of_age_on", Text, nullable=True),
    Column("erased_on", Date, nullable=True),
    Column("reviewed_on", Date, nullable=True),
    Column("seen_on", Date, nullable=True),
    Column("suspended", Boolean, nullable=False),
    Index("people_candidate", "candidate_id"),
    Index("people_erased", "erased_on"),
    Index("people_reviewed", "reviewed_on"),
    Index("people_of_age", "guardian", "of_age_on"),
    Index("people_seen", "seen_on"),
)
"""Clear text; null where nothing was given, or the key was gone when the fact was applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row."""

    account_id: str
    candidate_id: str
    company: str | None
    company_listed: bool | None
    job_title: str | None
    local_script: dict[str, Any] | None
    directory: list[str] | None
    guardian: str
    guardian_since: datetime | None
    of_age_on: str | None
    erased_on: date | None
    reviewed_on: date | None
    seen_on: date | None
    suspended: bool


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact; all of them stand in the account's stream."""
    if not fact.stream.startswith("account-"):
        return
    account_id = fact.stream.removeprefix("account-")
    match fact.event:
        case AccountRegistered(registered_at=at):
            rows.put(
                table,
                account_id=account_id,
                candidate_id=fact.subject,
                guardian="not-needed",
                suspended=False,
                seen_on=at.date(),
            )
        case AccountErased() | RegistrationLapsed():
            rows.drop(table, key=(account_id,))
        case _:
            changes = _changes(fact)
            if changes:
                rows.change(table, key=(account_id,), **changes)


def _changes(fact: Fact) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912  a table: one line per fact
    """Columns that a fact changes."""
    match fact.event:
        case AccountMapped():
            return {"candidate_id": fact.subject}
        case CompanyChanged(company=company, listed=listed) | CompanyReviewed(company=company, listed=listed):
            return {"company": fact.reveal(company), "company_listed": listed}
        case JobTitleChanged(job_title=job_title):
            return {"job_title": fact.reveal(job_title)}
        case LocalScriptChanged(written=written):
            text = fact.reveal(written)
            return {"local_script": None if text is None else orjson.loads(text)}
        case DirectoryOptedIn(shown=shown):
            return {"directory": list(shown)}
        case DirectoryOptedOut():
            return {"directory": None}
        case ProfileCompleted(completed_on=day):
            return {"reviewed_on": day or fact.recorded_at.date()}
        case ProfileReviewRequired():
            return {"reviewed_on": None}
        case LoginSucceeded(at=at):
            return {"seen_on": at.date()}
        case AccountSuspended():
            return {"suspended": True}
        case AccountReinstated():
            return {"suspended": False}
        case ErasureRequested(due_on=day):
            return {"erased_on": day}
        case ErasureWithdrawn():
            return {"erased_on": None}
        case _:
            return _guardian(fact)


def _guardian(fact: Fact) -> dict[str, Any]:
    match fact.event:
        case GuardianConsentRequired(of_age_on=day):
            return {"guardian": "needed", "of_age_on": fact.reveal(day)}
        case GuardianAsked(asked_at=at):
            return {"guardian": "asked", "guardian_since": at}
        case GuardianConsentRecorded(consented_at=at):
            return {"guardian": "consented", "guardian_since": at}
        case GuardianConsentTakenBack(revoked_at=at):
            return {"guardian": "revoked", "guardian_since": at}
        case CameOfAge():
            return {"guardian": "not-needed"}
        case _:
            return {}


PROJECTION = Projection(name="people", tables=(table,), project=project)

_PERSON = select(table).where(table.c.candidate_id == bindparam("candidate_id"))


def of_candidate(connection: Connection, candidate_id: str) -> Person | None:
    """The person; None for an unknown or erased candidate."""
    row = connection.execute(_PERSON, {"candidate_id": candidate_id}).first()
    return None if row is None else Person(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict


def of_account(connection: Connection, account_id: str) -> Person | None:
    """The person whose account this is."""
    row = connection.execute(select(table).where(table.c.account_id == account_id)).one_or_none()
    return None if row is None else Person(**row._mapping)  # noqa: SLF001  as in of_candidate


def to_be_erased(connection: Connection, today: date, limit: int) -> Sequence[str]:
    """Whose cooling-off is over."""
    return _ids(connection, table.c.erased_on <= today, limit)


def of_age(connection: Connection, today: date, limit: int) -> Sequence[str]:
    """Whose eighteenth birthday has come."""
    is_due = (table.c.guardian != "not-needed") & (table.c.of_age_on <= today.isoformat())
    return _ids(connection, is_due, limit)


def reviewed_before(connection: Connection, day: date, limit: int) -> Sequence[str]:
    """Whose profile was last complete, or confirmed, before a day."""
    return _ids(connection, table.c.reviewed_on < day, limit)


def unseen_since(connection: Connection, day: date, limit: int) -> Sequence[str]:
    """Who has not logged in since a day (RET-2)."""
    return _ids(connection, or_(table.c.seen_on.is_(None), table.c.seen_on < day), limit)


def _ids(connection: Connection, wanted: Any, limit: int) -> Sequence[str]:
    found = select(table.c.candidate_id).where(wanted).order_by(table.c.candidate_id).limit(limit)
    return connection.execute(found).scalars().all()
