"""What a person has agreed to let a program know: asked once, and again for more, or after it was withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider

Reason: TypeAlias = Literal["withdrawn", "logged-out"]
"""Who ended it: the person for this program, or the person who trusts nothing that is out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """The program may ask for these without a question from now on."""

    client_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn:
    """The program has to ask again."""

    reason: Reason


Event: TypeAlias = ConsentGiven | ConsentWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """Say yes to what the program asks for."""

    client_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """Take every yes to the program back."""

    reason: Reason


Command: TypeAlias = GiveConsent | WithdrawConsent


@dataclass(frozen=True, slots=True)
class State:
    """What was agreed to and still is; empty where nothing is."""

    scopes: tuple[str, ...] = ()

    def covers(self, scopes: Collection[str]) -> bool:
        """Whether nothing of it has to be asked for."""
        return set(scopes) <= set(self.scopes)


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case ConsentGiven(scopes=scopes):
            return replace(state, scopes=scopes)
        case ConsentWithdrawn():
            return replace(state, scopes=())
        case _ as unknown:
            assert_never(unknown)


def give_consent(command: GiveConsent, state: State) -> list[Event]:
    """A yes adds to earlier ones; the same yes again changes nothing."""
    if state.covers(command.scopes):
        return []
    scopes = tuple(dict.fromkeys((*state.scopes, *command.scopes)))
    return [ConsentGiven(client_id=command.client_id, scopes=scopes)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case GiveConsent():
            return give_consent(command, state)
        case WithdrawConsent(reason=reason):
            return [ConsentWithdrawn(reason=reason)] if state.scopes else []
        case _ as unknown:
            assert_never(unknown)


consent: Decider[Command, State, Event] = Decider(category="consent", initial=State(), evolve=evolve, decide=decide)
"""Streams `consent-<id>`, one per person and program."""
