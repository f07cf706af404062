"""A small client of the gateway's JSON API, for the demo programme."""

import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 30.0
PAUSE = 0.3


class Refused(Exception):
    """The API answered with a problem; `code` is its stable name."""

    def __init__(self, asked: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{asked}: {status} {problem.get('code', '')} {problem.get('detail', '')}".strip())
        self.status = status
        self.code = str(problem.get("code", ""))


@dataclass(frozen=True, slots=True)
class Api:
    """Requests to one gateway; a part that is away is asked again with the same key."""

    url: str
    token: str = ""

    def send(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        """The JSON answer; Refused for a problem, the last one when a part stays away for half a minute."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._once(method, path, body, key)
            except Refused as refused:
                if refused.status != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                    raise
            except (OSError, HTTPException):
                if time.monotonic() > deadline:
                    raise
            time.sleep(PAUSE)

    def _once(self, method: str, path: str, body: object, key: str) -> Any:
        at = urlsplit(self.url)
        link = HTTPConnection(at.hostname or "127.0.0.1", at.port, timeout=10.0)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        try:
            link.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = link.getresponse()
            document = json.loads(answer.read() or b"null")
        finally:
            link.close()
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise Refused(f"{method} {path}", answer.status, document or {})
        return document
