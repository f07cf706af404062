"""Short-lived tokens that the gateway can check without asking: JWT signed with Ed25519."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
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


class Store(Protocol):
    """Where signing keys lie."""

    def stored(self, connection: Connection) -> Sequence[StoredKey]:
        """All keys, the signing one first."""
        ...

    def remember(self, rows: Rows, kid: str, wrapped: str) -> None:
        """Keep a new key."""
        ...


class Tokens:
    """Signs tokens with the oldest stored key, which is made when the first one is needed."""

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
        self._signing: OKPKey | None = None

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
        key = self._signing = self._signing or self._keys()[0]
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
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM]), now + seconds

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
        key = OKPKey.generate_key("Ed25519")
        kid = key.thumbprint()
        wrapped = wrap(self._master, key.as_pem(private=True))
        self._write(lambda rows: self._store.remember(rows, kid, wrapped))
        return self._stored()


def _opened(pem: bytes, kid: str) -> OKPKey:
    return OKPKey.import_key(pem, {"kid": kid})
