"""Four eyes: one person proposes an action, another one grants it; plain decisions, with no business word in them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed

WAITS = timedelta(days=14)
"""How long a proposal waits for its second person."""

Outcome: TypeAlias = Literal["granted", "declined", "withdrawn", "lapsed"]

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade:
    """Somebody asked for an action; `reason` where it concerns no candidate, else sealed with the candidate's key."""

    action: str
    arguments: dict[str, Any]
    reason: str
    sealed_reason: Sealed | None
    asked_by: str
    asked_at: datetime
    lapses_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalGranted:
    """A second person agreed; what the action brings stands in the same transaction."""

    granted_by: str
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined:
    """A second person refused."""

    declined_by: str
    declined_at: datetime
    reason: str
    sealed_reason: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithdrawn:
    """Whoever asked thought better of it."""

    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLapsed:
    """Nobody decided in time."""

    lapsed_on: date


Event: TypeAlias = ProposalMade | ProposalGranted | ProposalDeclined | ProposalWithdrawn | ProposalLapsed

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Ask for an action."""

    action: str
    arguments: dict[str, Any]
    reason: str
    sealed_reason: Sealed | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Agree."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Refuse, with a reason."""

    by: str
    at: datetime
    reason: str
    sealed_reason: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take the own proposal back."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """Look whether the time is over."""

    today: date


Command: TypeAlias = Propose | Grant | Decline | Withdraw | Lapse

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing was proposed under this id."""


@dataclass(frozen=True, slots=True)
class Open:
    """It waits for a second person, `lapses_on` included."""

    asked_by: str
    lapses_on: date


@dataclass(frozen=True, slots=True)
class Settled:
    """Decided, one way or another, for good."""

    outcome: Outcome


State: TypeAlias = Absent | Open | Settled


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    del state
    match event:
        case ProposalMade(asked_by=asked_by, lapses_on=lapses_on):
            return Open(asked_by, lapses_on)
        case ProposalGranted():
            return Settled("granted")
        case ProposalDeclined():
            return Settled("declined")
        case ProposalWithdrawn():
            return Settled("withdrawn")
        case ProposalLapsed():
            return Settled("lapsed")
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def propose(command: Propose, state: State) -> list[Event]:
    """A proposal is made once."""
    if not isinstance(state, Absent):
        return []
    return [
        ProposalMade(
            action=command.action,
            arguments=command.arguments,
            reason=command.reason,
            sealed_reason=command.sealed_reason,
            asked_by=command.by,
            asked_at=command.at,
            lapses_on=command.at.date() + WAITS,
        )
    ]


def grant(command: Grant, state: State) -> list[Event]:
    """Only another person grants, and only once: whatever comes with the grant happens at most once."""
    only_a_second_person_decides(command.by, only_open_proposals_change(state), command.at.date())
    return [ProposalGranted(granted_by=command.by, granted_at=command.at)]


def decline(command: Decline, state: State) -> list[Event]:
    """Only another person declines; the asker withdraws."""
    only_a_second_person_decides(command.by, only_open_proposals_change(state), command.at.date())
    return [
        ProposalDeclined(
            declined_by=command.by,
            declined_at=command.at,
            reason=command.reason,
            sealed_reason=command.sealed_reason,
        )
    ]


def withdraw(command: Withdraw, state: State) -> list[Event]:
    """Only the asker withdraws; twice changes nothing."""
    if state == Settled("withdrawn"):
        return []
    if only_open_proposals_change(state).asked_by != command.by:
        raise Rejected("proposal-of-another")
    return [ProposalWithdrawn(withdrawn_at=command.at)]


def lapse(command: Lapse, state: State) -> list[Event]:
    """What nobody decided in time is over."""
    if isinstance(state, Open) and command.today > state.lapses_on:
        return [ProposalLapsed(lapsed_on=command.today)]
    return []


def only_open_proposals_change(state: State) -> Open:
    """The proposal, if it still waits."""
    match state:
        case Open():
            return state
        case Settled(outcome):
            raise Rejected("proposal-settled", outcome=outcome)
        case Absent():
            raise Rejected("proposal-unknown")
        case _ as unknown:
            assert_never(unknown)


def only_a_second_person_decides(by: str, proposal: Open, today: date) -> None:
    """Four eyes, in time."""
    if by == proposal.asked_by:
        raise Rejected("second-person-needed")
    if today > proposal.lapses_on:
        raise Rejected("proposal-settled", outcome="lapsed")


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case Propose():
            return propose(command, state)
        case Grant():
            return grant(command, state)
        case Decline():
            return decline(command, state)
        case Withdraw():
            return withdraw(command, state)
        case Lapse():
            return lapse(command, state)
        case _ as unknown:
            assert_never(unknown)


approval: Decider[Command, State, Event] = Decider(category="approval", initial=Absent(), evolve=evolve, decide=decide)

VOCABULARY: dict[tuple[str, int], type] = {
    ("proposal-made", 1): ProposalMade,
    ("proposal-granted", 1): ProposalGranted,
    ("proposal-declined", 1): ProposalDeclined,
    ("proposal-withdrawn", 1): ProposalWithdrawn,
    ("proposal-lapsed", 1): ProposalLapsed,
}
"""Stored in every service beside its own facts."""
