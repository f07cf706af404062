"""Authorization codes: what was agreed to, sealed into the code itself, so that nothing is stored of unused ones."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass

import orjson

from chassis.decider import Sealed
from chassis.sealing import BrokenSeal, seal, subkey, unseal

PURPOSE = "authorization-code"
SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """To what the person has said yes, for which client, and until when its code may be exchanged."""

    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    nonce: str
    code_challenge: str
    candidate_id: str
    authenticated_at: int
    way_in: str
    ends_at: int


class Codes:
    """Seals and opens codes under the deployment's master key."""

    def __init__(self, master: bytes) -> None:
        self._key = subkey(master, PURPOSE)

    def sealed(self, agreed: Agreed) -> str:
        """The code."""
        return str(seal(self._key, PURPOSE, orjson.dumps(asdict(agreed)).decode()))

    def opened(self, code: str, now: float) -> Agreed | None:
        """What was agreed to; None for a code that is not ours, or too old."""
        try:
            said = orjson.loads(unseal(self._key, PURPOSE, Sealed(code)))
        except (BrokenSeal, ValueError):
            return None
        agreed = Agreed(**{**said, "scopes": tuple(said["scopes"])})
        return agreed if now < agreed.ends_at else None


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
