"""How does this candidate want to be spoken to? The row goes with the account (R-P1)."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, String, Table, bindparam, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.identity.domain.account_facts import AccountErased
from services.identity.domain.preferences import PreferencesChanged
from services.identity.projections import METADATA

table = Table(
    "preferences",
    METADATA,
    Column("candidate_id", String(60), primary_key=True),
    Column("language", String(2), nullable=True),
    Column("time_zone", String(60), nullable=True),
    Column("date_format", String(20), nullable=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What was chosen; None is left to the browser."""

    language: str | None = None
    time_zone: str | None = None
    date_format: str | None = None


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    match fact.event:
        case PreferencesChanged(language=language, time_zone=zone, date_format=form):
            rows.put(table, candidate_id=fact.subject, language=language, time_zone=zone, date_format=form)
        case AccountErased():
            rows.drop(table, key=(fact.subject,))
        case _:
            pass


PROJECTION = Projection(name="preferences", tables=(table,), project=project)

_CHOSEN = select(table.c.language, table.c.time_zone, table.c.date_format).where(
    table.c.candidate_id == bindparam("candidate_id")
)


def of_candidate(connection: Connection, candidate_id: str) -> Preferences:
    """The choice; all None for whoever has not chosen."""
    row = connection.execute(_CHOSEN, {"candidate_id": candidate_id}).one_or_none()
    if row is None:
        return Preferences()
    return Preferences(language=row.language, time_zone=row.time_zone, date_format=row.date_format)
