"""Accommodations of one candidate: asked for with a reason, granted or not, and only then part of a booking (F10.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, assert_never

from chassis.decider import Decider, Rejected, Sealed

Status = Literal["pending", "approved", "denied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationRequested:
    """The candidate asked for one; what they say of themselves is sealed."""

    request_id: str
    accommodation: str
    statement: Sealed
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationApproved:
    """It can be booked from now on."""

    request_id: str
    accommodation: str
    reviewer: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationDenied:
    """It cannot be granted; the candidate may ask again."""

    request_id: str
    accommodation: str
    reviewer: str
    reason: str
    decided_on: date


Event = AccommodationRequested | AccommodationApproved | AccommodationDenied


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAccommodation:
    """Ask for one."""

    request_id: str
    accommodation: str
    statement: Sealed
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAccommodation:
    """Grant it or not; a reason is a code."""

    request_id: str
    reviewer: str
    approved: bool
    reason: str
    today: date


Command = RequestAccommodation | DecideAccommodation


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stands."""

    accommodation: str
    status: Status = "pending"


State = Mapping[str, Request]
"""By request id."""
NONE: State = MappingProxyType({})


def evolve(state: State, event: Event) -> State:
    """The requests after one more fact."""
    match event:
        case AccommodationRequested(request_id=one, accommodation=accommodation):
            return {**state, one: Request(accommodation)}
        case AccommodationApproved(request_id=one):
            return {**state, one: replace(state[one], status="approved")} if one in state else state
        case AccommodationDenied(request_id=one):
            return {**state, one: replace(state[one], status="denied")} if one in state else state
        case _ as unknown:
            assert_never(unknown)


def request_accommodation(command: RequestAccommodation, state: State) -> list[Event]:
    """Not while the same one waits or is granted."""
    if command.request_id in state:
        return []
    if any(one.accommodation == command.accommodation and one.status != "denied" for one in state.values()):
        raise Rejected("accommodation-asked-before", accommodation=command.accommodation)
    return [
        AccommodationRequested(
            request_id=command.request_id,
            accommodation=command.accommodation,
            statement=command.statement,
            requested_on=command.today,
        )
    ]


def decide_accommodation(command: DecideAccommodation, state: State) -> list[Event]:
    """Once; the same decision again changes nothing."""
    known = state.get(command.request_id)
    if known is None:
        raise Rejected("unknown-accommodation-request")
    wanted: Status = "approved" if command.approved else "denied"
    if known.status == wanted:
        return []
    if known.status != "pending":
        raise Rejected("accommodation-decided", status=known.status)
    about = {"request_id": command.request_id, "accommodation": known.accommodation, "reviewer": command.reviewer}
    if command.approved:
        return [AccommodationApproved(**about, decided_on=command.today)]
    return [AccommodationDenied(**about, reason=command.reason or "not-possible", decided_on=command.today)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case RequestAccommodation():
            return request_accommodation(command, state)
        case DecideAccommodation():
            return decide_accommodation(command, state)
        case _ as unknown:
            assert_never(unknown)


accommodations: Decider[Command, State, Event] = Decider(
    category="accommodations", initial=NONE, evolve=evolve, decide=decide
)
"""Streams `accommodations-<candidate id>`."""
