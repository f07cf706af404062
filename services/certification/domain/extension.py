"""A blanket extension: one decision about everybody (R-V6); there is no way to name a person in it."""

from dataclasses import dataclass
from datetime import date

from chassis.decider import Decider, Rejected

LONGEST = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDecided:
    """What is active on a day is valid some days longer, whoever holds it."""

    days: int
    extended_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideExtension:
    """Extend everybody."""

    days: int
    extended_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether it was decided."""

    decided: bool = False


def evolve(state: Decided, event: ExtensionDecided) -> Decided:
    """It was."""
    del state, event
    return Decided(decided=True)


def decide_extension(command: DecideExtension, state: Decided) -> list[ExtensionDecided]:
    """Once, and no longer than two years."""
    if state.decided:
        return []
    if not 1 <= command.days <= LONGEST:
        raise Rejected("extension-too-long", longest=LONGEST)
    return [ExtensionDecided(days=command.days, extended_on=command.extended_on, reason=command.reason)]


extension: Decider[DecideExtension, Decided, ExtensionDecided] = Decider(
    category="extension", initial=Decided(), evolve=evolve, decide=decide_extension
)
"""Streams `extension-<id>`."""
