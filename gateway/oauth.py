"""OAuth 2 and OpenID Connect for programs: discovery, keys, tokens, revocation, userinfo; errors by their names."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chassis.decider import Rejected
from chassis.errors import Failure, Unavailable
from gateway import idempotency
from gateway.calls import Caller
from gateway.house import House
from gateway.problems import Problem, problem_of
from gateway.rpc import PATIENCE

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_FIELDS = 40
PUBLISHED = {"Cache-Control": "max-age=300", "Access-Control-Allow-Origin": "*"}
"""What any program may read, also from a page of another site."""
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
SCOPE = "scope:"

Handler = Callable[[House, Request, Caller], Awaitable[Response]]


async def configuration(_house: House, _request: Request, caller: Caller) -> Response:
    """The discovery document."""
    return _json(await caller.result("identity", "openid_configuration"), headers=PUBLISHED)


async def jwks(_house: House, _request: Request, caller: Caller) -> Response:
    """The keys that tokens are signed with."""
    return _json(await caller.result("identity", "jwks"), headers=PUBLISHED)


async def token(_house: House, request: Request, caller: Caller) -> Response:
    """Tokens, or an error by its registered name."""
    asked = await _form(request)
    if asked is None:
        return _error("invalid_request")
    answer = await caller.result("identity", "oauth_token", request=asked)
    return _error(answer["error"]) if "error" in answer else _json(answer, headers=NO_STORE)


async def revoke(_house: House, request: Request, caller: Caller) -> Response:
    """Void a refresh token (RFC 7009)."""
    asked = await _form(request)
    if asked is None:
        return _error("invalid_request")
    answer = await caller.result("identity", "oauth_revoke", request=asked)
    return _error(answer["error"]) if "error" in answer else Response(status_code=200, headers=NO_STORE)


async def userinfo(house: House, request: Request, caller: Caller) -> Response:
    """The claims that the person has agreed to tell."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return _unauthorized("")
    try:
        principal = await house.tokens.principal(bearer.strip())
    except Problem:
        return _unauthorized(', error="invalid_token"')
    scopes = [role.removeprefix(SCOPE) for role in sorted(principal.roles) if role.startswith(SCOPE)]
    if "openid" not in scopes:
        return _unauthorized(', error="insufficient_scope"', status=403)
    asked: dict[str, Any] = {"candidate_id": principal.subject, "scopes": scopes, "grant_id": principal.session}
    try:
        answer = await caller.result("identity", "userinfo", **asked)
    except Rejected:  # the person has withdrawn it
        return _unauthorized(', error="invalid_token"')
    return _json(answer, headers=NO_STORE)


def routes(house: House) -> list[Route]:
    """Starlette's routes."""
    return [_route(house, method, path, handler) for method, path, handler in ROUTES]


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/.well-known/openid-configuration", configuration),
    ("GET", "/oauth/jwks", jwks),
    ("POST", "/oauth/token", token),
    ("POST", "/oauth/revoke", revoke),
    ("GET", "/oauth/userinfo", userinfo),
)


def _route(house: House, method: str, path: str, handler: Handler) -> Route:
    async def endpoint(request: Request) -> Response:
        request.scope["certtrack.route"] = path
        caller = Caller(
            house.client,
            correlation=request.scope.get("certtrack.correlation", ""),
            traceparent=request.scope.get("certtrack.traceparent", ""),
            until=request.scope.get("certtrack.until"),
            patience=request.scope.get("certtrack.patience", PATIENCE),
        )
        caller.identify(idempotency.command_id("oauth", method, path, idempotency.fresh()), "")
        try:
            return await handler(house, request, caller)
        except Unavailable:
            return _error("temporarily_unavailable", status=503)
        except (Rejected, Failure) as refusal:
            return problem_of(refusal).response()

    return Route(path, endpoint, methods=[method])


async def _form(request: Request) -> dict[str, str] | None:
    """The parameters, with the client's id and secret from wherever it gave them; None for what is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return None
    try:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        asked = dict(pairs)
        known = _basic(request.headers.get("authorization", ""))
    except ValueError:
        return None
    return None if len(asked) != len(pairs) else asked | known


def _basic(header: str) -> dict[str, str]:
    """Id and secret of HTTP Basic, each form-encoded before (RFC 6749, 2.3.1)."""
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except binascii.Error as error:
        raise ValueError from error
    return {"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}


def _json(body: Any, *, status: int = 200, headers: dict[str, str]) -> Response:
    return Response(orjson.dumps(body), status, headers=headers, media_type=JSON)


def _error(code: str, *, status: int = 0) -> Response:
    headers = dict(NO_STORE)
    if code == "invalid_client":
        headers["WWW-Authenticate"] = 'Basic realm="certtrack"'
    return _json({"error": code}, status=status or (401 if code == "invalid_client" else 400), headers=headers)


def _unauthorized(why: str, *, status: int = 401) -> Response:
    return Response(status_code=status, headers={**NO_STORE, "WWW-Authenticate": f'Bearer realm="certtrack"{why}'})
