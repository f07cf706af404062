"""The smallest domain that goes all the way: a parcel is sent, others are told, a read model answers where it is."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Column, Integer, MetaData, String, Table

from chassis.decider import Decider, Fact
from chassis.frame import Plan
from chassis.projections import Projection, Rows

SOURCE, FOLLOWER = "parcels", "follower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A parcel left for the next stop."""

    stop: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send a parcel on."""

    stop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSent:
    """A parcel left for the next stop."""

    source: ClassVar[str] = SOURCE
    event_name: ClassVar[str] = "ParcelSent"
    version: ClassVar[int] = 1
    candidate_id: str
    parcel: str
    stop: str
    number: int


STOP = "a warehouse with a long name in the north"

parcel: Decider[Send, int, Sent] = Decider(
    category="parcel",
    initial=0,
    evolve=lambda stops, _fact: stops + 1,
    decide=lambda command, stops: [Sent(stop=command.stop, number=stops + 1)],
)


def announce(fact: Fact) -> ParcelSent:
    """Everybody may know."""
    return ParcelSent(candidate_id=fact.subject, parcel=fact.stream, stop=fact.event.stop, number=fact.event.number)


METADATA = MetaData()
places = Table(
    "places",
    METADATA,
    Column("parcel", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("stop", String(80), nullable=False),
    Column("number", Integer, nullable=False),
)


def project_sent(rows: Rows, fact: Fact) -> None:
    """Where a parcel is, from own facts."""
    rows.put(places, parcel=fact.stream, candidate_id=fact.subject, stop=fact.event.stop, number=fact.event.number)


FOLLOWERS = MetaData()
heard = Table(
    "heard",
    FOLLOWERS,
    Column("parcel", String(60), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("stop", String(80), nullable=False),
    Column("number", Integer, nullable=False),
)


def project_heard(rows: Rows, fact: Fact) -> None:
    """Where a parcel is, from another service's events."""
    event = fact.event
    rows.put(heard, parcel=event.parcel, candidate_id=event.candidate_id, stop=event.stop, number=event.number)


BARE = Plan(
    source=SOURCE,
    vocabulary={("sent", 1): Sent},
    announce=lambda _fact: None,
    projections=(),
    metadata=METADATA,
)
PARCELS = Plan(
    source=SOURCE,
    vocabulary={("sent", 1): Sent},
    announce=announce,
    projections=(Projection(name="places", tables=(places,), project=project_sent),),
    metadata=METADATA,
)
FOLLOWING = Plan(
    source=FOLLOWER,
    vocabulary={},
    announce=lambda _fact: None,
    projections=(Projection(name="heard", tables=(heard,), project=project_heard),),
    metadata=FOLLOWERS,
)
