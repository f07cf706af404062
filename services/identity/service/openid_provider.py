"""OAuth 2 and OpenID Connect: what a client asks of a person, and the tokens it gets for the answer."""

import hmac
import string
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from chassis.decider import Rejected
from chassis.errors import Conflict
from chassis.ids import derived_id
from chassis.projections import Rows
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.adapters.oauth_codes import SECONDS, Agreed, challenge_of
from services.identity.domain.consent import GiveConsent, consent
from services.identity.domain.grant import EndGrant, GiveGrant, Open, ReplaceRefreshToken, grant
from services.identity.projections import accounts, clients, people, profiles, sessions, used_challenges
from services.identity.projections.clients import Client
from services.identity.projections.merges import MERGES
from services.identity.service.clients import secret_hash
from services.identity.service.open_sessions import account_of
from services.identity.service.parts import parts_of
from services.identity.service.programs import consent_id

TOKEN_SECONDS = 600
ALPHABET, LENGTH = string.ascii_letters + string.digits, 43
SCOPES = ("openid", "profile", "email", "offline_access", "provider")
AMR = {"password": ["pwd"], "code": ["pwd", "otp", "mfa"], "recovery-code": ["pwd", "mfa"], "passkey": ["hwk", "mfa"],
       "provider-code": ["otp", "mfa"]}  # fmt: skip
"""How the person showed who they are, in the words of RFC 8176."""


class Refused(Exception):
    """An error of OAuth 2 by its registered name."""


