"""The vocabulary of decisions: deciders, facts as projections see them, refusals; plain Python only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NewType, TypeVar

Command = TypeVar("Command")
State = TypeVar("State")
Event = TypeVar("Event")

Sealed = NewType("Sealed", str)
"""Personal text encrypted with the candidate's own key; facts and contracts never hold it in the clear."""


class Rejected(Exception):
    """A person asked for what the rules do not allow; `code` is stable, `details` explains without personal data."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Decider(Generic[Command, State, Event]):
    """How one kind of stream decides: `decide` gives the facts that a command adds to the state folded by `evolve`."""

    category: str
    initial: State
    evolve: Callable[[State, Event], State]
    decide: Callable[[Command, State], list[Event]]

    def stream(self, id: str) -> str:
        """The stream's name, `category-id`."""
        return f"{self.category}-{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact on its way into projections and announcements: an own one, or another service's public event."""

    event: Any
    source: str
    """The service that owns the fact."""
    subject: str
    """The candidate's id, or empty where a fact concerns no candidate."""
    number: int
    """Own fact: its position; another service's: its sequence in `partition`."""
    partition: int = 0
    recorded_at: datetime
    stream: str = ""
    version: int = 0
    cause: str = ""
    """Id of the command or event that led here."""
    correlation: str = ""
    trace: str = ""
    """W3C trace context of the request that led here."""
    revealed: Mapping[Sealed, str | None] = field(default_factory=dict)

    def reveal(self, box: Sealed) -> str | None:
        """The clear text of a sealed field; None when the candidate was erased."""
        return self.revealed[box]
