"""Whom has the test provider booked, and under which name and e-mail? Rows go with the account (R-P1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, String, Table, Text, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.account_facts import AccountErased
from services.identity.domain.email import same_for_all_spellings
from services.identity.domain.shell import CandidateShellCreated, EarlierBookingReported
from services.identity.projections import METADATA

table = Table(
    "shells",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("csco_id", String(12), nullable=False),
    Column("vue_id", Text, nullable=True),
    Column("first_name", Text, nullable=True),
    Column("last_name", Text, nullable=True),
    Column("email", Text, nullable=True),
    Column("birth_date", Text, nullable=True),
    Column("first_booked_on", Date, nullable=False),
    Index("shells_email", "email"),
)
"""Clear text; the e-mail in the one spelling in which it is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A record made by bookings; it stays after an account was joined."""

    candidate_id: str
    csco_id: str
    vue_id: str
    first_name: str
    last_name: str
    birth_date: str | None
    first_booked_on: date


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    match fact.event:
        case CandidateShellCreated() as made:
            email = fact.reveal(made.email)
            rows.put(
                table,
                candidate_id=fact.subject,
                csco_id=made.csco_id,
                vue_id=fact.reveal(made.vue_id),
                first_name=fact.reveal(made.first_name),
                last_name=fact.reveal(made.last_name),
                email=None if email is None else same_for_all_spellings(email),
                birth_date=None if made.birth_date is None else fact.reveal(made.birth_date),
                first_booked_on=made.booked_on,
            )
        case EarlierBookingReported(booked_on=day):
            rows.change(table, key=(fact.subject,), first_booked_on=day)
        case AccountErased():
            rows.drop(table, key=(fact.subject,))
        case _:
            pass


PROJECTION = Projection(name="shells", tables=(table,), project=project)


def with_email(connection: Connection, email: str) -> list[Shell]:
    """The records booked with this e-mail, in whatever spelling."""
    same = select(table).where(table.c.email == same_for_all_spellings(email)).order_by(table.c.candidate_id)
    return [_shell(row) for row in connection.execute(same)]


_SHELL = select(table).where(table.c.candidate_id == bindparam("candidate_id"))


def with_id(connection: Connection, candidate_id: str) -> Shell | None:
    """The record, if bookings have made it."""
    row = connection.execute(_SHELL, {"candidate_id": candidate_id}).one_or_none()
    return None if row is None else _shell(row)


def _shell(row: Any) -> Shell:
    return Shell(
        candidate_id=row.candidate_id,
        csco_id=row.csco_id,
        vue_id=row.vue_id or "",
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        birth_date=row.birth_date,
        first_booked_on=row.first_booked_on,
    )
