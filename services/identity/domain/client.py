"""A program that speaks for people who consent, or for itself: its registration for OAuth 2 and OpenID Connect."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from chassis.decider import Decider, Rejected

PERSONAL_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})
"""What people can consent to."""
SignedBy: TypeAlias = Literal["Ed25519", "RS256"]
OWN_SCOPES = frozenset({"provider"})
"""What a machine does in its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAdded:
    """The program may ask; without a secret it is one that cannot keep any, such as an app."""

    name: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    secret_hash: str
    signed_by: SignedBy = "Ed25519"
    """What its ID tokens are signed with; in facts from before there was a choice it was this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRemoved:
    """The program may ask no longer."""


Event: TypeAlias = ClientAdded | ClientRemoved


@dataclass(frozen=True, slots=True, kw_only=True)
class AddClient:
    """Let a program ask."""

    name: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    secret_hash: str
    signed_by: SignedBy = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveClient:
    """Let it ask no longer."""


Command: TypeAlias = AddClient | RemoveClient


@dataclass(frozen=True, slots=True)
class Absent:
    """Never added."""


@dataclass(frozen=True, slots=True)
class Registered:
    """It may ask."""


@dataclass(frozen=True, slots=True)
class Removed:
    """It could once."""


State: TypeAlias = Absent | Registered | Removed


def evolve(state: State, event: Event) -> State:
    """The state after one more fact."""
    del state
    match event:
        case ClientAdded():
            return Registered()
        case ClientRemoved():
            return Removed()
        case _ as unknown:
            assert_never(unknown)


def add_client(command: AddClient, state: State) -> list[Event]:
    """A program speaks for people, with addresses to lead them back to, or for itself, with a secret."""
    if state != Absent():
        return []
    asked = set(command.scopes)
    if command.redirect_uris and not asked <= PERSONAL_SCOPES:
        raise Rejected("scope-not-for-people")
    if not command.redirect_uris and not (asked <= OWN_SCOPES and command.secret_hash):
        raise Rejected("scope-not-for-machines")
    return [
        ClientAdded(
            name=command.name,
            redirect_uris=command.redirect_uris,
            scopes=command.scopes,
            secret_hash=command.secret_hash,
            signed_by=command.signed_by,
        )
    ]


def remove_client(state: State) -> list[Event]:
    """Removing twice changes nothing; what never was cannot be removed."""
    if state == Absent():
        raise Rejected("client-unknown")
    return [ClientRemoved()] if state == Registered() else []


def decide(command: Command, state: State) -> list[Event]:
    """The facts that a command adds."""
    match command:
        case AddClient():
            return add_client(command, state)
        case RemoveClient():
            return remove_client(state)
        case _ as unknown:
            assert_never(unknown)


client: Decider[Command, State, Event] = Decider(category="client", initial=Absent(), evolve=evolve, decide=decide)
