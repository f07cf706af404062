"""Changed catalogues: which is in force, what each says, and how far its jobs have come (F12.3)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    String,
    Table,
    Text,
    select,
    tuple_,
)

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from services.certification.domain.catalogue_change import CatalogueActivated, CatalogueHandedIn
from services.certification.projections import METADATA

changes = Table(
    "catalogue_changes",
    METADATA,
    Column("change_id", String(60), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("version", String(40), nullable=False),
    Column("base", String(40), nullable=False),
    Column("changed", String(200), nullable=False),
    Column("handed_in_by", String(60), nullable=False),
    Column("handed_in_on", Date, nullable=False),
    Column("activated_on", Date),
    Column("activation", BigInteger),
)
"""`number` and `activation` are places in the log: the greatest activation is in force."""
tables = Table(
    "catalogue_tables",
    METADATA,
    Column("change_id", String(60), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("text", Text, nullable=False),
)
jobs = Table(
    "catalogue_jobs",
    METADATA,
    Column("change_id", String(60), primary_key=True),
    Column("job", String(20), primary_key=True),
    Column("after", String(60), nullable=False),
    Column("reached", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("titles", Integer, nullable=False, server_default="0"),
    Column("people", Integer, nullable=False, server_default="0"),
)
"""Marks of the jobs, no projection: doing a page again changes nothing."""
differences = Table(
    "catalogue_differences",
    METADATA,
    Column("change_id", String(60), primary_key=True),
    Column("candidate_id", String(60), primary_key=True),
    Column("certification", String(80), primary_key=True),
    Column("before", String(80)),
    Column("after", String(80)),
)
"""What a preview has found."""

PREVIEW, REFOLD = "preview", "refold"


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it was handed in."""

    change_id: str
    number: int
    version: str
    base: str
    changed: str
    handed_in_by: str
    handed_in_on: date
    activated_on: date | None
    activation: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come, and how many certifications of how many people it found to differ."""

    after: str = ""
    reached: int = 0
    done: bool = False
    titles: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A certification of a candidate that would stand differently."""

    candidate_id: str
    certification: str
    before: str | None
    after: str | None

    @property
    def place(self) -> str:
        """Where the list goes on behind this one."""
        return f"{self.candidate_id}|{self.certification}"


def project(rows: Rows, fact: Fact) -> None:
    """A row per change and per table of it."""
    match fact.event:
        case CatalogueHandedIn() as one:
            rows.put(
                changes, change_id=one.change_id, number=fact.number, version=one.version, base=one.base,
                changed=" ".join(one.changed), handed_in_by=one.handed_in_by, handed_in_on=one.handed_in_on,
                activated_on=None, activation=None,
            )  # fmt: skip
            for name, text in one.tables.items():
                rows.put(tables, change_id=one.change_id, name=name, text=text)
        case CatalogueActivated(change_id=change_id, activated_on=day):
            rows.change(changes, key=(change_id,), activated_on=day, activation=fact.number)


PROJECTION = Projection(name="catalogues", tables=(changes, tables), project=project)


# -- which -------------------------------------------------------------------------------------------------------------


def in_force(connection: Connection) -> str | None:
    """The change that was activated last; None while the catalogue of the release is in force."""
    wanted = select(changes.c.change_id).where(changes.c.activation.is_not(None))
    return connection.execute(wanted.order_by(changes.c.activation.desc()).limit(1)).scalar_one_or_none()


def texts(connection: Connection, change_id: str) -> dict[str, str]:
    """All tables of a change."""
    wanted = select(tables.c.name, tables.c.text).where(tables.c.change_id == change_id)
    return {row.name: row.text for row in connection.execute(wanted)}


def one(connection: Connection, change_id: str) -> Change | None:
    """One change."""
    row = connection.execute(select(changes).where(changes.c.change_id == change_id)).first()
    return None if row is None else Change(*row)


def newest(connection: Connection, limit: int = 50) -> list[Change]:
    """The changes that were handed in last, the newest first."""
    return [Change(*row) for row in connection.execute(select(changes).order_by(changes.c.number.desc()).limit(limit))]


def to_preview(connection: Connection, base: str) -> Change | None:
    """The oldest change against this version whose preview is not done."""
    done = select(jobs.c.change_id).where(jobs.c.job == PREVIEW, jobs.c.done)
    waits = (changes.c.base == base) & changes.c.activation.is_(None) & changes.c.change_id.not_in(done)
    row = connection.execute(select(changes).where(waits).order_by(changes.c.number).limit(1)).first()
    return None if row is None else Change(*row)


# -- jobs --------------------------------------------------------------------------------------------------------------


def progress(connection: Connection, change_id: str, job: str) -> Progress:
    """How far a job has come; at the beginning where nothing was done yet."""
    columns = (jobs.c.after, jobs.c.reached, jobs.c.done, jobs.c.titles, jobs.c.people)
    row = connection.execute(select(*columns).where(jobs.c.change_id == change_id, jobs.c.job == job)).first()
    return Progress() if row is None else Progress(*row)


def has_come_to(rows: Rows, change_id: str, job: str, come: Progress) -> None:
    """Remember how far it is."""
    rows.put(
        jobs, change_id=change_id, job=job, after=come.after, reached=come.reached, done=come.done,
        titles=come.titles, people=come.people,
    )  # fmt: skip


def has_found(rows: Rows, change_id: str, found: list[Difference], come: Progress) -> None:
    """Add what a page of the preview has found, and how far it is now."""
    has_come_to(rows, change_id, PREVIEW, come)
    for each in found:
        rows.put(
            differences, change_id=change_id, candidate_id=each.candidate_id, certification=each.certification,
            before=each.before, after=each.after,
        )  # fmt: skip


def page_of_differences(connection: Connection, change_id: str, *, after: str = "", limit: int) -> list[Difference]:
    """One page, by candidate and certification, from behind a place."""
    candidate_id, _, certification = after.partition("|")
    place = tuple_(differences.c.candidate_id, differences.c.certification)
    wanted = (
        select(differences.c.candidate_id, differences.c.certification, differences.c.before, differences.c.after)
        .where(differences.c.change_id == change_id, place > (candidate_id, certification))
        .order_by(differences.c.candidate_id, differences.c.certification)
        .limit(limit)
    )
    return [Difference(*row) for row in connection.execute(wanted)]
