"""The API described: OpenAPI 3.1, generated from the operations that are served."""

import re
from collections.abc import Sequence
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from gateway import access, wording
from gateway.api import answers
from gateway.api.operation import AT_LEAST, JSON, WRITTEN, Operation
from gateway.problems import MEDIA_TYPE

PARAMETER = re.compile(r"{(\w+)}")
INTRODUCTION = """\
Every write needs an `Idempotency-Key`: the same key with the same body acts once and answers the same.
Errors are RFC 9457 problems with a stable `code`. After 503 repeat the same request with the same key.
Answers to writes carry `Certtrack-Written`; send it back as `Certtrack-At-Least` to read your own writes.
"""


def describe(operations: Sequence[Operation], version: str) -> dict[str, Any]:
    """The OpenAPI document as plain data."""
    spec = APISpec(
        title="Certtrack", version=version, openapi_version="3.1.0", info={"description": INTRODUCTION},
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
    )  # fmt: skip
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for path in dict.fromkeys(operation.path for operation in operations):
        spec.path(path, operations={one.method.lower(): _operation(one) for one in operations if one.path == path})
    described: dict[str, Any] = _in_ecma(spec.to_dict())
    return described


def _in_ecma(described: Any) -> Any:
    """Patterns of Python, which begin at the beginning and have their own sign of an end, as JSON Schema reads them."""
    if isinstance(described, list):
        return [_in_ecma(one) for one in described]
    if not isinstance(described, dict):
        return described
    told = {name: _in_ecma(value) for name, value in described.items()}
    pattern = told.get("pattern")
    if isinstance(pattern, str):
        told["pattern"] = "^" + pattern.removeprefix("^").replace(r"\Z", "$")
    return told


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": _operation_id(operation),
        "description": (operation.handler.__doc__ or "").strip(),
        "parameters": [*_in_path(operation), *_headers(operation), *_query(operation)],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": operation.body}}}
    if operation.takes:
        described["requestBody"] = {"required": True, "content": {operation.takes: {"schema": {"type": "string"}}}}
    if _needs_token(operation):
        described["security"] = [{"token": []}]
    return described


def _operation_id(operation: Operation) -> str:
    words = re.split(r"\W+", operation.path.removeprefix("/api/"))
    return "-".join([operation.method.lower(), *(word for word in words if word)])


def _in_path(operation: Operation) -> list[dict[str, Any]]:
    return [_parameter("path", name, "What it is called.") for name in PARAMETER.findall(operation.path)]


def _headers(operation: Operation) -> list[dict[str, Any]]:
    found = []
    if operation.writes:
        key = _parameter("header", "Idempotency-Key", "New for each command, 1 to 255 visible ASCII characters.")
        found.append({**key, "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}})
    if operation.method == "GET" and _needs_token(operation):
        mark = _parameter("header", AT_LEAST, f"What earlier answers carried as {WRITTEN}.")
        found.append({**mark, "required": False})
    return found


def _query(operation: Operation) -> list[dict[str, Any]]:
    return [{"in": "query", "schema": operation.query}] if operation.query is not None else []


def _parameter(place: str, name: str, description: str) -> dict[str, Any]:
    return {"in": place, "name": name, "required": True, "description": description, "schema": {"type": "string"}}


def _responses(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {str(operation.status): _answer(operation)}
    for status, meaning in operation.also.items():
        error = status >= 400  # noqa: PLR2004 - where errors begin
        answers[str(status)] = _problem(meaning) if error else {**_answer(operation), "description": meaning}
    for status in _usual(operation):
        answers.setdefault(str(status), _problem(wording.title(status) + "."))
    return answers


def _answer(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {"description": operation.summary + "."}
    if operation.status != 204:  # noqa: PLR2004 - the one status without a body
        file = {"type": "string", "contentMediaType": operation.gives}
        schema: Any = operation.answer if operation.gives == JSON else file
        described["content"] = {operation.gives: {"schema": schema}}
    if operation.writes:
        header = {"description": "The place of this write in the service's log.", "schema": {"type": "string"}}
        described["headers"] = {WRITTEN: header}
    return described


def _usual(operation: Operation) -> list[int]:
    usual = [503]
    if operation.body is not None:
        usual += [400, 408, 413, 415, 422]
    if operation.writes:
        usual += [400, 404, 409, 422]
    if operation.query is not None:
        usual += [422]
    if _needs_token(operation):
        usual += [401, 403, 404]
    return usual


def _problem(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": answers.ProblemDocument}}}


def _needs_token(operation: Operation) -> bool:
    return access.allowed(operation.method, operation.path) != access.ANYONE


def _name(schema: Schema | type[Schema]) -> str:
    return schema.__name__ if isinstance(schema, type) else type(schema).__name__
