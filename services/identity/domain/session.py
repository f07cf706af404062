"""A log-in's session: it lasts while it is used, never longer than a week, and knows its secret only as a hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected, Sealed

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
STEP = timedelta(hours=1)
"""An end that would move by less is left as it is, so that busy sessions write little."""

OpenedBy: TypeAlias = Literal["password", "code", "recovery-code", "passkey", "provider", "provider-code"]
STRONG: frozenset[str] = frozenset({"code", "recovery-code", "passkey", "provider-code"})
"""Ways in that show more than one factor."""

# -- facts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted:
    """Somebody logged in."""

    secret_hash: str
    started_at: datetime
    until: datetime
    device: Sealed | None = None
    """What the person recognises it by, such as `Firefox on Linux`."""
    opened_by: str = ""
    """How the person showed who they are; empty in facts from before there was a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionExtended:
    """The session was used, so it lasts longer."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded:
    """The session was closed before its time."""

    ended_at: datetime


Event: TypeAlias = SessionStarted | SessionExtended | SessionEnded

# -- commands ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSession:
    """Open the session after a log-in."""

    secret_hash: str
    at: datetime
    device: Sealed | None = None
    opened_by: OpenedBy = "password"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSession:
    """Show the session's secret again."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """Log out."""

    at: datetime


Command: TypeAlias = StartSession | UseSession | EndSession

# -- state -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Open:
    """A session in use, until it is left alone too long."""

    started_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """Ended, or never begun."""

    begun: bool


State: TypeAlias = Open | Over


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case SessionStarted():
            return Open(event.started_at, event.until)
        case SessionExtended():
            return Open(state.started_at, event.until) if isinstance(state, Open) else state
        case SessionEnded():
            return Over(begun=True)
        case _ as unknown:
            assert_never(unknown)


# -- decisions ---------------------------------------------------------------------------------------------------------


def start_session(command: StartSession, state: State) -> list[Event]:
    """A session begins once."""
    if state != Over(begun=False):
        return []
    return [
        SessionStarted(
            secret_hash=command.secret_hash,
            started_at=command.at,
            until=command.at + IDLE,
            device=command.device,
            opened_by=command.opened_by,
        )
    ]


def use_session(command: UseSession, state: State) -> list[Event]:
    """Each use moves the end, in steps, up to the longest life of a session."""
    if not isinstance(state, Open) or command.at >= state.until:
        raise Rejected("session-over")
    until = min(command.at + IDLE, state.started_at + LONGEST)
    return [SessionExtended(until=until)] if until - state.until >= STEP else []


def end_session(command: EndSession, state: State) -> list[Event]:
    """Logging out twice changes nothing."""
    return [SessionEnded(ended_at=command.at)] if isinstance(state, Open) else []


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case StartSession():
            return start_session(command, state)
        case UseSession():
            return use_session(command, state)
        case EndSession():
            return end_session(command, state)
        case _ as unknown:
            assert_never(unknown)


session: Decider[Command, State, Event] = Decider(
    category="session", initial=Over(begun=False), evolve=evolve, decide=decide
)
