"""How a candidate's certifications came to stand as they do, one line per fact (F4.5)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Column, Connection, Date, Index, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    EmeritusGranted,
    EmeritusLapsed,
    EndFact,
    LifetimeEmeritusGranted,
    ValidityFact,
)
from services.certification.domain.programme_facts import CertificationHeld, CertificationHoldLifted
from services.certification.projections import METADATA

table = Table(
    "certification_history",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("candidate_id", String(60), nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("certification", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("what", String(40), nullable=False),
    Column("old_expires_on", Date, nullable=True),
    Column("expires_on", Date, nullable=True),
    Column("reason", String(100), nullable=True),
    Index("certification_history_candidate", "candidate_id", "happened_on"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the certification history, with the name of that day."""

    happened_on: date
    certification: str
    name: str
    what: str
    old_expires_on: date | None
    expires_on: date | None
    reason: str | None


def project(rows: Rows, fact: Fact) -> None:
    """A line per fact about a title; the fact's place in the store tells lines of one day apart."""
    match fact.event:
        case CertificationEarned() as event:
            _put(rows, fact, event, "earned", on=event.active_on)
        case CertificationRecertified() as event:
            old = event.old_expires_on
            _put(rows, fact, event, "renewed", on=event.renewed_on, old_expires_on=old, reason=event.option)
        case CertificationExtended() as event:
            old = event.old_expires_on
            _put(rows, fact, event, "extended", on=event.extended_on, old_expires_on=old, reason=event.reason)
        case CertificationExpiryCorrected() as event:
            old = event.old_expires_on
            _put(rows, fact, event, "corrected", on=event.corrected_on, old_expires_on=old, reason=event.reason)
        case CertificationReinstated() as event:
            old = event.old_expires_on
            _put(rows, fact, event, "reinstated", on=event.reinstated_on, old_expires_on=old, reason=event.reason)
        case CertificationExpired() as event:
            _put(rows, fact, event, "expired", on=event.expired_on)
        case CertificationRevoked() as event:
            _put(rows, fact, event, "revoked", on=event.revoked_on, reason=event.reason)
        case EmeritusGranted() as event:
            _put(rows, fact, event, "emeritus_granted", on=event.granted_on)
        case EmeritusLapsed() as event:
            _put(rows, fact, event, "emeritus_lapsed", on=event.lapsed_on)
        case _:
            _project_decisions(rows, fact)


def _project_decisions(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case LifetimeEmeritusGranted() as event:
            _put(rows, fact, event, "lifetime_emeritus_granted", on=event.granted_on)
        case CertificationReactivated() as event:
            old = event.old_expires_on
            _put(rows, fact, event, "reactivated", on=event.reactivated_on, old_expires_on=old)
        case CertificationRestored() as event:
            _put(rows, fact, event, "restored", on=event.restored_on, reason=event.reason)
        case CertificationHeld() as event:
            _put(rows, fact, event, "held", on=event.held_on, reason=event.reason)
        case CertificationHoldLifted() as event:
            _put(rows, fact, event, "hold_lifted", on=event.lifted_on, reason=event.reason)


def _put(
    rows: Rows,
    fact: Fact,
    event: ValidityFact | EndFact | CertificationHeld | CertificationHoldLifted,
    what: str,
    *,
    on: date,
    old_expires_on: date | None = None,
    reason: str | None = None,
) -> None:
    rows.put(
        table,
        number=fact.number,
        candidate_id=fact.subject,
        happened_on=on,
        certification=event.heading.certification,
        name=event.heading.name,
        what=what,
        old_expires_on=old_expires_on,
        expires_on=None if isinstance(event, CertificationHeld | CertificationHoldLifted) else event.expires_on,
        reason=reason,
    )


PROJECTION = Projection(name="history", tables=(table,), project=project)

_PAGE = (
    select(*(table.c[name] for name in Line.__dataclass_fields__))
    .where(table.c.candidate_id == bindparam("candidate_id"))
    .order_by(table.c.happened_on.desc(), table.c.number.desc())
    .limit(bindparam("size"))
    .offset(bindparam("skipped"))
)


def of_candidate(connection: Connection, candidate_id: str, *, page: int = 1, page_size: int = 200) -> list[Line]:
    """One page of a candidate's lines, newest first."""
    asked = {"candidate_id": candidate_id, "size": page_size, "skipped": (page - 1) * page_size}
    return [Line(*row) for row in connection.execute(_PAGE, asked)]
