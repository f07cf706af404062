"""The portal in front of a certification service in this process: pages and API as they are, without a broker.

Calls pass as they would on the wire: arguments and answers as JSON, refusals as typed errors. Of the other services
there is what certification's pages ask them; where nothing is said here, they keep silent.
"""

import asyncio
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import httpx
from amqp.serialization import loads
from marshmallow import ValidationError
from starlette.types import ASGIApp

from chassis.decider import Rejected
from chassis.errors import Failure, Invalid, Unavailable
from chassis.frame import Frame
from chassis.rpc import Request
from chassis.service import DeskAtWork
from gateway.app import build
from gateway.pages import cookies
from gateway.rpc import Reply
from gateway.tokens import Tokens
from tests.gateway import places

NOBODY_PREFERS = {"language": None, "time_zone": None, "date_format": None}
PROFILE = {"name": "Ada Lovelace", "complete": True, "missing": [], "mapping": ""}
ADDRESS = "http://testserver"


class Identity:
    """What pages ask identity on the way."""

    def __init__(self) -> None:
        self.trail: list[dict[str, Any]] = []

    def profile(self, candidate_id: str) -> dict[str, Any]:
        return {**PROFILE, "candidate_id": candidate_id}

    def preferences(self, candidate_id: str) -> dict[str, Any]:
        return {**NOBODY_PREFERS, "candidate_id": candidate_id}

    def record_access(self, **entry: Any) -> dict[str, Any]:
        self.trail.append(entry)
        return {}

    def names_of(self, candidate_ids: list[str]) -> dict[str, str]:
        return {one: one.title() for one in candidate_ids}


class Inside:
    """The gateway's client, whose calls stay in this process."""

    connected = True

    def __init__(self, **services: Callable[[Request], Any]) -> None:
        self._services = services

    def call(
        self, service: str, method: str, arguments: Mapping[str, Any], *, headers: bytes, **_patience: float
    ) -> asyncio.Future[Reply]:
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        try:
            answer = self._answer(service, method, json.loads(json.dumps(arguments)), headers)
        except ValidationError as wrong:
            future.set_exception(Invalid("invalid-fields", fields=wrong.messages))
        except (Rejected, Failure) as error:
            future.set_exception(error)
        else:
            future.set_result(Reply(json.loads(json.dumps(answer, default=str)), stale=False))
        return future

    def _answer(self, service: str, method: str, arguments: dict[str, Any], headers: bytes) -> Any:
        if method == "reached":  # events pass from service to service when the test says so
            return {"reached": False}
        if service not in self._services:
            raise Unavailable("service-away", service=service)
        asked = self._services[service](Request.from_headers(loads("F", headers, 0)[0][0]))
        if not hasattr(asked, method):
            raise Unavailable("service-away", service=service)
        return getattr(asked, method)(**arguments)


class Here(httpx.BaseTransport):
    """Carries requests to an application of this process."""

    def __init__(self, app: ASGIApp) -> None:
        self._way = httpx.ASGITransport(app, raise_app_exceptions=True)
        self._runner = asyncio.Runner()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._carry(request))

    async def _carry(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._way.handle_async_request(sent)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())

    def stop(self) -> None:
        self._runner.close()


class Portal:
    """A gateway; `browser` and `client` are somebody's window and somebody's program."""

    def __init__(self, **services: Callable[[Request], Any]) -> None:
        self.identity = Identity()
        house = places.house()
        inside: Any = Inside(identity=lambda _request: self.identity, **services)
        house = replace(house, client=inside, tokens=Tokens(inside))
        house.tokens.know([places.KEY.as_dict(private=False)])
        self.here = Here(build(house))

    def browser(self, candidate_id: str, *permissions: str) -> httpx.Client:
        """A browser in which this person is logged in; permissions make a member of staff."""
        client = self._client()
        client.cookies.set(cookies.SESSION, f"{candidate_id}.secret")
        client.cookies.set(cookies.TOKEN, token(candidate_id, permissions))
        return client

    def anybody(self) -> httpx.Client:
        """A program of somebody who is not logged in."""
        return self._client()

    def client(self, candidate_id: str, *permissions: str, role: str = "candidate") -> httpx.Client:
        """A client of the API with this person's or system's token."""
        client = self._client()
        client.headers["Authorization"] = f"Bearer {token(candidate_id, permissions, role)}"
        return client

    def _client(self) -> httpx.Client:
        return httpx.Client(transport=self.here, base_url=ADDRESS)


def at_work(service: type, frame: Frame) -> Callable[[Request], Any]:
    """The service as a request sees it; one without an id of a command gets one."""

    def entered(request: Request) -> Any:
        made = service()
        made.desk = DeskAtWork(frame, request if request.command else replace(request, command=os.urandom(8).hex()))
        return made

    return entered


def token(subject: str, permissions: tuple[str, ...] = (), role: str = "candidate") -> str:
    """As identity signs it."""
    return places.signed(
        {
            "iss": "certtrack", "sub": subject, "roles": [role, *(["staff"] if permissions else [])], "sid": "S1",
            "permissions": list(permissions), "complete": True, "exp": int(time.time()) + 36_000,
        }
    )  # fmt: skip
