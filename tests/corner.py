"""A corner of a broker that many tests share: a virtual host of one's own."""

import base64
import json
import secrets
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from deploy.broker import PrivateBroker


@dataclass(frozen=True, slots=True)
class Corner:
    """One virtual host of a broker, and how to reach it."""

    broker: PrivateBroker
    name: str

    @property
    def uri(self) -> str:
        """Its address with the log-in of the broker's administrator."""
        return self.broker.uri.removesuffix("%2F") + self.name

    @property
    def management_url(self) -> str:
        """The management API of the broker."""
        return self.broker.management_url

    def open(self) -> None:
        """Make it; whoever makes one may do everything in it."""
        self.manage("PUT", f"vhosts/{self.name}")

    def close(self) -> None:
        """Lose every queue, exchange, binding and message at once; connections break."""
        self.manage("DELETE", f"vhosts/{self.name}")

    def manage(self, verb: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request to the management API; `path` begins behind `/api/`."""
        at = urlsplit(self.management_url)
        request = urllib.request.Request(
            f"http://{at.hostname}:{at.port}/api/{path}", method=verb, data=json.dumps(body or {}).encode()
        )
        login = base64.b64encode(f"{at.username}:{at.password}".encode()).decode()
        request.add_header("Authorization", f"Basic {login}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=20) as answer:
            content = answer.read()
        return json.loads(content) if content else None


@contextmanager
def corner(broker: PrivateBroker, name: str = "") -> Iterator[Corner]:
    """A corner for as long as it is needed; it gets a name if it has none."""
    place = Corner(broker, name or f"corner-{secrets.token_hex(4)}")
    place.open()
    try:
        yield place
    finally:
        place.close()
