"""How many credits a candidate has in hand (F5.2)."""

from datetime import date

from sqlalchemy import Column, Connection, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from chassis.tables import PlainJson
from services.certification.domain.facts import CreditBalanceChanged
from services.certification.projections import METADATA

table = Table(
    "credit_balance",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("steps", PlainJson, nullable=False),
)
"""Steps are pairs of a first day and the credits in hand from then on, ascending."""


def project(rows: Rows, fact: Fact) -> None:
    """The balance and what time will make of it."""
    match fact.event:
        case CreditBalanceChanged(on=day, credits=amount, later=later):
            steps = [[day.isoformat(), amount], *([step.on.isoformat(), step.credits] for step in later)]
            rows.put(table, candidate_id=fact.subject, steps=steps)


PROJECTION = Projection(name="balance", tables=(table,), project=project)

_STEPS = select(table.c.steps).where(table.c.candidate_id == bindparam("candidate_id"))


def on_day(connection: Connection, candidate_id: str, day: date) -> int:
    """Credits in hand on a day."""
    steps = connection.execute(_STEPS, {"candidate_id": candidate_id}).scalar_one_or_none() or []
    return next((int(amount) for since, amount in reversed(steps) if date.fromisoformat(since) <= day), 0)
