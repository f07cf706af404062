"""Errors as HTTP tells them: RFC 9457 problems, and the one mapping from the typed errors of the services."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Conflict, Failure, Invalid, NotFound, Unavailable
from gateway import wording

MEDIA_TYPE = "application/problem+json"
KEY_REUSED = "idempotency-key-reused"
RETRY = {"Retry-After": "1"}
UNKNOWN_CALLER = frozenset({"log-in-refused", "session-over", "second-factor-over"})
PAUSED = frozenset({"log-in-paused"})
HIDDEN = frozenset({"fields", "service"})


class Problem(Exception):
    """An answer other than success; `code` is stable, `detail` is a sentence for people."""

    def __init__(
        self, status: int, code: str, *, detail: str = "", fields: Mapping[str, Any] | None = None,
        details: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.status, self.code = status, code
        self._detail = detail
        self.fields, self.details, self.headers = dict(fields or {}), dict(details or {}), dict(headers or {})

    @property
    def detail(self) -> str:
        """The sentence, said when it is asked for: only then it is known who reads it."""
        return self._detail or wording.sentence(self.code, self.details)

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        members: dict[str, Any] = {
            "type": f"urn:certtrack:problem:{self.code}",
            "title": wording.title(self.status),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.fields:
            members["fields"] = self.fields
        return members | ({"details": self.details} if self.details else {})

    def response(self) -> Response:
        """The problem as an HTTP answer; elements of a list are named by their numbers."""
        return Response(
            orjson.dumps(self.document(), option=orjson.OPT_NON_STR_KEYS), self.status, media_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-store", **self.headers},
        )  # fmt: skip


def problem_of(error: Rejected | Failure) -> Problem:
    """Rejected 409, NotFound 404, Invalid 422, Unavailable 503; Conflict 409, or 422 for a key with another body."""
    code, details = error.code, {name: value for name, value in error.details.items() if name not in HIDDEN}
    match error:
        case Unavailable():
            return Problem(503, "unavailable", headers=RETRY)
        case NotFound():
            return Problem(404, code, detail="" if code in wording.REJECTIONS else wording.sentence("not-found"))
        case Invalid():
            return Problem(422, "invalid", fields=error.details.get("fields") or {})
        case Conflict():
            return Problem(422, code) if code == KEY_REUSED else Problem(409, "busy", headers=RETRY)
        case _ if code in PAUSED:
            return Problem(429, code, headers={"Retry-After": "900"})
        case _:
            return Problem(401 if code in UNKNOWN_CALLER else 409, code, details=details)
