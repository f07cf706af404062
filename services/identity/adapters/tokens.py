"""Short-lived tokens that the gateway can check without asking: JWT signed with Ed25519."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy import Connection

from chassis.projections import Rows
from chassis.sealing import unwrap, wrap

ALGORITHM = "Ed25519"
ISSUER = "certtrack"


class StoredKey(Protocol):
    """A private key under the deployment's master key."""

    @property
    def kid(self) -> str:
        """The key's name in tokens and in the published set."""
        ...

    @property
    def wrapped(self) -> str:
        """The wrapped private key."""
        ...

    @property
    def created_at(self) -> datetime:
        """Since when it signs."""
        ...


class Store(Protocol):
    """Where signing keys lie."""

    def stored(self, connection: Connection) -> Sequence[StoredKey]:
        """All keys, the signing one first."""
        ...

    def remember(self, rows: Rows, kid: str, wrapped: str) -> None:
        """Keep a new key."""
        ...

    def forget(self, rows: Rows, kid: str) -> None:
        """Publish a key no longer."""
        ...


SIGNS_SECONDS = 90 * 86_400
"""How long a key signs at most."""
PUBLISHED_SECONDS = 31 * 86_400
"""How long a key is published after another one has begun to sign: no token lives longer."""
LOOK_SECONDS = 60
"""How soon every process signs with a new key."""


class Tokens:
    """Signs tokens with the newest stored key; the first one is made when it is needed."""

    def __init__(
        self,
        master: bytes,
        store: Store,
        *,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[Callable[[Rows], None]], object],
    ) -> None:
        self._master = master
        self._store = store
        self._read = read
        self._write = write
        self._making = threading.Lock()
        self._signing: tuple[float, OKPKey] | None = None

    def issue(
        self,
        subject: str,
        roles: Sequence[str],
        *,
        seconds: int,
        session_id: str = "",
        permissions: Sequence[str] = (),
        complete: bool = False,
    ) -> tuple[str, int]:
        """The token, and when it ends in seconds since 1970; `complete` spares a question about the profile (F1.12)."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": subject,
            "roles": list(roles),
            "sid": session_id,
            "iat": now,
            "exp": now + seconds,
            **({"permissions": list(permissions)} if permissions else {}),
            **({"complete": True} if complete else {}),
        }
        return self._signed(claims), now + seconds

    def id_token(self, *, issuer: str, audience: str, subject: str, seconds: int, more: dict[str, Any]) -> str:
        """Who logged in, for one client (OpenID Connect Core 1.0, 2)."""
        now = int(time.time())
        return self._signed({"iss": issuer, "sub": subject, "aud": audience, "iat": now, "exp": now + seconds, **more})

    def _signed(self, claims: dict[str, Any]) -> str:
        key = self._signing_key()
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}, claims, key, algorithms=[ALGORITHM])

    def _signing_key(self) -> OKPKey:
        known = self._signing
        if known is None or time.monotonic() - known[0] > LOOK_SECONDS:
            known = self._signing = (time.monotonic(), self._keys()[0])
        return known[1]

    def rotate(self) -> str:
        """Make a key that signs from now on, and forget those that nothing good was signed with; gives its name."""
        self._make()
        with self._read() as connection:
            rows = self._store.stored(connection)
        for retired, follower in zip(rows[1:], rows, strict=False):
            if time.time() - follower.created_at.timestamp() > PUBLISHED_SECONDS:
                self._forget(retired.kid)
        self._signing = None
        return rows[0].kid

    def _forget(self, kid: str) -> None:
        self._write(lambda rows: self._store.forget(rows, kid))

    def rotate_if_old(self) -> None:
        """Rotate once the signing key is a quarter of a year old."""
        with self._read() as connection:
            rows = self._store.stored(connection)
        if rows and time.time() - rows[0].created_at.timestamp() > SIGNS_SECONDS:
            self.rotate()

    def jwks(self) -> dict[str, Any]:
        """The public keys as a JSON Web Key Set."""
        return {"keys": [self._public(key) for key in self._keys()]}

    def _public(self, key: OKPKey) -> dict[str, Any]:
        return {**key.as_dict(private=False), "kid": key.kid, "use": "sig", "alg": ALGORITHM}

    def _keys(self) -> list[OKPKey]:
        with self._making:
            return self._stored() or self._made()

    def _stored(self) -> list[OKPKey]:
        with self._read() as connection:
            rows = self._store.stored(connection)
        return [_opened(unwrap(self._master, row.wrapped), row.kid) for row in rows]

    def _made(self) -> list[OKPKey]:
        self._make()
        return self._stored()

    def _make(self) -> None:
        key = OKPKey.generate_key("Ed25519")
        kid = key.thumbprint()
        wrapped = wrap(self._master, key.as_pem(private=True))
        self._write(lambda rows: self._store.remember(rows, kid, wrapped))


def _opened(pem: bytes, kid: str) -> OKPKey:
    return OKPKey.import_key(pem, {"kid": kid})
