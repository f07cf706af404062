"""RabbitMQ's management API, as far as partners need it: users, permissions, and what a queue holds."""

import base64
import hashlib
import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import orjson

from chassis.errors import Unavailable

PATIENCE = 5.0
"""Seconds for each answer."""
MISSING = 404


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that is declared at the broker, at one moment."""

    users: Mapping[str, str]
    """Password hash by user."""
    permissions: Mapping[str, tuple[str, str, str]]
    """Patterns (configure, write, read) by user, in our virtual host."""
    queues: frozenset[str]
    bindings: Mapping[str, frozenset[str]]
    """Routing keys by queue, of one exchange."""


class Management:
    """One broker's virtual host; every method raises Unavailable when the API does not answer well."""

    def __init__(self, url: str, amqp_uri: str) -> None:
        """`url` holds log-in and address of the API, `amqp_uri` names the virtual host."""
        self._url = urlsplit(url)
        self._vhost = unquote(urlsplit(amqp_uri).path[1:]) or "/"
        login = f"{unquote(self._url.username or 'guest')}:{unquote(self._url.password or 'guest')}"
        self._authorization = "Basic " + base64.b64encode(login.encode()).decode()

    def definitions(self, exchange: str) -> Definitions:
        """What is declared now, with the bindings of `exchange`."""
        found = self._call("GET", "/api/definitions")
        here = [entry for entry in found["permissions"] if entry["vhost"] == self._vhost]
        queues = frozenset(entry["name"] for entry in found["queues"] if entry["vhost"] == self._vhost)
        bindings: dict[str, set[str]] = {name: set() for name in queues}
        for entry in found["bindings"]:
            if (entry["vhost"], entry["source"], entry["destination_type"]) == (self._vhost, exchange, "queue"):
                bindings.setdefault(entry["destination"], set()).add(entry["routing_key"])
        return Definitions(
            users={entry["name"]: entry["password_hash"] for entry in found["users"]},
            permissions={entry["user"]: (entry["configure"], entry["write"], entry["read"]) for entry in here},
            queues=queues,
            bindings={name: frozenset(keys) for name, keys in bindings.items()},
        )

    def put_user(self, user: str, password: str) -> None:
        """Make the user, or give it this password; it may not use the API itself."""
        self._call("PUT", f"/api/users/{quote(user, safe='')}", {"password": password, "tags": ""})

    def delete_user(self, user: str) -> None:
        """Remove the user; an unknown one is fine."""
        self._call("DELETE", f"/api/users/{quote(user, safe='')}")

    def permit(self, user: str, permissions: tuple[str, str, str]) -> None:
        """Set the patterns (configure, write, read) of what the user may do."""
        configure, write, read = permissions
        self._call("PUT", self._permission_of(user), {"configure": configure, "write": write, "read": read})

    def forbid(self, user: str) -> None:
        """Take every permission away; a user without any is fine."""
        self._call("DELETE", self._permission_of(user))

    def is_drained(self, queue: str) -> bool:
        """Whether the queue was seen empty, nothing waiting and nothing unacknowledged; the view is seconds old."""
        found = self._call("GET", f"/api/queues/{quote(self._vhost, safe='')}/{quote(queue, safe='')}")
        return found is not None and found.get("messages") == 0 and found.get("messages_unacknowledged") == 0

    def _permission_of(self, user: str) -> str:
        return f"/api/permissions/{quote(self._vhost, safe='')}/{quote(user, safe='')}"

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        """The parsed answer; None for an empty one, or for something that does not exist."""
        connection = self._connection()
        headers = {"Authorization": self._authorization, "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else orjson.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable("broker-management", reason=type(error).__name__) from error
        finally:
            connection.close()
        if answer.status == MISSING:
            return None
        if answer.status >= http.client.BAD_REQUEST:
            raise Unavailable("broker-management", reason=f"{method} {path} answered {answer.status}")
        return orjson.loads(content) if content else None

    def _connection(self) -> http.client.HTTPConnection:
        host = self._url.hostname or "localhost"
        if self._url.scheme == "https":
            return http.client.HTTPSConnection(host, self._url.port or 15671, timeout=PATIENCE)
        return http.client.HTTPConnection(host, self._url.port or 15672, timeout=PATIENCE)


def is_password(stored_hash: str, password: str) -> bool:
    """Whether RabbitMQ's password hash (four bytes of salt, then SHA-256) was made of this password."""
    try:
        data = base64.b64decode(stored_hash, validate=True)
    except ValueError:
        return False
    return hashlib.sha256(data[:4] + password.encode()).digest() == data[4:]
