"""Which partner systems receive which public events, each in a queue of its own."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected

NAME = re.compile(r"[a-z0-9-]{3,40}")

Start: TypeAlias = Literal["now", "beginning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner as the registry knows it; a removed one stays known, so that the broker can forget it."""

    name: str
    events: tuple[str, ...]
    start: str
    generation: int
    removed: bool

    @property
    def queue(self) -> str:
        """The partner's queue at the broker."""
        return f"partner.{self.name}"

    @property
    def user(self) -> str:
        """The partner's user at the broker."""
        return f"partner-{self.name}"

    @property
    def sources(self) -> tuple[str, ...]:
        """The services whose events the partner reads, ascending."""
        return tuple(sorted({event.partition(".")[0] for event in self.events}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Everything up to this place of a source's public log was delivered to a partner, or lies before its start."""

    source: str
    partition: int
    epoch: str
    sequence: int


# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAdded:
    """A partner may read these events; `generation` counts its additions, and each one has its own password."""

    name: str
    events: tuple[str, ...]
    """Such as `certification.CertificationEarned`, ascending."""
    start: Start
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRemoved:
    """The partner may read nothing any more."""

    name: str


Event: TypeAlias = PartnerAdded | PartnerRemoved

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPartner:
    """Let a partner read events; `known` holds every event that partners may read, `events` what is asked for."""

    name: str
    events: tuple[str, ...]
    start: Start
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePartner:
    """Take the partner's queue and user away."""

    name: str


Command: TypeAlias = AddPartner | RemovePartner

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Away:
    """Not registered now; `generation` counts earlier additions."""

    generation: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Registered for these events."""

    events: tuple[str, ...]
    start: Start
    generation: int


State: TypeAlias = Away | Reading


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case PartnerAdded():
            return Reading(event.events, event.start, event.generation)
        case PartnerRemoved():
            return Away(state.generation)
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def add_partner(command: AddPartner, state: State) -> list[Event]:
    """A partner is added under a free name, for events that exist and carry nothing sealed."""
    if NAME.fullmatch(command.name) is None:
        raise Rejected("partner-name-invalid", name=command.name)
    events = only_events_for_partners(command)
    if isinstance(state, Reading):
        if (state.events, state.start) == (events, command.start):
            return []
        raise Rejected("partner-exists", name=command.name)
    return [
        PartnerAdded(name=command.name, events=events, start=command.start, generation=state.generation + 1),
    ]


def only_events_for_partners(command: AddPartner) -> tuple[str, ...]:
    """The events asked for, each once and ascending."""
    unknown = sorted(set(command.events) - set(command.known))
    if unknown:
        raise Rejected("event-unknown", events=unknown)
    if not command.events:
        raise Rejected("partner-without-events", name=command.name)
    return tuple(sorted(set(command.events)))


def remove_partner(command: RemovePartner, state: State) -> list[Event]:
    """Removing twice changes nothing; a name that was never there is refused."""
    match state:
        case Reading():
            return [PartnerRemoved(name=command.name)]
        case Away(generation=0):
            raise Rejected("partner-unknown", name=command.name)
        case Away():
            return []
        case _ as unknown:
            assert_never(unknown)


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case AddPartner():
            return add_partner(command, state)
        case RemovePartner():
            return remove_partner(command, state)
        case _ as unknown:
            assert_never(unknown)


partner: Decider[Command, State, Event] = Decider(category="partner", initial=Away(), evolve=evolve, decide=decide)
