"""Who is this candidate, and where do they live? Rows go with the account (R-P1)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Boolean, Column, Connection, Index, String, Table, Text, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from chassis.tables import PlainJson
from services.identity.domain.account_facts import (
    AccountErased,
    AccountMapped,
    AccountRegistered,
    AddressChanged,
    BirthDateGiven,
    NameChanged,
    NotificationPreferenceChanged,
    ProfileCompleted,
    RegistrationLapsed,
)
from services.identity.domain.person_facts import (
    BirthDateCorrected,
    EmailChanged,
    LegalNameCorrected,
    ProfileReviewRequired,
)
from services.identity.projections import METADATA

table = Table(
    "profiles",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("name", Text, nullable=True),
    Column("first_name", Text, nullable=True),
    Column("last_name", Text, nullable=True),
    Column("email", Text, nullable=True),
    Column("country", String(2), nullable=False),
    Column("address", PlainJson, nullable=True),
    Column("complete", Boolean, nullable=False),
    Column("csco_id", String(12), nullable=True),
    Column("birth_date", Text, nullable=True),
    Column("wants_news", Boolean, nullable=True),
    Index("profiles_country", "country"),
    Index("profiles_name", "name", "candidate_id"),
)
"""Clear text; a null where the candidate's key was already gone when the fact was applied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the personal pages show; `address` has the fields country, lines, city, state, postal_code."""

    candidate_id: str
    name: str
    first_name: str
    last_name: str
    email: str
    country: str
    address: dict[str, Any] | None
    complete: bool
    csco_id: str
    birth_date: str | None
    wants_news: bool | None
    """None until the question was answered (F2.3)."""


def project(rows: Rows, fact: Fact) -> None:  # noqa: C901, PLR0912  a table: one line per fact
    """Apply one own fact."""
    key = (fact.subject,)
    match fact.event:
        case AccountRegistered() as registered:
            rows.put(
                table,
                candidate_id=fact.subject,
                first_name=fact.reveal(registered.first_name),
                last_name=fact.reveal(registered.last_name),
                email=fact.reveal(registered.email),
                country=registered.country,
                complete=False,
            )
        case AccountMapped() as mapped:
            _join(rows, fact, mapped)
        case BirthDateGiven(birth_date=birth_date):
            rows.change(table, key=key, birth_date=fact.reveal(birth_date))
        case NotificationPreferenceChanged(wanted=wanted):
            rows.change(table, key=key, wants_news=wanted)
        case NameChanged(name=name):
            rows.change(table, key=key, name=fact.reveal(name))
        case AddressChanged(country=country, address=address):
            text = fact.reveal(address)
            rows.change(table, key=key, country=country, address=None if text is None else orjson.loads(text))
        case ProfileCompleted():
            rows.change(table, key=key, complete=True)
        case ProfileReviewRequired():
            rows.change(table, key=key, complete=False)
        case LegalNameCorrected(first_name=first, last_name=last):
            rows.change(table, key=key, first_name=fact.reveal(first), last_name=fact.reveal(last))
        case EmailChanged(email=email):
            rows.change(table, key=key, email=fact.reveal(email))
        case BirthDateCorrected(birth_date=birth_date):
            rows.change(table, key=key, birth_date=fact.reveal(birth_date))
        case AccountErased() | RegistrationLapsed():
            rows.drop(table, key=key)
        case _:
            pass


def _join(rows: Rows, fact: Fact, mapped: AccountMapped) -> None:
    """The record of bookings that an account was joined with shows the account's own words from now on."""
    if mapped.email is None or mapped.first_name is None or mapped.last_name is None:
        rows.change(table, key=(fact.subject,), csco_id=mapped.csco_id)
        return
    rows.drop(table, key=(fact.stream.removeprefix("account-"),))
    rows.put(
        table,
        candidate_id=fact.subject,
        first_name=fact.reveal(mapped.first_name),
        last_name=fact.reveal(mapped.last_name),
        email=fact.reveal(mapped.email),
        country=mapped.country,
        complete=False,
        csco_id=mapped.csco_id,
    )


PROJECTION = Projection(name="profiles", tables=(table,), project=project)

_PROFILE = select(table).where(table.c.candidate_id == bindparam("candidate_id"))


def of_candidate(connection: Connection, candidate_id: str) -> Profile | None:
    """The profile; None for an unknown or erased candidate."""
    row = connection.execute(_PROFILE, {"candidate_id": candidate_id}).one_or_none()
    return None if row is None or row.email is None else _profile(row)


def visitor(owner: str, email: str) -> Profile:
    """Somebody without an account, as far as a mail to them needs it."""
    return Profile(
        candidate_id=owner,
        name=email.partition("@")[0],
        first_name="",
        last_name="",
        email=email,
        country="",
        address=None,
        complete=False,
        csco_id="",
        birth_date=None,
        wants_news=None,
    )


def some(connection: Connection, candidate_ids: Collection[str]) -> list[Profile]:
    """The profiles of these candidates, by id; unknown and erased ones are left out."""
    rows = connection.execute(select(table).where(table.c.candidate_id.in_(sorted(candidate_ids))))
    return [_profile(row) for row in rows if row.email is not None]


def _profile(row: Any) -> Profile:
    return Profile(
        candidate_id=row.candidate_id,
        name=row.name or f"{row.first_name or ''} {row.last_name or ''}".strip(),
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        email=row.email,
        country=row.country,
        address=row.address,
        complete=row.complete,
        csco_id=row.csco_id or "",
        birth_date=row.birth_date,
        wants_news=row.wants_news,
    )
