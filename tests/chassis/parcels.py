"""A small domain to try the chassis with: parcels are sent, stamped any number of times, and delivered."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import BigInteger, Column, Date, Index, Integer, MetaData, String, Table, Text

from chassis.decider import Decider, Fact, Rejected, Sealed
from chassis.projections import Projection, Rows

HEAVIEST = 30
UNLUCKY = 13
"""No row can be made of a parcel of this weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    candidate_id: str
    parcel_id: str
    weight: int
    greeting: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    candidate_id: str
    parcel_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Nobody outside hears of this one."""

    parcel_id: str
    delivered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    candidate_id: str
    parcel_id: str
    weight: int = 1
    greeting: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    candidate_id: str
    parcel_id: str
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    parcel_id: str
    delivered_on: date


@dataclass(frozen=True, slots=True)
class State:
    sent: bool = False
    stamps: int = 0
    delivered: bool = False


ParcelFact: TypeAlias = Sent | Stamped | Delivered


def evolve(state: State, fact: ParcelFact) -> State:
    match fact:
        case Sent():
            return replace(state, sent=True)
        case Stamped(number=number):
            return replace(state, stamps=number)
        case Delivered():
            return replace(state, delivered=True)


def decide(command: Send | Stamp | Deliver, state: State) -> list[ParcelFact]:
    match command:
        case Send(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight, greeting=greeting):
            if state.sent:
                raise Rejected("parcel-already-sent", parcel_id=parcel_id)
            if weight > HEAVIEST:
                raise Rejected("parcel-too-heavy", heaviest=HEAVIEST)
            return [Sent(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight, greeting=greeting)]
        case Stamp(candidate_id=candidate_id, parcel_id=parcel_id, times=times):
            numbers = range(state.stamps + 1, state.stamps + 1 + times)
            return [Stamped(candidate_id=candidate_id, parcel_id=parcel_id, number=number) for number in numbers]
        case Deliver(parcel_id=parcel_id, delivered_on=delivered_on):
            return [] if state.delivered else [Delivered(parcel_id=parcel_id, delivered_on=delivered_on)]


parcel: Decider[Any, State, Any] = Decider(category="parcel", initial=State(), evolve=evolve, decide=decide)

VOCABULARY: dict[tuple[str, int], type] = {
    ("parcel-sent", 1): Sent,
    ("parcel-stamped", 1): Stamped,
    ("parcel-delivered", 1): Delivered,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSent:
    """Somebody has sent a parcel."""

    source: ClassVar[str] = "post"
    event_name: ClassVar[str] = "ParcelSent"
    version: ClassVar[int] = 1

    candidate_id: str
    parcel_id: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelStamped:
    """A parcel got one more stamp; they are numbered from 1."""

    source: ClassVar[str] = "post"
    event_name: ClassVar[str] = "ParcelStamped"
    version: ClassVar[int] = 1

    candidate_id: str
    parcel_id: str
    number: int


def announce(fact: Fact) -> ParcelSent | ParcelStamped | None:
    match fact.event:
        case Sent(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight):
            return ParcelSent(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight)
        case Stamped(candidate_id=candidate_id, parcel_id=parcel_id, number=number):
            return ParcelStamped(candidate_id=candidate_id, parcel_id=parcel_id, number=number)
        case _:
            return None


METADATA = MetaData()

parcels = Table(
    "parcels",
    METADATA,
    Column("parcel_id", String(40), primary_key=True),
    Column("candidate_id", String(40), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("greeting", Text, nullable=True),
    Column("stamps", Integer, nullable=True),
    Column("delivered_on", Date, nullable=True),
    Column("position", BigInteger, nullable=False),
    Index("parcels_candidate", "candidate_id"),
)
"""All parcels, and at which position they were sent."""

stamps = Table(
    "stamps",
    METADATA,
    Column("parcel_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
"""Each stamp, and at which position it was put on."""


def project(rows: Rows, fact: Fact) -> None:
    match fact.event:
        case Sent(weight=weight) if weight == UNLUCKY:
            raise ValueError("an unlucky weight")
        case Sent(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight, greeting=box):
            rows.put(
                parcels,
                parcel_id=parcel_id,
                candidate_id=candidate_id,
                weight=weight,
                greeting=None if box is None else fact.reveal(box),
                position=fact.number,
            )
        case Stamped(parcel_id=parcel_id, number=number):
            rows.put(stamps, parcel_id=parcel_id, number=number, position=fact.number)
            rows.change(parcels, key=(parcel_id,), stamps=number)
        case Delivered(parcel_id=parcel_id, delivered_on=delivered_on):
            rows.change(parcels, key=(parcel_id,), delivered_on=delivered_on)


PROJECTION = Projection(name="parcels", tables=(parcels, stamps), project=project)
