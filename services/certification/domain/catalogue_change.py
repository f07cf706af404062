"""A changed catalogue: handed in, then put in force by two people; one stream knows every version (F12.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected

PROGRAMME = "programme"
"""The one stream: what is in force is a question with one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueHandedIn:
    """Somebody wants these tables in place of those in force then; they fit together."""

    change_id: str
    version: str
    base: str
    """The version that was in force."""
    changed: tuple[str, ...]
    tables: dict[str, str]
    """All tables, also those that stay as they are: what is previewed is what comes into force."""
    handed_in_by: str
    handed_in_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueActivated:
    """From now on these tables decide."""

    change_id: str
    version: str
    base: str
    changed: tuple[str, ...]
    tables: dict[str, str]
    activated_on: date


Event: TypeAlias = CatalogueHandedIn | CatalogueActivated


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInCatalogue:
    """Propose tables that were read and found whole."""

    change_id: str
    version: str
    base: str
    changed: tuple[str, ...]
    tables: Mapping[str, str]
    by: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateCatalogue:
    """Put a change in force whose preview was seen; `in_force` is the version that it would replace."""

    change_id: str
    tables: Mapping[str, str]
    in_force: str
    today: date


Command: TypeAlias = HandInCatalogue | ActivateCatalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as its facts left it."""

    version: str
    base: str
    changed: tuple[str, ...]
    is_activated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Every change by id, and the version that was activated last; empty while that of the release is in force."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    activated: str = ""


def evolve(state: State, event: Event) -> State:
    """Note the change, or that it is in force."""
    match event:
        case CatalogueHandedIn(change_id=change_id, version=version, base=base, changed=changed):
            change = Change(version=version, base=base, changed=changed)
            return replace(state, changes={**state.changes, change_id: change})
        case CatalogueActivated(change_id=change_id, version=version):
            change = replace(state.changes[change_id], is_activated=True)
            return State(changes={**state.changes, change_id: change}, activated=version)
        case _ as unknown:
            assert_never(unknown)


def hand_in_catalogue(command: HandInCatalogue, state: State) -> list[Event]:
    """Once, and only what changes something."""
    if command.change_id in state.changes:
        return []
    if command.version == command.base:
        raise Rejected("catalogue-unchanged")
    return [
        CatalogueHandedIn(
            change_id=command.change_id,
            version=command.version,
            base=command.base,
            changed=command.changed,
            tables=dict(command.tables),
            handed_in_by=command.by,
            handed_in_on=command.today,
        )
    ]


def activate_catalogue(command: ActivateCatalogue, state: State) -> list[Event]:
    """Only in place of the very version that it was previewed against."""
    change = state.changes.get(command.change_id)
    if change is None:
        raise Rejected("catalogue-change-unknown")
    if change.is_activated:
        return []
    if change.base != (state.activated or command.in_force):
        raise Rejected("catalogue-base-changed")
    return [
        CatalogueActivated(
            change_id=command.change_id,
            version=change.version,
            base=change.base,
            changed=change.changed,
            tables=dict(command.tables),
            activated_on=command.today,
        )
    ]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds; raises Rejected."""
    match command:
        case HandInCatalogue():
            return hand_in_catalogue(command, state)
        case ActivateCatalogue():
            return activate_catalogue(command, state)
        case _ as unknown:
            assert_never(unknown)


catalogue_change: Decider[Command, State, Event] = Decider(
    category="catalogue", initial=State(), evolve=evolve, decide=decide
)
"""The stream `catalogue-programme`."""
