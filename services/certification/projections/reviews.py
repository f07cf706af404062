"""Whose record time changes, and when; the daily job reviews those records."""

from datetime import date

from sqlalchemy import Column, Connection, Date, Index, String, Table, or_, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.days import ONE_DAY, months_after, years_after
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationProgressed,
    CertificationProgressForeseen,
    CertificationProgressLapsed,
    CertificationProgressMoved,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    CreditBalanceChanged,
    EmeritusGranted,
    EmeritusLapsed,
    LifetimeEmeritusGranted,
    ProgressFact,
)
from services.certification.domain.heading import Heading
from services.certification.domain.milestones import JUBILEE_YEARS, next_reminder
from services.certification.domain.programme_facts import (
    EmeritusEligibilityReached,
    ExpertAnniversaryMissed,
    ExpertAnniversaryReached,
    ExpertBecame,
    ExpiryReminderDue,
)
from services.certification.projections import METADATA

TITLE, PROGRESS, CREDITS, EXPERT = "title", "progress", "credits", "expert"
APPLY_AFTER_MONTHS = 117
"""Nine years and nine months; a programme that says otherwise is reviewed some days too early, and told in time."""

table = Table(
    "record_reviews",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("certification", String(80), primary_key=True),
    Column("begins_on", Date, nullable=True),
    Column("ends_on", Date, nullable=True),
    Index("record_reviews_begin", "begins_on"),
    Index("record_reviews_end", "ends_on"),
)
"""`begins_on` is the first day of something foreseen, `ends_on` the last day of something told."""


def project(rows: Rows, fact: Fact) -> None:
    """A row per day that the record waits for."""
    match fact.event:
        case CertificationEarned(heading=heading, expires_on=day):
            rows.drop(table, key=(fact.subject, PROGRESS, heading.certification))
            _title(rows, fact.subject, heading, day)
        case (
            CertificationRecertified(heading=heading, expires_on=day)
            | CertificationExtended(heading=heading, expires_on=day)
            | CertificationReinstated(heading=heading, expires_on=day)
            | CertificationReactivated(heading=heading, expires_on=day)
            | CertificationRestored(heading=heading, expires_on=day)
        ):
            _title(rows, fact.subject, heading, day)
        case ExpiryReminderDue(heading=heading, next_on=day):
            rows.change(table, key=(fact.subject, TITLE, heading.certification), begins_on=day)
        case CertificationExpiryCorrected(heading=heading, expires_on=day):
            # whose end has been told has no row any more, and a correction does not bring it back
            key = (fact.subject, TITLE, heading.certification)
            rows.change(table, key=key, ends_on=day, begins_on=next_reminder(day, None))
        case EmeritusGranted(heading=heading, until=day, lifetime_from=for_life):
            last = day if for_life is None else min(day, for_life - ONE_DAY)
            _wait_for_end(rows, fact.subject, heading, last)
        case (
            CertificationExpired(heading=heading)
            | CertificationRevoked(heading=heading)
            | EmeritusLapsed(heading=heading)
            | LifetimeEmeritusGranted(heading=heading)
        ):
            _title(rows, fact.subject, heading, None)
        case (
            CertificationProgressed()
            | CertificationProgressForeseen()
            | CertificationProgressMoved()
            | CertificationProgressLapsed() as event
        ):
            _progress(rows, fact.subject, event)
        case _:
            _project_days(rows, fact)


def _project_days(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case CreditBalanceChanged(later=()):
            rows.drop(table, key=(fact.subject, CREDITS, ""))
        case CreditBalanceChanged(later=later):
            _expects(rows, fact.subject, CREDITS, later[0].on)
        case ExpertBecame(first_expert_on=None) | ExpertAnniversaryReached() | ExpertAnniversaryMissed():
            rows.drop(table, key=(fact.subject, EXPERT, ""))
        case ExpertBecame(first_expert_on=first) if first is not None:
            _expects(rows, fact.subject, EXPERT, months_after(first, APPLY_AFTER_MONTHS))
        case EmeritusEligibilityReached(first_expert_on=first):
            _expects(rows, fact.subject, EXPERT, years_after(first, JUBILEE_YEARS))


def _expects(rows: Rows, candidate_id: str, kind: str, day: date) -> None:
    rows.put(table, candidate_id=candidate_id, kind=kind, certification="", begins_on=day)


def _title(rows: Rows, candidate_id: str, heading: Heading, ends_on: date | None) -> None:
    key = (candidate_id, TITLE, heading.certification)
    if ends_on is None:
        rows.drop(table, key=key)
    else:
        row = {"candidate_id": candidate_id, "kind": TITLE, "certification": heading.certification}
        rows.put(table, **row, ends_on=ends_on, begins_on=next_reminder(ends_on, None))


def _wait_for_end(rows: Rows, candidate_id: str, heading: Heading, ends_on: date) -> None:
    rows.put(table, candidate_id=candidate_id, kind=TITLE, certification=heading.certification, ends_on=ends_on)


def _progress(rows: Rows, candidate_id: str, event: ProgressFact) -> None:
    certification = event.heading.certification
    row = {"candidate_id": candidate_id, "kind": PROGRESS, "certification": certification}
    match event:
        case CertificationProgressed(until=until) | CertificationProgressMoved(until=until):
            rows.put(table, **row, ends_on=until)
        case CertificationProgressForeseen(since=since):
            rows.put(table, **row, begins_on=since)
        case CertificationProgressLapsed():
            rows.drop(table, key=(candidate_id, PROGRESS, certification))


PROJECTION = Projection(name="reviews", tables=(table,), project=project)


def due(connection: Connection, today: date, *, after: str = "", limit: int = 200) -> list[str]:
    """One page of the candidates whose record a review changes, ascending from the id `after` on."""
    wanted = (
        select(table.c.candidate_id)
        .where(or_(table.c.begins_on <= today, table.c.ends_on < today), table.c.candidate_id > after)
        .distinct()
        .order_by(table.c.candidate_id)
        .limit(limit)
    )
    return list(connection.execute(wanted).scalars())
