"""What can be said of other ways into an account than the password: authenticator, passkeys, an outside provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from chassis.decider import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatorTurnedOn:
    """From now on the password alone opens nothing; `step` is the time of the code that showed it to work."""

    secret: Sealed
    step: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatorTurnedOff:
    """The password is enough again; recovery codes are void."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesIssued:
    """These hashed codes stand in for the authenticator, each once; earlier ones are void."""

    hashes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatorUsed:
    """A code was accepted; it and all before it are not accepted again."""

    step: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed:
    """A recovery code was accepted, for the only time."""

    hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRegistered:
    """A device or security key may open the account; the person gave it a name."""

    passkey_id: str
    public_key: str
    sign_count: int
    name: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRenamed:
    """The person calls it otherwise."""

    passkey_id: str
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyUsed:
    """The passkey opened the account; `sign_count` is what it has counted since."""

    passkey_id: str
    sign_count: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRemoved:
    """The passkey opens nothing any more."""

    passkey_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnConnected:
    """The account opens by a log-in at an outside OpenID provider, which calls the person `subject`."""

    issuer: str
    subject: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnDisconnected:
    """The outside provider opens the account no more."""

    at: datetime


Event: TypeAlias = (
    AuthenticatorTurnedOn
    | AuthenticatorTurnedOff
    | RecoveryCodesIssued
    | AuthenticatorUsed
    | RecoveryCodeUsed
    | PasskeyRegistered
    | PasskeyRenamed
    | PasskeyUsed
    | PasskeyRemoved
    | SignOnConnected
    | SignOnDisconnected
)
