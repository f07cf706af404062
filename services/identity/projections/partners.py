"""Which partners are there, what may they read, and how far have they certainly read? One table each."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, SmallInteger, String, Table, select

from chassis.decider import Fact
from chassis.projections import Projection, Rows
from chassis.tables import PlainJson
from services.identity.domain.partner import Mark, Partner, PartnerAdded, PartnerRemoved
from services.identity.projections import METADATA

table = Table(
    "partners",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("events", PlainJson, nullable=False),
    Column("start", String(10), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
)

marks = Table(
    "partner_marks",
    METADATA,
    Column("partner", String(40), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("source", String(40), primary_key=True),
    Column("partition", SmallInteger, primary_key=True),
    Column("epoch", String(26), nullable=False),
    Column("sequence", BigInteger, nullable=False),
)
"""Primary data, not a projection: what the broker was seen to have delivered stands in no fact."""


def project(rows: Rows, fact: Fact) -> None:
    """Apply one own fact."""
    match fact.event:
        case PartnerAdded(name=name, events=events, start=start, generation=generation):
            rows.put(table, name=name, events=list(events), start=start, generation=generation, removed=False)
        case PartnerRemoved(name=name):
            rows.change(table, key=(name,), removed=True)
        case _:
            pass


PROJECTION = Projection(name="partners", tables=(table,), project=project)


def everyone(connection: Connection) -> list[Partner]:
    """All partners by name, the removed ones too."""
    rows = connection.execute(select(table).order_by(table.c.name))
    return [
        Partner(
            name=row.name,
            events=tuple(row.events),
            start=row.start,
            generation=row.generation,
            removed=row.removed,
        )
        for row in rows
    ]


def with_name(connection: Connection, name: str) -> Partner | None:
    """The partner, registered or removed."""
    return next((partner for partner in everyone(connection) if partner.name == name), None)


def marks_of(connection: Connection, name: str, generation: int) -> list[Mark]:
    """Where the partner stands, by source and partition; nothing where it has not begun."""
    mine = select(marks).where(marks.c.partner == name, marks.c.generation == generation)
    rows = connection.execute(mine.order_by(marks.c.source, marks.c.partition))
    return [Mark(source=row.source, partition=row.partition, epoch=row.epoch, sequence=row.sequence) for row in rows]


def set_marks(rows: Rows, name: str, generation: int, places: Iterable[Mark]) -> None:
    """Remember where the partner stands now."""
    for mark in places:
        rows.put(
            marks,
            partner=name,
            generation=generation,
            source=mark.source,
            partition=mark.partition,
            epoch=mark.epoch,
            sequence=mark.sequence,
        )
