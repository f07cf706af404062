"""Short-lived tokens that the gateway can check without asking: JWT signed with Ed25519; ID tokens also with RS256."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey
from sqlalchemy import Connection

from chassis.projections import Rows
from chassis.sealing import unwrap, wrap

Algorithm: TypeAlias = Literal["Ed25519", "RS256"]
Key: TypeAlias = OKPKey | RSAKey

ALGORITHM: Algorithm = "Ed25519"
"""Of everything that we read ourselves; the other is what every program knows (OpenID Connect Core 1.0, 15.1)."""
ALGORITHMS: tuple[Algorithm, ...] = (ALGORITHM, "RS256")
RSA_BITS = 2048
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
    def algorithm(self) -> str:
        """What it signs with."""
        ...

    @property
    def created_at(self) -> datetime:
        """Since when it signs."""
        ...


class Store(Protocol):
    """Where signing keys lie."""

    def stored(self, connection: Connection) -> Sequence[StoredKey]:
        """All keys, the newest first: of each algorithm, the newest signs."""
        ...

    def remember(self, rows: Rows, kid: str, wrapped: str, algorithm: str) -> None:
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
    """Signs with the newest stored key of an algorithm; the first one is made when it is needed."""

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
        self._signing: dict[Algorithm, tuple[float, Key]] = {}

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

    def id_token(
        self,
        *,
        issuer: str,
        audience: str,
        subject: str,
        seconds: int,
        more: dict[str, Any],
        algorithm: Algorithm = ALGORITHM,
    ) -> str:
        """Who logged in, for one client (OpenID Connect Core 1.0, 2)."""
        now = int(time.time())
        claims = {"iss": issuer, "sub": subject, "aud": audience, "iat": now, "exp": now + seconds, **more}
        return self._signed(claims, algorithm)

    def _signed(self, claims: dict[str, Any], algorithm: Algorithm = ALGORITHM) -> str:
        key = self._signing_key(algorithm)
        return jwt.encode({"alg": algorithm, "kid": key.kid, "typ": "JWT"}, claims, key, algorithms=[algorithm])

    def _signing_key(self, algorithm: Algorithm) -> Key:
        known = self._signing.get(algorithm)
        if known is None or time.monotonic() - known[0] > LOOK_SECONDS:
            known = self._signing[algorithm] = (time.monotonic(), self._keys(algorithm)[0])
        return known[1]

    def rotate(self) -> str:
        """Make keys that sign from now on, and forget those that nothing good was signed with; gives a name."""
        for algorithm in ("RS256", ALGORITHM):
            if algorithm == ALGORITHM or self._rows(algorithm):
                self._rotate(algorithm)
        return self._rows(ALGORITHM)[0].kid

    def _rotate(self, algorithm: Algorithm) -> None:
        self._make(algorithm)
        rows = self._rows(algorithm)
        for retired, follower in zip(rows[1:], rows, strict=False):
            if time.time() - follower.created_at.timestamp() > PUBLISHED_SECONDS:
                self._forget(retired.kid)
        self._signing.pop(algorithm, None)

    def _forget(self, kid: str) -> None:
        self._write(lambda rows: self._store.forget(rows, kid))

    def rotate_if_old(self) -> None:
        """Rotate whichever signing key is a quarter of a year old."""
        for algorithm in ALGORITHMS:
            rows = self._rows(algorithm)
            if rows and time.time() - rows[0].created_at.timestamp() > SIGNS_SECONDS:
                self._rotate(algorithm)

    def jwks(self) -> dict[str, Any]:
        """The public keys as a JSON Web Key Set; an RSA key is among them once a program has needed one."""
        self._keys(ALGORITHM)
        return {"keys": [_public(row, self._opened(row)) for algorithm in ALGORITHMS for row in self._rows(algorithm)]}

    def _keys(self, algorithm: Algorithm) -> list[Key]:
        with self._making:
            if not self._rows(algorithm):
                self._make(algorithm)
            return [self._opened(row) for row in self._rows(algorithm)]

    def _rows(self, algorithm: Algorithm) -> list[StoredKey]:
        with self._read() as connection:
            return [row for row in self._store.stored(connection) if row.algorithm == algorithm]

    def _opened(self, row: StoredKey) -> Key:
        kind = OKPKey if row.algorithm == ALGORITHM else RSAKey
        return kind.import_key(unwrap(self._master, row.wrapped), {"kid": row.kid})

    def _make(self, algorithm: Algorithm) -> None:
        key = OKPKey.generate_key("Ed25519") if algorithm == ALGORITHM else RSAKey.generate_key(RSA_BITS)
        kid = key.thumbprint()
        wrapped = wrap(self._master, key.as_pem(private=True))
        self._write(lambda rows: self._store.remember(rows, kid, wrapped, algorithm))


def _public(row: StoredKey, key: Key) -> dict[str, Any]:
    return {**key.as_dict(private=False), "kid": row.kid, "use": "sig", "alg": row.algorithm}
