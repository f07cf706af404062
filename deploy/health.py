"""Ask processes how they are, in a thread of its own because a silent one keeps the question waiting."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

EAGER, CALM = 0.1, 1.0
QUESTION_PATIENCE = 1.0


class Doctor:
    """Knows when each process last answered, and whether it said that it is well."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self.heard: dict[str, float] = {}
        """Moment (monotonic) of the last answer, good or bad."""
        self.well: set[str] = set()
        self.calm = False

    def all_well(self) -> bool:
        """Whether every process answered its last question with 200."""
        return self.well == set(self.urls)

    def listen(self, stopping: threading.Event) -> None:
        """Ask again and again until `stopping`, several times a second before `calm` is set."""
        while not stopping.wait(CALM if self.calm else EAGER):
            for name, url in self.urls.items():
                self._note(name, status(url))

    def _note(self, name: str, answer: int) -> None:
        if answer:
            self.heard[name] = time.monotonic()
        change: Callable[[str], None] = self.well.add if answer == HTTPStatus.OK else self.well.discard
        change(name)


def status(url: str) -> int:
    """HTTP status of the answer; 0 when there is none within a second."""
    return question(url)[0]


def question(url: str) -> tuple[int, dict[str, Any]]:
    """HTTP status and the JSON object of the answer; 0 and an empty one when there is none within a second."""
    at = urlsplit(url)
    link = HTTPConnection(at.hostname or "127.0.0.1", at.port, timeout=QUESTION_PATIENCE)
    try:
        link.request("GET", at.path)
        answer = link.getresponse()
        return answer.status, as_object(answer.read())
    except (OSError, HTTPException):
        return 0, {}
    finally:
        link.close()


def as_object(text: bytes) -> dict[str, Any]:
    """The JSON object that `text` is, or an empty one."""
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
