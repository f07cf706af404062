"""The depot: hears of parcels, keeps a diary per candidate, writes letters; some parcels it cannot cope with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, select

from chassis.decider import Decider, Fact
from chassis.effects import Effect
from chassis.errors import Unavailable
from chassis.projections import Projection, Rows
from chassis.service import Desk, Plan, effect_handler, rpc, subscribe
from tests.chassis.parcels import ParcelSent, ParcelStamped

MISSHAPEN = 5
"""No row can be made of such a parcel."""
HEAVY = 6
"""The handler cannot cope with such a parcel until the file `crane` stands in the data folder."""
LETTER_FAILS = 20
"""A letter for a parcel of 20 + n fails n times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    candidate_id: str
    parcel_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    candidate_id: str
    parcel_id: str
    number: int


def evolve(state: int, _fact: Noted) -> int:
    return state + 1


def decide(command: Note, _state: int) -> list[Noted]:
    return [Noted(candidate_id=command.candidate_id, parcel_id=command.parcel_id, number=command.number)]


diary: Decider[Note, int, Noted] = Decider(category="diary", initial=0, evolve=evolve, decide=decide)

METADATA = MetaData()

arrivals = Table(
    "arrivals",
    METADATA,
    Column("parcel_id", String(40), primary_key=True),
    Column("candidate_id", String(40), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("arrivals_candidate", "candidate_id"),
)
stamps_seen = Table(
    "stamps_seen",
    METADATA,
    Column("parcel_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
)
notes = Table(
    "notes",
    METADATA,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("candidate_id", String(40), nullable=False),
    Column("parcel_id", String(40), nullable=False),
    Column("number", Integer, nullable=False),
)


def project_arrivals(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case ParcelSent(weight=weight) if weight == MISSHAPEN:
            raise ValueError("no shelf fits")
        case ParcelSent(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight):
            rows.put(arrivals, parcel_id=parcel_id, candidate_id=candidate_id, weight=weight, sequence=fact.number)
        case ParcelStamped(parcel_id=parcel_id, number=number):
            rows.put(stamps_seen, parcel_id=parcel_id, number=number, sequence=fact.number)


def project_notes(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case Noted(candidate_id=candidate_id, parcel_id=parcel_id, number=number):
            rows.put(notes, position=fact.number, candidate_id=candidate_id, parcel_id=parcel_id, number=number)


PLAN = Plan(
    source="depot",
    vocabulary={("noted", 1): Noted},
    announce=lambda _fact: None,
    projections=(
        Projection(name="arrivals", tables=(arrivals, stamps_seen), project=project_arrivals),
        Projection(name="notes", tables=(notes,), project=project_notes),
    ),
    metadata=METADATA,
)


class DepotService:
    """Follows the post."""

    name = "depot"
    desk = Desk(PLAN)

    @subscribe(ParcelSent)
    def on_parcel_sent(self, event: ParcelSent) -> None:
        if event.weight == HEAVY and not (self.desk.settings.data / "crane").exists():
            raise ValueError("too heavy without a crane")
        self.note(event.candidate_id, event.parcel_id, 0)
        key = f"letter|{event.parcel_id}"
        self.desk.effect("letter", key=key, subject=event.candidate_id, payload={"weight": event.weight})

    @subscribe(ParcelStamped)
    def on_parcel_stamped(self, event: ParcelStamped) -> None:
        self.note(event.candidate_id, event.parcel_id, event.number)

    def note(self, candidate_id: str, parcel_id: str, number: int) -> None:
        command = Note(candidate_id=candidate_id, parcel_id=parcel_id, number=number)
        self.desk.handle(diary, candidate_id, command, subject=candidate_id)

    @effect_handler("letter")
    def write_letter(self, effect: Effect) -> None:
        tried = say(self.desk.settings.data / "tried", effect.key)
        if tried <= effect.payload["weight"] - LETTER_FAILS:
            raise Unavailable("letter-box")
        say(self.desk.settings.data / "letters", effect.key)

    @rpc
    def arrived(self, parcel_id: str) -> dict[str, Any] | None:
        with self.desk.read() as connection:
            row = connection.execute(select(arrivals).where(arrivals.c.parcel_id == parcel_id)).one_or_none()
            return None if row is None else {"parcel_id": row.parcel_id, "weight": row.weight}


def say(file: Path, line: str) -> int:
    """Write a line; gives how often it stands there now."""
    with file.open("a") as paper:
        paper.write(f"{line}\n")
    return file.read_text().splitlines().count(line)


SERVICE = DepotService
