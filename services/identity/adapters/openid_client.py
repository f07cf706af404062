"""Log-in at an outside OpenID provider: the address to go to, and what its answer says (OpenID Connect Core 1.0, 3.1).

What must come back with the answer (state, nonce, PKCE verifier) is sealed into a text that the browser keeps, so that
nothing is stored of log-ins that nobody ends. Discovery and keys of the provider are kept for an hour.
"""

import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from secrets import token_urlsafe
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from chassis.decider import Sealed
from chassis.sealing import BrokenSeal, seal, subkey, unseal
from chassis.sign_on import LOOPBACK

PURPOSE = "sign-on"
SECONDS = 600
"""How long a person may take at the provider."""
PATIENCE = (1.5, 2.5)
"""Seconds for a connection and for an answer on it."""
ANSWER_SECONDS = 3.0
"""For the whole of an answer, however small its pieces are."""
AT_ONCE = 20
"""Conversations with the provider at one time, so that a slow one does not hold up everybody else."""
QUEUE_SECONDS = 0.5
REST_SECONDS = 2.0
"""After a failure nobody is sent to a provider that is away, so that a rush does not wait for it."""
KEPT_SECONDS = 3600
REFETCH_SECONDS = 30
"""An unknown key is looked for again at most this often."""
LEEWAY = 60
"""Seconds by which the provider's clock may be wrong."""
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "RS512", "Ed25519", "EdDSA"]
"""Signatures only: a token without one, or with our own secret as its key, is not looked at."""
LONGEST_BODY = 1_000_000
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Client(Protocol):
    """As whom we ask at which provider."""

    @property
    def issuer(self) -> str:
        """The provider."""
        ...

    @property
    def client_id(self) -> str:
        """Our name there."""
        ...

    @property
    def client_secret(self) -> str:
        """Our secret there."""
        ...

    @property
    def scopes(self) -> str:
        """What we ask for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom the provider has seen; names and e-mail may be empty."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A log-in that was sent to the provider and has not come back."""

    state: str
    nonce: str
    verifier: str
    ends_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Somebody whom the provider has seen and who has no account with us yet, or has not shown that it is theirs."""

    person: Person
    ends_at: int


class SignOnFailed(Exception):
    """The log-in at the provider is of no use; `code` says why."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(why or code)
        self.code, self.why = code, why


