"""Access tokens: signed by identity, checked here with its public keys; identity may be away once they are known."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from chassis.decider import Rejected
from chassis.errors import Failure, Unavailable
from gateway import rpc
from gateway.calls import Caller
from gateway.problems import Problem

ISSUER = "certtrack"
ALGORITHMS = ("EdDSA", "Ed25519")
FETCH_AT_MOST_EVERY = 1.0
"""Seconds between two fetches: an unknown key id may be somebody's invention."""
REMEMBERED = 4096
LONGEST_TOKEN = 4096

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: candidate id or system name, roles, session id, and the moment (unix seconds) the token ends."""

    subject: str
    roles: frozenset[str]
    session: str
    expires_at: float
    permissions: frozenset[str] = frozenset()
    """What the groups of a member of staff allow."""
    complete: bool = False
    """The profile was complete when the token was made (F1.12)."""

    @property
    def rights(self) -> frozenset[str]:
        """Everything that the authorisation table may ask for."""
        return self.roles | self.permissions


class Tokens:
    """Checks tokens; remembers keys, and tokens already checked."""

    def __init__(self, client: rpc.Client) -> None:
        self._client = client
        self._keys: dict[str, OKPKey] = {}
        self._fetched_at = float("-inf")
        self._checked: dict[str, Principal] = {}
        self._fetching = asyncio.Lock()

    async def principal(self, token: str) -> Principal:
        """Whom the token speaks for; Problem 401 when it is not valid now, Unavailable while no key is known at all."""
        known = self._checked.get(token)
        if known is None:
            known = self._remember(token, await self._check(token))
        if known.expires_at <= time.time():
            self._checked.pop(token, None)
            raise refused()
        return known

    async def fetch(self) -> None:
        """Get identity's public keys; Unavailable when it is away."""
        async with self._fetching:
            if time.monotonic() - self._fetched_at < FETCH_AT_MOST_EVERY:
                return
            answer = await Caller(self._client).result("identity", "jwks")
            self._fetched_at = time.monotonic()
            self.know(answer["keys"])
            log.info("keys-fetched", keys=len(self._keys))

    def know(self, keys: Sequence[Any]) -> None:
        """From now on these JSON Web Keys sign; RSA keys sign ID tokens for programs only, which open nothing here."""
        self._keys = {key["kid"]: OKPKey.import_key(key) for key in keys if key["kty"] == "OKP"}

    async def _check(self, token: str) -> Principal:
        if len(token) > LONGEST_TOKEN:
            raise refused()
        try:
            key = await self._key(str(jws.extract_compact(token.encode()).headers().get("kid")))
            decoded = jwt.decode(token, key, algorithms=ALGORITHMS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise refused() from error
        return principal_of(decoded.claims)

    async def _key(self, kid: str) -> OKPKey:
        if kid not in self._keys:
            try:
                await self.fetch()
            except (Failure, Rejected) as error:
                if not self._keys:
                    raise Unavailable("identity") from error
        if kid not in self._keys:
            raise refused()
        return self._keys[kid]

    def _remember(self, token: str, principal: Principal) -> Principal:
        if len(self._checked) >= REMEMBERED:
            self._checked.pop(next(iter(self._checked)))
        self._checked[token] = principal
        return principal


def principal_of(claims: dict[str, Any]) -> Principal:
    """The claims of a correctly signed token; Problem 401 when they are not an access token of ours."""
    subject, roles, expires_at = claims.get("sub"), claims.get("roles"), claims.get("exp")
    if claims.get("iss") != ISSUER or not isinstance(subject, str) or not subject:
        raise refused()
    if not isinstance(roles, list) or not isinstance(expires_at, int | float):
        raise refused()
    permissions = claims.get("permissions", [])
    if not isinstance(permissions, list):
        raise refused()
    session = str(claims.get("sid") or "")
    return Principal(
        subject,
        frozenset(map(str, roles)),
        session,
        float(expires_at),
        frozenset(map(str, permissions)),
        complete=claims.get("complete") is True,
    )


def refused() -> Problem:
    """The one answer to every kind of bad token."""
    return Problem(401, "token-invalid", headers={"WWW-Authenticate": 'Bearer realm="certtrack"'})