class OpenIdProvider:
    """Errors of the protocol are answers here: clients are told by their registered names."""

    desk: DeskAtWork

    @rpc
    def openid_configuration(self) -> dict[str, Any]:
        """The discovery document (OpenID Connect Discovery 1.0)."""
        issuer = self._issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/oauth/authorize",
            "token_endpoint": f"{issuer}/oauth/token",
            "revocation_endpoint": f"{issuer}/oauth/revoke",
            "userinfo_endpoint": f"{issuer}/oauth/userinfo",
            "jwks_uri": f"{issuer}/oauth/jwks",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "Ed25519"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "consent"],
            "claims_supported": ["sub", "name", "given_name", "family_name", "email", "email_verified"],
            "authorization_response_iss_parameter_supported": True,
        }

    @rpc
    def check_authorization(self, request: dict[str, str]) -> dict[str, Any]:
        """Who asks for what: a name and scopes to show, or an `error` to lead back with.

        Raises Rejected `client-unknown` or `redirect-unknown`, where leading anybody anywhere would be unsafe.
        """
        asked = schemas.authorization_request.load(request)
        found = self._client_of_people(asked)
        error = _trouble(asked, found)
        return {"issuer": self._issuer, "client": found.name, "scopes": _scopes(asked, found), "error": error}

    @rpc
    def authorize(self, candidate_id: str, session_id: str, request: dict[str, str]) -> dict[str, Any]:
        """The person says yes, which is remembered: the code that the client exchanges within a minute."""
        asked, found = self._well_asked(request)
        code = self._code(candidate_id, session_id, asked, found)
        known = consent_id(candidate_id, found.client_id)
        given = GiveConsent(client_id=found.client_id, scopes=tuple(_scopes(asked, found)))
        self.desk.handle(consent, known, given, subject=candidate_id)
        return code

    @rpc
    def authorize_again(self, candidate_id: str, session_id: str, request: dict[str, str]) -> dict[str, Any]:
        """The code without a question, where the person has agreed to all of it before; else an `error`."""
        asked, found = self._well_asked(request)
        agreed = self.desk.state(consent, consent_id(candidate_id, found.client_id))
        is_known = _is_recognised(found, asked) and agreed.covers(_scopes(asked, found))
        if not is_known or "consent" in asked["prompt"].split():
            return {"error": "consent_required"}
        return self._code(candidate_id, session_id, asked, found)

    def _well_asked(self, request: dict[str, str]) -> tuple[dict[str, Any], Client]:
        asked = schemas.authorization_request.load(request)
        found = self._client_of_people(asked)
        if _trouble(asked, found):
            raise Rejected("authorization-malformed")
        return asked, found

    def _code(self, candidate_id: str, session_id: str, asked: dict[str, Any], found: Client) -> dict[str, Any]:
        with self.desk.read() as connection:
            session = sessions.with_id(connection, session_id)
        if session is None or session.candidate_id != candidate_id:
            raise Rejected("session-over")
        began = session.started_at or datetime.now(UTC)
        agreed = Agreed(
            client_id=found.client_id,
            redirect_uri=asked["redirect_uri"],
            scopes=tuple(_scopes(asked, found)),
            nonce=asked["nonce"],
            code_challenge=asked["code_challenge"],
            candidate_id=candidate_id,
            authenticated_at=int(began.timestamp()),
            way_in=session.opened_by or "password",
            ends_at=int(time.time()) + SECONDS,
        )
        return {"issuer": self._issuer, "code": parts_of(self.desk.frame).codes.sealed(agreed)}

    @rpc
    def oauth_token(self, request: dict[str, str]) -> dict[str, Any]:
        """Tokens for a code, a refresh token, or a machine's own secret; an `error` says why not."""
        asked = schemas.token_request.load(request)
        try:
            return self._granted(asked, self._authenticated(asked))
        except Refused as refusal:
            return {"error": str(refusal)}

    @rpc
    def oauth_revoke(self, request: dict[str, str]) -> dict[str, Any]:
        """Let a refresh token and all after it be void (RFC 7009); one that is unknown is fine."""
        asked = schemas.token_request.load(request)
        try:
            found = self._authenticated(asked)
        except Refused as refusal:
            return {"error": str(refusal)}
        grant_id, _, rest = asked["token"].partition(".")
        state = self.desk.state(grant, grant_id)
        owned = isinstance(state, Open) and state.client_id == found.client_id
        if owned and hmac.compare_digest(state.refresh_hash, secret_hash(rest)):
            self.desk.handle(grant, grant_id, EndGrant(reason="revoked"), subject=rest.partition(".")[0])
        return {}

    @rpc
    def userinfo(self, candidate_id: str, scopes: list[str], grant_id: str = "") -> dict[str, Any]:
        """What the person has let the client know; raises Rejected `grant-over` once it was withdrawn."""
        if grant_id and not isinstance(self.desk.state(grant, grant_id), Open):
            raise Rejected("grant-over")
        return {"sub": candidate_id, **self._claims(candidate_id, scopes)}

    # -- who asks ------------------------------------------------------------------------------------------------------

    @property
    def _issuer(self) -> str:
        return self.desk.settings.public_url.rstrip("/")

    def _client(self, client_id: str) -> Client | None:
        with self.desk.read() as connection:
            return clients.with_id(connection, client_id)

    def _client_of_people(self, asked: dict[str, Any]) -> Client:
        found = self._client(asked["client_id"])
        if found is None:
            raise Rejected("client-unknown")
        if asked["redirect_uri"] not in found.redirect_uris:
            raise Rejected("redirect-unknown")
        return found

    def _authenticated(self, asked: dict[str, Any]) -> Client:
        """The client that sent the request: by its secret, or without one where it cannot keep any."""
        found = self._client(asked["client_id"])
        given = secret_hash(asked["client_secret"]) if asked["client_secret"] else ""
        if found is None or not hmac.compare_digest(found.secret_hash, given):
            raise Refused("invalid_client")
        return found

    def _granted(self, asked: dict[str, Any], found: Client) -> dict[str, Any]:
        match asked["grant_type"]:
            case "authorization_code":
                return self._by_code(asked, found)
            case "refresh_token":
                return self._by_refresh_token(asked, found)
            case "client_credentials":
                return self._by_own_secret(asked, found)
            case _:
                raise Refused("unsupported_grant_type")

    # -- tokens --------------------------------------------------------------------------------------------------------

    def _by_code(self, asked: dict[str, Any], found: Client) -> dict[str, Any]:
        agreed = parts_of(self.desk.frame).codes.opened(asked["code"], time.time())
        if agreed is None or agreed.client_id != found.client_id or agreed.redirect_uri != asked["redirect_uri"]:
            raise Refused("invalid_grant")
        if not hmac.compare_digest(agreed.code_challenge.encode(), challenge_of(asked["code_verifier"]).encode()):
            raise Refused("invalid_grant")
        self._only_people_who_are_there(agreed.candidate_id)
        refresh = self._exchanged(asked["code"], agreed)
        return {
            **self._tokens(agreed, found, refresh.partition(".")[0]),
            **({"refresh_token": refresh} if "offline_access" in agreed.scopes else {}),
        }

    def _exchanged(self, code: str, agreed: Agreed) -> str:
        """The first refresh token; a code that comes twice ends what it has opened (RFC 6749, 4.1.2)."""
        used = secret_hash(code)
        grant_id = derived_id("grant", used)
        secret = self.desk.secret_code("refresh", alphabet=ALPHABET, length=LENGTH)
        until = datetime.fromtimestamp(agreed.ends_at, UTC)

        def use(rows: Rows) -> None:
            used_challenges.use(rows, used, until, datetime.now(UTC))

        now = datetime.now(UTC)
        hashed = secret_hash(f"{agreed.candidate_id}.{secret}")
        command = GiveGrant(client_id=agreed.client_id, scopes=agreed.scopes, refresh_hash=hashed, at=now)
        with suppress(IntegrityError, Conflict):  # the code was used before, which the state below tells
            self.desk.handle(grant, grant_id, command, subject=agreed.candidate_id, also=use)
        state = self.desk.state(grant, grant_id)
        if isinstance(state, Open) and state.refresh_hash == hashed:
            return f"{grant_id}.{agreed.candidate_id}.{secret}"
        self.desk.handle(grant, grant_id, EndGrant(reason="reused"), subject=agreed.candidate_id)
        raise Refused("invalid_grant")

    def _by_refresh_token(self, asked: dict[str, Any], found: Client) -> dict[str, Any]:
        grant_id, _, rest = asked["refresh_token"].partition(".")
        candidate_id, _, secret = rest.partition(".")
        state = self.desk.state(grant, grant_id)
        if not isinstance(state, Open):
            raise Refused("invalid_grant")
        self._only_people_who_are_there(candidate_id)
        following = self.desk.secret_code("refresh", alphabet=ALPHABET, length=LENGTH)
        command = ReplaceRefreshToken(
            client_id=found.client_id,
            presented_hash=secret_hash(f"{candidate_id}.{secret}"),
            refresh_hash=secret_hash(f"{candidate_id}.{following}"),
            at=datetime.now(UTC),
        )
        try:
            self.desk.handle(grant, grant_id, command, subject=candidate_id)
        except Rejected as refusal:
            raise Refused("invalid_grant") from refusal
        after = self.desk.state(grant, grant_id)
        if not isinstance(after, Open) or after.refresh_hash != command.refresh_hash:
            raise Refused("invalid_grant")
        token = self._access_token(candidate_id, state.scopes, grant_id)
        return {**token, "refresh_token": f"{grant_id}.{candidate_id}.{following}"}

    def _by_own_secret(self, asked: dict[str, Any], found: Client) -> dict[str, Any]:
        """A machine in its own name: scope `provider` is what the provider's API asks for."""
        wanted = asked["scope"].split() or list(found.scopes)
        if found.redirect_uris or not found.secret_hash:
            raise Refused("unauthorized_client")
        if not set(wanted) <= set(found.scopes):
            raise Refused("invalid_scope")
        token, _ = parts_of(self.desk.frame).tokens.issue(found.client_id, wanted, seconds=TOKEN_SECONDS)
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": " ".join(wanted)}

    def _tokens(self, agreed: Agreed, found: Client, grant_id: str) -> dict[str, Any]:
        answer = self._access_token(agreed.candidate_id, agreed.scopes, grant_id)
        if "openid" not in agreed.scopes:
            return answer
        id_token = parts_of(self.desk.frame).tokens.id_token(
            issuer=self._issuer,
            audience=agreed.client_id,
            subject=agreed.candidate_id,
            seconds=TOKEN_SECONDS,
            algorithm=found.signed_by,
            more={
                "auth_time": agreed.authenticated_at,
                "amr": AMR.get(agreed.way_in, []),
                **({"nonce": agreed.nonce} if agreed.nonce else {}),
            },
        )
        return {**answer, "id_token": id_token}

    def _access_token(self, candidate_id: str, scopes: tuple[str, ...], grant_id: str) -> dict[str, Any]:
        """It opens the person's own claims and nothing else: its roles are scopes, which no other route asks for."""
        roles = [f"scope:{scope}" for scope in scopes]
        tokens = parts_of(self.desk.frame).tokens
        token, _ = tokens.issue(candidate_id, roles, seconds=TOKEN_SECONDS, session_id=grant_id)
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": " ".join(scopes)}

    def _only_people_who_are_there(self, candidate_id: str) -> None:
        """Neither erased nor suspended, nor absorbed by another record (F1.13)."""
        with self.desk.read() as connection:
            known = accounts.of_candidate(connection, candidate_id)
            person = people.of_candidate(connection, candidate_id)
            is_absorbed = MERGES.resolved(connection, candidate_id) != candidate_id
        if known is None or is_absorbed or (person is not None and person.suspended):
            raise Refused("invalid_grant")

    def _claims(self, candidate_id: str, scopes: list[str]) -> dict[str, Any]:
        found = account_of(self.desk, candidate_id)
        with self.desk.read() as connection:
            profile = profiles.of_candidate(connection, candidate_id)
        if profile is None:
            return {}
        names = {"name": profile.name, "given_name": profile.first_name, "family_name": profile.last_name}
        mail = {"email": profile.email, "email_verified": found.confirmed}
        return {**(names if "profile" in scopes else {}), **(mail if "email" in scopes else {})}


def _scopes(asked: dict[str, Any], found: Client) -> list[str]:
    """What is asked for, as far as the client may have it."""
    return [scope for scope in dict.fromkeys(asked["scope"].split()) if scope in found.scopes]


def _trouble(asked: dict[str, Any], found: Client) -> str:
    """The registered error that the client is told; empty where nothing is wrong."""
    if asked["response_type"] != "code":
        return "unsupported_response_type"
    if not asked["code_challenge"] or asked["code_challenge_method"] != "S256":
        return "invalid_request"
    if not _scopes(asked, found):
        return "invalid_scope"
    prompts = asked["prompt"].split()
    return "invalid_request" if "none" in prompts and len(prompts) > 1 else ""


def _is_recognised(found: Client, asked: dict[str, Any]) -> bool:
    """Whether nobody else can pass for the program: one without a secret on the person's own machine is asked for."""
    return bool(found.secret_hash) or asked["redirect_uri"].startswith("https://")