class OpenIdClient:
    """One provider as this process knows it."""

    def __init__(self, master: bytes, client: Client, public_url: str) -> None:
        self._key = subkey(master, PURPOSE)
        self._client = client
        self._back = f"{public_url.rstrip('/')}/login/sign-on/back"
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._discovered: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._away_until = float("-inf")

    # -- there ---------------------------------------------------------------------------------------------------------

    def begin(self) -> tuple[str, str]:
        """The address to send a browser to, and what the browser must bring back; raises SignOnFailed."""
        with self._conversation() as session:
            there = self._discovery(session)["authorization_endpoint"]
        pending = Pending(
            state=token_urlsafe(32),
            nonce=token_urlsafe(32),
            verifier=token_urlsafe(48),
            ends_at=int(time.time()) + SECONDS,
        )
        address, _ = self._session().create_authorization_url(
            there, state=pending.state, nonce=pending.nonce, code_verifier=pending.verifier
        )
        return str(address), self._sealed("pending", pending)

    # -- and back ------------------------------------------------------------------------------------------------------

    def pending(self, text: str, state: str) -> Pending:
        """The log-in that this answer ends; raises SignOnFailed for one that is not ours, too old, or another's."""
        said = self._unsealed("pending", text)
        pending = None if said is None else Pending(**said)
        if pending is None or time.time() >= pending.ends_at:
            raise SignOnFailed("sign-on-over")
        if not hmac.compare_digest(pending.state.encode(), state.encode()):
            raise SignOnFailed("sign-on-over", "state")
        return pending

    def person(self, pending: Pending, answer: dict[str, str]) -> Person:
        """Whom the provider has seen; raises SignOnFailed."""
        if answer.get("error"):
            refused = answer["error"] in {"access_denied", "login_required", "consent_required"}
            raise SignOnFailed("sign-on-refused" if refused else "sign-on-failed", "error")
        with self._conversation() as session:
            known = self._discovery(session)
            self._only_of_this_issuer(known, answer.get("iss", ""))
            token = self._exchanged(session, known, pending, answer.get("code", ""))
            claims = self._claims(session, known, pending, token)
            return self._person(claims | self._more(session, known, claims))

    def ticket(self, person: Person) -> str:
        """What somebody brings back with whom we have nothing to do yet."""
        return self._sealed("ticket", Ticket(person=person, ends_at=int(time.time()) + SECONDS))

    def told(self, ticket: str) -> Person:
        """Who came with it; raises SignOnFailed for one that is too old or not ours."""
        said = self._unsealed("ticket", ticket)
        if said is None or time.time() >= said["ends_at"]:
            raise SignOnFailed("sign-on-over")
        return Person(**said["person"])

    # -- what the provider says ----------------------------------------------------------------------------------------

    def _only_of_this_issuer(self, known: dict[str, Any], issuer: str) -> None:
        """Answers of two providers are not mixed up (RFC 9207)."""
        needed = known.get("authorization_response_iss_parameter_supported", False)
        if (issuer or needed) and issuer != self._client.issuer:
            raise SignOnFailed("sign-on-failed", "iss")

    def _exchanged(self, session: OAuth2Session, known: dict[str, Any], pending: Pending, code: str) -> dict[str, Any]:
        return dict(
            session.fetch_token(
                known["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=pending.verifier,
                timeout=PATIENCE,
                allow_redirects=False,
            )
        )

    def _claims(
        self, session: OAuth2Session, known: dict[str, Any], pending: Pending, token: dict[str, Any]
    ) -> dict[str, Any]:
        """The ID token's claims, once signature, issuer, audience, nonce and times are right."""
        text = str(token.get("id_token", ""))
        found = self._decoded(session, known, text)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {
                "iss": {"essential": True, "value": self._client.issuer},
                "aud": {"essential": True, "value": self._client.client_id},
            },
            {"nonce": pending.nonce, "client_id": self._client.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _decoded(self, session: OAuth2Session, known: dict[str, Any], text: str) -> jwt.Token:
        """A key that is not known yet may be one that the provider has made since."""
        try:
            return jwt.decode(text, self._key_set(session, known, KEPT_SECONDS), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            return jwt.decode(text, self._key_set(session, known, REFETCH_SECONDS), algorithms=ALGORITHMS)

    def _more(self, session: OAuth2Session, known: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        """Many providers tell e-mail and names at their userinfo endpoint only."""
        if "email" in claims or not known.get("userinfo_endpoint"):
            return {}
        answer = session.get(known["userinfo_endpoint"], timeout=PATIENCE, allow_redirects=False, stream=True)
        told = _document(answer)
        if told.get("sub") != claims["sub"]:
            raise SignOnFailed("sign-on-failed", "userinfo")
        return told

    def _person(self, claims: dict[str, Any]) -> Person:
        def text(name: str) -> str:
            value = claims.get(name)
            return value.strip() if isinstance(value, str) else ""

        return Person(
            issuer=self._client.issuer,
            subject=text("sub"),
            email=text("email"),
            email_verified=claims.get("email_verified") is True,
            first_name=text("given_name"),
            last_name=text("family_name"),
        )

    # -- what is kept --------------------------------------------------------------------------------------------------

    def _discovery(self, session: OAuth2Session) -> dict[str, Any]:
        if self._discovered is None or time.monotonic() - self._discovered[0] > KEPT_SECONDS:
            address = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = self._fetched(session, address)
            safe = all(self._is_good(found.get(one)) for one in ADDRESSES)
            if found.get("issuer") != self._client.issuer or not safe:
                raise SignOnFailed("sign-on-failed", "discovery")
            self._discovered = (time.monotonic(), found)
        return self._discovered[1]

    def _key_set(self, session: OAuth2Session, known: dict[str, Any], seconds: float) -> KeySet:
        if self._keys is None or time.monotonic() - self._keys[0] > seconds:
            found = self._fetched(session, known["jwks_uri"])
            self._keys = (time.monotonic(), KeySet.import_key_set({"keys": list(found.get("keys", []))}))
        return self._keys[1]

    def _fetched(self, session: OAuth2Session, address: str) -> dict[str, Any]:
        got = session.get(address, timeout=PATIENCE, allow_redirects=False, withhold_token=True, stream=True)
        return _document(got)

    def _is_good(self, address: object) -> bool:
        """As safe as the issuer's own."""
        return isinstance(address, str) and urlsplit(address).scheme in {"https", urlsplit(self._client.issuer).scheme}

    # -- how we ask ----------------------------------------------------------------------------------------------------

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self._client.client_id,
            self._client.client_secret,
            scope=self._client.scopes,
            redirect_uri=self._back,
            code_challenge_method="S256",
        )

    @contextmanager
    def _conversation(self) -> Iterator[OAuth2Session]:
        """A session; whatever goes wrong in it is told as one of a few reasons."""
        if time.monotonic() < self._away_until or not self._room.acquire(timeout=QUEUE_SECONDS):
            raise SignOnFailed("sign-on-away", "at rest or busy")
        try:
            with self._session() as session:
                session.trust_env = urlsplit(self._client.issuer).hostname not in LOOPBACK  # proxies are for elsewhere
                yield session
        except RequestException as away:
            self._away_until = time.monotonic() + REST_SECONDS
            raise SignOnFailed("sign-on-away", type(away).__name__) from away
        except (OAuthError, JoseError, KeyError, TypeError, ValueError) as wrong:
            raise SignOnFailed("sign-on-failed", type(wrong).__name__) from wrong
        finally:
            self._room.release()

    def _sealed(self, kind: str, what: Pending | Ticket) -> str:
        return str(seal(self._key, f"{PURPOSE}/{kind}", orjson.dumps(asdict(what)).decode()))

    def _unsealed(self, kind: str, text: str) -> dict[str, Any] | None:
        try:
            return dict(orjson.loads(unseal(self._key, f"{PURPOSE}/{kind}", Sealed(text))))
        except (BrokenSeal, ValueError):
            return None


def _document(answer: Any) -> dict[str, Any]:
    """The JSON object of an answer that is neither an error nor endless."""
    until, body = time.monotonic() + ANSWER_SECONDS, bytearray()
    with answer:
        answer.raise_for_status()
        for part in answer.iter_content(65_536):
            body += part
            if len(body) > LONGEST_BODY or time.monotonic() > until:
                raise SignOnFailed("sign-on-away", "endless")
    found = orjson.loads(body)
    if not isinstance(found, dict):
        raise TypeError
    return found
