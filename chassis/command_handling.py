"""From a command to a written fact: the orders that a process gives to its committer, and what comes back."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from chassis.decider import Decider, Fact, Rejected
from chassis.projections import Rows

Mark: TypeAlias = tuple[str, str, int, int]
"""A place in a service's public log: source, epoch, partition, sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One command for one stream; `id` makes it count once however often it comes."""

    decider: Decider[Any, Any, Any]
    stream: str
    command: Any
    subject: str
    id: str
    body: str = ""
    from_event: bool = False
    cause: str = ""
    correlation: str = ""
    trace: str = ""
    also: Callable[[Rows], None] | None = None
    """Rows that are written with the facts, if there are any."""
    effects: tuple["NewEffect", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEffect:
    """Something that must happen outside once the transaction stands; `key` makes it happen once at the receiver."""

    key: str
    kind: str
    subject: str
    payload: dict[str, Any]
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a command came to: the stream's version, how many facts were new, and their last place in the public log."""

    stream: str
    version: int
    facts: int
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorMove:
    """A subscription's step through one partition of one source; refused when the cursor is not at `before`."""

    source: str
    partition: int
    epoch: str
    before: int | None
    """None creates the cursor."""
    after: int


@dataclass(slots=True, kw_only=True)
class Unit:
    """A unit of work: all of it is committed, or none."""

    orders: list[Order] = field(default_factory=list)
    received: list[Fact] = field(default_factory=list)
    cursors: list[CursorMove] = field(default_factory=list)
    guards: list[Callable[[Connection], None]] = field(default_factory=list)
    """Checks inside the transaction; one that raises undoes the unit."""
    writes: list[Callable[[Rows], None]] = field(default_factory=list)
    effects: list[NewEffect] = field(default_factory=list)
    together: bool = False
    """The orders stand or fall together: one refusal refuses all of them."""
    deadline: float | None = None
    """On the monotonic clock; passing troubles of the database are waited out until then."""
    done: "Future[list[Written | Rejected]]" = field(default_factory=Future)
    attempts: int = 0


class CursorMoved(Exception):
    """Another process has advanced this subscription; read the cursor again."""


class KeysNeeded(Exception):
    """Facts of these candidates carry sealed text whose keys are not at hand."""

    def __init__(self, candidate_ids: set[str]) -> None:
        super().__init__(", ".join(sorted(candidate_ids)))
        self.candidate_ids = candidate_ids
