"""What is known of the other ways into an account once their facts are folded."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.identity.domain import sign_in_facts as facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Authenticator, recovery codes, passkeys and outside provider of one account."""

    step: int | None = None
    """The time of the last code that was accepted; None while no authenticator is on."""
    turned_on: int = 0
    """How often one was turned on; each time with a secret of its own."""
    recovery: frozenset[str] = frozenset()
    """Hashes of the codes that are left."""
    passkeys: Mapping[str, int] = field(default_factory=dict)
    """What each passkey has counted, by its id."""
    signs_on: bool = False
    """An outside provider opens the account."""


def evolve(known: SignIn, event: facts.Event) -> SignIn:  # noqa: C901, PLR0911  a fold names every fact
    """The state after one more fact."""
    match event:
        case facts.AuthenticatorTurnedOn(step=step):
            return replace(known, step=step, turned_on=known.turned_on + 1)
        case facts.AuthenticatorUsed(step=step):
            return replace(known, step=step)
        case facts.AuthenticatorTurnedOff():
            return replace(known, step=None, recovery=frozenset())
        case facts.RecoveryCodesIssued(hashes=hashes):
            return replace(known, recovery=frozenset(hashes))
        case facts.RecoveryCodeUsed(hash=used):
            return replace(known, recovery=known.recovery - {used})
        case facts.PasskeyRegistered() | facts.PasskeyUsed():
            return replace(known, passkeys={**known.passkeys, event.passkey_id: event.sign_count})
        case facts.PasskeyRemoved(passkey_id=gone):
            return replace(known, passkeys={one: n for one, n in known.passkeys.items() if one != gone})
        case facts.PasskeyRenamed():
            return known
        case facts.SignOnConnected():
            return replace(known, signs_on=True)
        case facts.SignOnDisconnected():
            return replace(known, signs_on=False)
        case _ as unknown:
            assert_never(unknown)
