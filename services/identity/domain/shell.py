"""A candidate record that exists because the test provider reported a booking; an account may be joined to it later."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Sealed

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateShellCreated:
    """The test provider reported somebody for the first time; the CSCO id is theirs for ever."""

    csco_id: str
    vue_id: Sealed
    first_name: Sealed
    last_name: Sealed
    email: Sealed
    birth_date: Sealed | None
    booked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierBookingReported:
    """A booking before all that were known (F1.11 looks at the first one)."""

    booked_on: date


Event: TypeAlias = CandidateShellCreated | EarlierBookingReported

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBooking:
    """Note whom the provider has booked, and on which day."""

    csco_id: str
    vue_id: Sealed
    first_name: Sealed
    last_name: Sealed
    email: Sealed
    birth_date: Sealed | None
    booked_on: date


Command: TypeAlias = ReportBooking

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has reported this person."""


@dataclass(frozen=True, slots=True)
class Known:
    """Reported; the first booking that is known was made on this day."""

    first_booked_on: date


State: TypeAlias = Unknown | Known


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    del state
    match event:
        case CandidateShellCreated() | EarlierBookingReported():
            return Known(event.booked_on)
        case _ as unknown:
            assert_never(unknown)


def decide(command: Command, state: State) -> list[Event]:
    """The first report makes the record; later ones matter only if their booking is older."""
    match state:
        case Unknown():
            return [
                CandidateShellCreated(
                    csco_id=command.csco_id,
                    vue_id=command.vue_id,
                    first_name=command.first_name,
                    last_name=command.last_name,
                    email=command.email,
                    birth_date=command.birth_date,
                    booked_on=command.booked_on,
                )
            ]
        case Known(first) if command.booked_on < first:
            return [EarlierBookingReported(booked_on=command.booked_on)]
        case Known():
            return []
        case _ as unknown:
            assert_never(unknown)


shell: Decider[Command, State, Event] = Decider(category="shell", initial=Unknown(), evolve=evolve, decide=decide)
