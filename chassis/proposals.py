"""Which actions wait for a second person, and what became of the others? The same table in every service."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from chassis.approval import (
    ProposalDeclined,
    ProposalGranted,
    ProposalLapsed,
    ProposalMade,
    ProposalWithdrawn,
    approval,
)
from chassis.decider import Fact, Sealed
from chassis.projections import Projection, Rows
from chassis.tables import proposals as table

PAGE_SIZE = 25
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal; reasons that concern a candidate stay sealed, so that erasure takes them away."""

    proposal_id: str
    action: str
    subject: str
    arguments: dict[str, Any]
    reason: str
    sealed_reason: Sealed | None
    asked_by: str
    asked_at: datetime
    lapses_on: date
    state: str
    settled_by: str | None
    settled_at: datetime | None
    answer: str | None
    sealed_answer: Sealed | None


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    key = fact.stream.removeprefix(approval.stream(""))
    match fact.event:
        case ProposalMade() as made:
            rows.put(
                table,
                proposal_id=key,
                action=made.action,
                subject=fact.subject,
                arguments=made.arguments,
                reason=made.reason,
                sealed_reason=made.sealed_reason,
                asked_by=made.asked_by,
                asked_at=made.asked_at,
                lapses_on=made.lapses_on,
                state=OPEN,
            )
        case ProposalGranted(granted_by=by, granted_at=at):
            rows.change(table, key=(key,), state="granted", settled_by=by, settled_at=at)
        case ProposalDeclined(declined_by=by, declined_at=at, reason=reason, sealed_reason=box):
            settled = {"settled_by": by, "settled_at": at, "answer": reason, "sealed_answer": box}
            rows.change(table, key=(key,), state="declined", **settled)
        case ProposalWithdrawn(withdrawn_at=at):
            rows.change(table, key=(key,), state="withdrawn", settled_at=at)
        case ProposalLapsed():
            rows.change(table, key=(key,), state="lapsed", settled_at=fact.recorded_at)
        case _:
            pass


PROJECTION = Projection(name="proposals", tables=(table,), project=project)


def with_id(connection: Connection, proposal_id: str) -> Proposal | None:
    """The proposal."""
    row = connection.execute(select(table).where(table.c.proposal_id == proposal_id)).one_or_none()
    return None if row is None else _proposal(row)


def page(connection: Connection, state: str, page: int, subject: str = "") -> tuple[list[Proposal], int]:
    """One page of the proposals in a state, the newest first, and how many there are; of one candidate if named."""
    wanted = table.c.state == state
    if subject:
        wanted &= table.c.subject == subject
    total = connection.execute(select(func.count()).select_from(table).where(wanted)).scalar_one()
    newest = select(table).where(wanted).order_by(table.c.asked_at.desc(), table.c.proposal_id)
    rows = connection.execute(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [_proposal(row) for row in rows], int(total)


def overdue(connection: Connection, today: date, limit: int = 200) -> list[tuple[str, str]]:
    """Open proposals whose time is over, as (id, subject)."""
    over = (table.c.state == OPEN) & (table.c.lapses_on < today)
    rows = connection.execute(select(table.c.proposal_id, table.c.subject).where(over).limit(limit))
    return [(row.proposal_id, row.subject) for row in rows]


def _proposal(row: Any) -> Proposal:
    return Proposal(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for a row as a dict
