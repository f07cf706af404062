"""Forms: read by the schemas of the API, with messages for people."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError

from chassis.decider import Rejected
from chassis.errors import Failure, Invalid, Unavailable
from gateway import wording
from gateway.problems import problem_of


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form comes back: messages by field, one for the whole form, its code, and whether repeating is safe."""

    fields: dict[str, str] = field(default_factory=dict)
    message: str = ""
    status: int = 422
    repeatable: bool = False
    code: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields or self.message)


NONE = Trouble()


def load(schema: Schema, document: Mapping[str, Any]) -> tuple[dict[str, Any], Trouble]:
    """The form's data, or what is wrong with it; empty entries count as missing."""
    try:
        return dict(schema.load({name: value for name, value in document.items() if value not in ("", [])})), NONE
    except ValidationError as error:
        found = error.messages if isinstance(error.messages, dict) else {}
        return {}, Trouble({str(name): _first(messages) for name, messages in found.items()})


def trouble_of(error: Rejected | Failure) -> Trouble:
    """A refusal or a silence as the form shows it."""
    if isinstance(error, Invalid):
        found = error.details.get("fields") or {}
        return Trouble({name: _first(messages) for name, messages in found.items()})
    problem = problem_of(error)
    repeatable = isinstance(error, Unavailable)
    return Trouble(message=problem.detail, status=problem.status, repeatable=repeatable, code=error.code)


async def answered(answer: Awaitable[Any]) -> tuple[Any, Trouble]:
    """What a service answers; None and the trouble where it refuses."""
    try:
        return await answer, NONE
    except (Rejected, Failure) as error:
        return None, trouble_of(error)


def _first(messages: Any) -> str:
    while isinstance(messages, dict | list):
        messages = next(iter(messages.values() if isinstance(messages, dict) else messages), "")
    return wording.entry(str(messages))


def fit(value: object, kind: str) -> object:
    """The value, if a field of this kind can hold it: HTML knows no date field with other words in it."""
    if kind not in {"date", "datetime-local"} or not value:
        return value
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    return value
