"""What an API operation is, and the one way in which each of them runs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from marshmallow import Schema, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway import access, idempotency, marks, public
from gateway.calls import Caller
from gateway.house import House
from gateway.problems import Problem, problem_of
from gateway.profile_gate import Step, is_open, step_of
from gateway.rpc import PATIENCE
from gateway.tokens import Principal, refused

JSON = "application/json"
NO_STORE = {"Cache-Control": "no-store"}
WRITTEN, AT_LEAST = "Certtrack-Written", "Certtrack-At-Least"
NOBODY = Principal("", frozenset(), "", 0.0)

BINARY = "application/octet-stream"
"""What a file is sent and given as."""


@dataclass(slots=True)
class Ask:
    """One request to an operation, checked: who asks, where, what, and the calls it may make."""

    house: House
    request: Request
    principal: Principal
    caller: Caller
    path: dict[str, str]
    query: dict[str, Any]
    body: dict[str, Any]

    @property
    def candidate_id(self) -> str:
        """The candidate whose token came with the request."""
        return self.principal.subject

    async def command(self, service: str, method: str, **arguments: Any) -> dict[str, Any]:
        """Send a command and return its answer without the mark of what was written."""
        answer = dict(await self.caller.result(service, method, **arguments))
        self.caller.wrote(answer.pop("written", None))
        return answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation found; `headers` come on top of the usual ones."""

    body: Any = None
    """Plain data; a file is the response itself."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON
    found: public.Found | None = None
    """Set on public answers, which are kept for the length of their lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A route of the API as data: served from this, described from this, authorised by its name in the table."""

    method: str
    path: str
    summary: str
    handler: Callable[[Ask], Awaitable[Answer]]
    answer: Schema
    status: int = 200
    body: Schema | None = None
    query: Schema | None = None
    writes: bool = False
    """It adds facts: an Idempotency-Key is required."""
    visitor: bool = False
    """Whoever asks is told apart by the e-mail in the body."""
    takes: str = ""
    """Media type of a body that the handler reads as a stream."""
    gives: str = JSON
    """Media type of what is answered; a file comes as the body of its own response."""
    before: Step = "nothing"
    """What may still be missing when a candidate uses it (F1.12)."""
    also: Mapping[int, str] = field(default_factory=dict)
    """Other answers by status, for the description."""

    def route(self, house: House) -> Route:
        """The operation as Starlette serves it."""

        async def endpoint(request: Request) -> Response:
            request.scope["certtrack.route"] = self.path
            try:
                return await run(self, house, request)
            except Problem as problem:
                return problem.response()
            except (Rejected, Failure) as error:
                return problem_of(error).response()

        return Route(self.path, endpoint, methods=[self.method])


async def run(operation: Operation, house: House, request: Request) -> Response:
    """Authorise, read, call the handler, answer. Raises Problem or a typed error."""
    principal = await _principal(operation, house, request)
    body = await _body(operation, request)
    caller = Caller(
        house.client,
        correlation=request.scope.get("certtrack.correlation", ""),
        traceparent=request.scope.get("certtrack.traceparent", ""),
        at_least=marks.read(request.headers.get(AT_LEAST, "")),
        until=request.scope.get("certtrack.until"),
        patience=request.scope.get("certtrack.patience", PATIENCE),
        answers=house.answers,
    )
    await _admit(operation, caller, principal)
    _identify(operation, house, request, caller=caller, principal=principal, body=body)
    query = _query(operation, request)
    answer = await operation.handler(Ask(house, request, principal, caller, request.path_params, query, body))
    headers = {**NO_STORE, **answer.headers}
    if caller.written:
        headers[WRITTEN] = marks.write(caller.written)
    if isinstance(answer.body, Response):
        return answer.body
    if answer.status == 204:  # noqa: PLR2004 - the one status without a body
        return Response(status_code=204, headers=headers)
    response = Response(orjson.dumps(answer.body), answer.status, headers=headers, media_type=answer.media_type)
    return response if answer.found is None else public.keep(house, request, answer.found, response)


async def _principal(operation: Operation, house: House, request: Request) -> Principal:
    if access.allowed(operation.method, operation.path) == access.ANYONE:
        return NOBODY
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise refused()
    principal = await house.tokens.principal(token.strip())
    if not access.may(principal.rights, operation.method, operation.path):
        raise Problem(403, "role-missing")
    return principal


async def _admit(operation: Operation, caller: Caller, principal: Principal) -> None:
    """Problem 403 while mapping or personal data come first (F1.12)."""
    needed = access.allowed(operation.method, operation.path)
    if needed != access.CANDIDATE or operation.before == "mapping":
        return
    stands_at = await step_of(caller, principal)
    if not is_open(operation.before, stands_at):
        raise Problem(403, f"{stands_at}-first")


async def _body(operation: Operation, request: Request) -> dict[str, Any]:
    if operation.body is None:
        return {}
    if request.headers.get("content-type", JSON).partition(";")[0].strip().lower() != JSON:
        raise Problem(415, "content-type-unknown")
    try:
        document = orjson.loads(await request.body() or b"{}")
    except orjson.JSONDecodeError as error:
        raise Problem(400, "json-malformed") from error
    if not isinstance(document, dict):
        raise Problem(400, "json-malformed")
    return checked(operation.body, document)


def _query(operation: Operation, request: Request) -> dict[str, Any]:
    return {} if operation.query is None else checked(operation.query, dict(request.query_params))


def checked(schema: Schema, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as the schema reads it; Problem 422 names the fields that are wrong or unknown."""
    try:
        return dict(schema.load(document))
    except ValidationError as error:
        raise Problem(422, "invalid", fields=messages(error)) from error


def messages(error: ValidationError) -> dict[str, Any]:
    """Messages by field."""
    return error.messages if isinstance(error.messages, dict) else {"_schema": error.messages}


def _identify(
    operation: Operation, house: House, request: Request, *, caller: Caller, principal: Principal, body: dict[str, Any]
) -> None:
    if operation.method == "GET":
        return
    key = request.headers.get("idempotency-key")
    key = idempotency.checked(key) if operation.writes or key else idempotency.fresh()
    who = principal.subject
    if not who:
        who = idempotency.visitor(house.keys.visitor, str(body.get("email", body.get("session", body.get("link", "")))))
    caller.identify(
        idempotency.command_id(who, operation.method, operation.path, key),
        idempotency.body_hash(house.keys.body, request.path_params, body),
    )


def routes(house: House, operations: Sequence[Operation]) -> list[Route]:
    """Starlette's routes of these operations."""
    return [operation.route(house) for operation in operations]
