"""Two records of one person: one of them absorbs the other, and gives it back if that was wrong (F1.13).

Both records have a stream of their own here, so that of two merges at the same moment that do not go together one is
decided anew and refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeAlias, assert_never

from chassis.decider import Decider, Rejected

UNDO_DAYS = timedelta(days=14)
"""How long a merge can be undone, the last day included."""

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMerged:
    """This record stands for both from now on."""

    absorbed_id: str
    merged_on: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAbsorbed:
    """Another record stands for this one."""

    kept_id: str
    merged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsSeparated:
    """It was wrong: the other record stands for itself again."""

    absorbed_id: str
    separated_on: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReleased:
    """This record stands for itself again."""

    kept_id: str
    separated_on: date


Event: TypeAlias = AccountsMerged | AccountAbsorbed | AccountsSeparated | AccountReleased

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeAccounts:
    """Let this record stand for another one too."""

    absorbed_id: str
    on: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsorbAccount:
    """Let another record stand for this one."""

    kept_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateAccounts:
    """Give an absorbed record back."""

    absorbed_id: str
    on: date
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAccount:
    """Let this record stand for itself again."""

    kept_id: str
    on: date


Command: TypeAlias = MergeAccounts | AbsorbAccount | SeparateAccounts | ReleaseAccount

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """For which records this one stands, since when; or which one stands for it."""

    absorbed: Mapping[str, date] = field(default_factory=dict)
    kept_by: str = ""


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case AccountsMerged(absorbed_id=other, merged_on=day):
            return replace(state, absorbed={**state.absorbed, other: day})
        case AccountsSeparated(absorbed_id=other):
            return replace(state, absorbed={one: day for one, day in state.absorbed.items() if one != other})
        case AccountAbsorbed(kept_id=kept_id):
            return replace(state, kept_by=kept_id)
        case AccountReleased():
            return replace(state, kept_by="")
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def merge_accounts(command: MergeAccounts, state: State) -> list[Event]:
    """Only a record that stands for itself takes another one in."""
    if command.absorbed_id in state.absorbed:
        return []
    if state.kept_by:
        raise Rejected("record-already-merged")
    return [AccountsMerged(absorbed_id=command.absorbed_id, merged_on=command.on, by=command.by)]


def absorb_account(command: AbsorbAccount, state: State) -> list[Event]:
    """A record goes into one other; one that stands for others is the one to keep."""
    if state.kept_by == command.kept_id:
        return []
    only_records_that_can_be_absorbed(state)
    return [AccountAbsorbed(kept_id=command.kept_id, merged_on=command.on)]


def only_records_that_can_be_absorbed(state: State) -> None:
    """Raises Rejected where the record is absorbed already, or has absorbed others."""
    if state.kept_by:
        raise Rejected("record-already-merged")
    if state.absorbed:
        raise Rejected("record-has-absorbed-others")


def separate_accounts(command: SeparateAccounts, state: State) -> list[Event]:
    """Within fourteen days; later the history of both has grown together."""
    only_merges_that_can_be_undone(state, command.absorbed_id, command.on)
    return [AccountsSeparated(absorbed_id=command.absorbed_id, separated_on=command.on, by=command.by)]


def only_merges_that_can_be_undone(state: State, absorbed_id: str, today: date) -> date:
    """The last day; raises Rejected where there is no such merge, or where it is too old."""
    merged_on = state.absorbed.get(absorbed_id)
    if merged_on is None:
        raise Rejected("records-not-merged")
    if today > merged_on + UNDO_DAYS:
        raise Rejected("merge-undo-too-late", until=(merged_on + UNDO_DAYS).isoformat())
    return merged_on + UNDO_DAYS


def release_account(command: ReleaseAccount, state: State) -> list[Event]:
    """Only from the record that has absorbed it."""
    if state.kept_by != command.kept_id:
        raise Rejected("records-not-merged")
    return [AccountReleased(kept_id=command.kept_id, separated_on=command.on)]


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case MergeAccounts():
            return merge_accounts(command, state)
        case AbsorbAccount():
            return absorb_account(command, state)
        case SeparateAccounts():
            return separate_accounts(command, state)
        case ReleaseAccount():
            return release_account(command, state)
        case _ as unknown:
            assert_never(unknown)


merge: Decider[Command, State, Event] = Decider(category="merge", initial=State(), evolve=evolve, decide=decide)
"""Streams `merge-<candidate id>`."""
