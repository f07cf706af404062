"""The seats of one session of the built-in provider: one stream per session, so that none is ever sold twice."""

from dataclasses import dataclass
from typing import assert_never

from chassis.decider import Decider, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTaken:
    """A seat of the session was given to an appointment."""

    session: str
    appointment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFreed:
    """The appointment needs its seat no more."""

    session: str
    appointment_id: str


Event = SeatTaken | SeatFreed


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSeat:
    """Ask for a seat; `capacity` is what the place has for this session."""

    session: str
    appointment_id: str
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSeat:
    """Give a seat back."""

    session: str
    appointment_id: str


Command = TakeSeat | FreeSeat
State = frozenset[str]
"""The appointments that have a seat."""


def evolve(state: State, event: Event) -> State:
    """Who has a seat after one more fact."""
    match event:
        case SeatTaken(appointment_id=appointment_id):
            return state | {appointment_id}
        case SeatFreed(appointment_id=appointment_id):
            return state - {appointment_id}
        case _ as unknown:
            assert_never(unknown)


def take_seat(command: TakeSeat, state: State) -> list[Event]:
    """One seat per appointment, as long as there are any."""
    if command.appointment_id in state:
        return []
    if len(state) >= command.capacity:
        raise Rejected("no-seat-left", session=command.session)
    return [SeatTaken(session=command.session, appointment_id=command.appointment_id)]


def free_seat(command: FreeSeat, state: State) -> list[Event]:
    """A seat that nobody has is free already."""
    if command.appointment_id not in state:
        return []
    return [SeatFreed(session=command.session, appointment_id=command.appointment_id)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case TakeSeat():
            return take_seat(command, state)
        case FreeSeat():
            return free_seat(command, state)
        case _ as unknown:
            assert_never(unknown)


seats: Decider[Command, State, Event] = Decider(category="seats", initial=frozenset(), evolve=evolve, decide=decide)
"""Streams `seats-<session>`."""
