"""Questions whose answer comes with the next request: nothing is stored, their signature shows that they are ours."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chassis.sealing import keyed_hash

LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One that came back: whom it was for, its hash, and until when it may be answered."""

    about: str
    hash: str
    until: datetime


class Challenges:
    """Makes challenges under the deployment's master key, and reads those that come back."""

    def __init__(self, master: bytes) -> None:
        self._master = master

    def make(self, purpose: str, about: str, now: datetime) -> str:
        """A fresh challenge for one purpose; `about` is an id, or empty where nobody is known yet."""
        said = f"{about}.{int((now + LIFETIME).timestamp())}.{secrets.token_urlsafe(18)}"
        return f"{said}.{self._signature(purpose, said)}"

    def read(self, purpose: str, text: str, now: datetime) -> Challenge | None:
        """The challenge, if it is ours and young enough."""
        said, _, signature = text.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(purpose, said).encode()):
            return None
        about, ends, _ = said.split(".")
        until = datetime.fromtimestamp(int(ends), UTC)
        return Challenge(about, hashlib.sha256(text.encode()).hexdigest(), until) if now < until else None

    def _signature(self, purpose: str, said: str) -> str:
        return keyed_hash(self._master, f"challenge/{purpose}", said)
