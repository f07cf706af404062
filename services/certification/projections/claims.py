"""Claims of continuing-education credits: the candidate's list, the reviewers' queue (F5.1, F5.7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, String, Table, func, select

from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from chassis.tables import PlainJson
from services.certification.domain import claim_facts as facts
from services.certification.projections import METADATA
from services.certification.projections.merges import MERGES

table = Table(
    "credit_claims",
    METADATA,
    Column("claim_id", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("status", String(20), nullable=False),
    Column("lines", PlainJson, nullable=False),
    Column("drafted_on", Date, nullable=True),
    Column("submitted_on", Date, nullable=True),
    Column("decided_on", Date, nullable=True),
    Column("reason", String(100), nullable=True),
    Column("question", String, nullable=True),
    Column("asked_on", Date, nullable=True),
    Index("credit_claims_candidate", "candidate_id"),
    Index("credit_claims_queue", "status", "submitted_on", "claim_id"),
)
"""Lines are lists of item, credits and completion day; `question` is sealed."""
fates = Table(
    "credit_fates",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("item", String(60), primary_key=True),
    Column("completed_on", Date, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("happened_on", Date, nullable=False),
)
enrolments = Table(
    "credit_enrolments",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("accepted_on", Date, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as it stands."""

    claim_id: str
    candidate_id: str
    status: str
    lines: list[list[Any]]
    drafted_on: date | None
    submitted_on: date | None
    decided_on: date | None
    reason: str | None
    question: Sealed | None
    asked_on: date | None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Terms that were accepted."""

    version: str
    accepted_on: date


def project(rows: Rows, fact: Fact) -> None:
    """A row per claim, one per item whose credits are used up or lost, one per enrolment."""
    match fact.event:
        case facts.CreditTermsAccepted(version=version, accepted_on=day):
            rows.put(enrolments, candidate_id=fact.subject, version=version, accepted_on=day)
        case facts.CreditsRedeemed(item=item, completed_on=completed_on, redeemed_on=day):
            rows.put(
                fates, candidate_id=fact.subject, item=item, completed_on=completed_on, state="used", happened_on=day
            )
        case facts.CreditsExpired(item=item, completed_on=completed_on, expired_on=day):
            rows.put(
                fates, candidate_id=fact.subject, item=item, completed_on=completed_on, state="lost", happened_on=day
            )
        case facts.CreditsCountAgain(item=item, completed_on=completed_on):
            rows.drop(fates, key=(fact.subject, item, completed_on))
        case facts.CreditClaimDrafted(claim_id=claim_id, lines=lines, drafted_on=day):
            what = {"claim_id": claim_id, "candidate_id": fact.subject, "lines": _plain(lines)}
            rows.put(table, **what, status="draft", drafted_on=day)
        case facts.CreditClaimSubmitted(claim_id=claim_id, lines=lines, submitted_on=day):
            what = {"claim_id": claim_id, "candidate_id": fact.subject, "lines": _plain(lines)}
            rows.put(table, **what, status="pending", submitted_on=day)
        case _:
            _project_decisions(rows, fact)


def _project_decisions(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case facts.CreditEvidenceRequested(claim_id=claim_id, question=question, requested_on=day):
            rows.change(table, key=(claim_id,), question=question, asked_on=day)
        case facts.CreditEvidenceSupplied(claim_id=claim_id):
            rows.change(table, key=(claim_id,), question=None, asked_on=None)
        case facts.CreditClaimApproved(claim_id=claim_id, decided_on=day):
            rows.change(table, key=(claim_id,), status="approved", decided_on=day, question=None, asked_on=None)
        case facts.CreditClaimRejected(claim_id=claim_id, reason=reason, decided_on=day):
            rows.change(table, key=(claim_id,), status="rejected", decided_on=day, reason=reason, asked_on=None)
        case facts.CreditClaimWithdrawn(claim_id=claim_id, withdrawn_on=day):
            rows.change(table, key=(claim_id,), status="withdrawn", decided_on=day, asked_on=None)
        case facts.CreditClaimRevoked(claim_id=claim_id, reason=reason, revoked_on=day):
            rows.change(table, key=(claim_id,), status="revoked", decided_on=day, reason=reason)


def _plain(lines: tuple[facts.ClaimLine, ...]) -> list[list[Any]]:
    return [[line.item, line.credits, line.completed_on.isoformat()] for line in lines]


PROJECTION = Projection(name="claims", tables=(table, fates, enrolments), project=project)

_COLUMNS = tuple(table.c[name] for name in Claim.__dataclass_fields__)


def of_candidate(connection: Connection, candidate_id: str) -> list[Claim]:
    """The candidate's claims, the newest first."""
    wanted = select(*_COLUMNS).where(MERGES.is_of(table.c.candidate_id))
    ordered = wanted.order_by(table.c.submitted_on.desc().nulls_first(), table.c.claim_id)
    rows = connection.execute(ordered, {"candidate_id": candidate_id})
    return [Claim(*row) for row in rows]


def one(connection: Connection, claim_id: str) -> Claim | None:
    """One claim of whomever."""
    row = connection.execute(select(*_COLUMNS).where(table.c.claim_id == claim_id)).one_or_none()
    return None if row is None else Claim(*row)


def queue(connection: Connection, *, after: str = "", limit: int = 50) -> list[Claim]:
    """One page of the claims that wait for a decision, the longest waiting first; `after` is the last one's place."""
    wanted = select(*_COLUMNS).where(table.c.status == "pending")
    if after:
        day, _, claim_id = after.partition("|")
        since = date.fromisoformat(day)
        later = (table.c.submitted_on > since) | ((table.c.submitted_on == since) & (table.c.claim_id > claim_id))
        wanted = wanted.where(later)
    rows = connection.execute(wanted.order_by(table.c.submitted_on, table.c.claim_id).limit(limit))
    return [Claim(*row) for row in rows]


def fates_of(connection: Connection, candidate_id: str) -> dict[tuple[str, date], tuple[str, date]]:
    """By item and completion day: used or lost, and when."""
    rows = connection.execute(select(fates).where(fates.c.candidate_id == candidate_id))
    return {(row.item, row.completed_on): (row.state, row.happened_on) for row in rows}


def enrolment_of(connection: Connection, candidate_id: str) -> Enrolment | None:
    """The terms that were accepted."""
    wanted = select(enrolments.c.version, enrolments.c.accepted_on).where(enrolments.c.candidate_id == candidate_id)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else Enrolment(*row)


def waiting_by_day(connection: Connection) -> list[tuple[date, int]]:
    """How many claims came on which day and still wait for a reviewer, the oldest first."""
    day = table.c.submitted_on
    waiting = select(day, func.count()).where(table.c.status == "pending", day.is_not(None)).group_by(day).order_by(day)
    return [(came, int(count)) for came, count in connection.execute(waiting)]


def how_many_wait(connection: Connection) -> int:
    """How long the queue is."""
    wanted = select(func.count()).select_from(table).where(table.c.status == "pending")
    return int(connection.execute(wanted).scalar_one())
