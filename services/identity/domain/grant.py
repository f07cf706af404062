"""What a person has allowed a client: kept alive by refresh tokens, each good for one use (RFC 9700, 4.14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected

LIFETIME = timedelta(days=30)
"""Without use."""
Reason: TypeAlias = Literal["revoked", "reused", "withdrawn", "logged-out"]
"""Who ended it: the program, a token in two hands, the person, or the person who trusts nothing that is out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantGiven:
    """The person agreed, and the client has exchanged its code."""

    client_id: str
    scopes: tuple[str, ...]
    refresh_hash: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenReplaced:
    """The refresh token was used, so another one is good from now on."""

    refresh_hash: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEnded:
    """The client may do nothing more."""

    reason: Reason


Event: TypeAlias = GrantGiven | RefreshTokenReplaced | GrantEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveGrant:
    """Exchange the code."""

    client_id: str
    scopes: tuple[str, ...]
    refresh_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceRefreshToken:
    """Use the refresh token; the next one has this hash."""

    client_id: str
    presented_hash: str
    refresh_hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGrant:
    """Take it back."""

    reason: Reason


Command: TypeAlias = GiveGrant | ReplaceRefreshToken | EndGrant


@dataclass(frozen=True, slots=True)
class Open:
    """The client may refresh its tokens."""

    client_id: str
    scopes: tuple[str, ...]
    refresh_hash: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Over:
    """Ended, or never given."""

    given: bool


State: TypeAlias = Open | Over


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    match event:
        case GrantGiven():
            return Open(event.client_id, event.scopes, event.refresh_hash, event.until)
        case RefreshTokenReplaced() if isinstance(state, Open):
            return Open(state.client_id, state.scopes, event.refresh_hash, event.until)
        case RefreshTokenReplaced():
            return state
        case GrantEnded():
            return Over(given=True)
        case _ as unknown:
            assert_never(unknown)


def give_grant(command: GiveGrant, state: State) -> list[Event]:
    """A grant is given once."""
    if state != Over(given=False):
        return []
    until = command.at + LIFETIME
    return [
        GrantGiven(client_id=command.client_id, scopes=command.scopes, refresh_hash=command.refresh_hash, until=until)
    ]


def replace_refresh_token(command: ReplaceRefreshToken, state: State) -> list[Event]:
    """A token that was used already is in two hands: nobody gets another one."""
    if not isinstance(state, Open) or command.client_id != state.client_id or command.at >= state.until:
        raise Rejected("grant-over")
    if command.presented_hash != state.refresh_hash:
        return [GrantEnded(reason="reused")]
    return [RefreshTokenReplaced(refresh_hash=command.refresh_hash, until=command.at + LIFETIME)]


def end_grant(command: EndGrant, state: State) -> list[Event]:
    """Ending twice changes nothing."""
    return [GrantEnded(reason=command.reason)] if isinstance(state, Open) else []


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case GiveGrant():
            return give_grant(command, state)
        case ReplaceRefreshToken():
            return replace_refresh_token(command, state)
        case EndGrant():
            return end_grant(command, state)
        case _ as unknown:
            assert_never(unknown)


grant: Decider[Command, State, Event] = Decider(
    category="grant", initial=Over(given=False), evolve=evolve, decide=decide
)
