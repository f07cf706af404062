"""The gateway as an ASGI application: routes of API and portal behind one door."""

import asyncio
import contextlib
import gc
import hashlib
from collections.abc import AsyncIterator
from functools import cache

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from chassis.errors import Failure
from chassis.languages import LANGUAGES
from gateway import access, assets, metrics, oauth
from gateway.api import openapi
from gateway.api import operation as api
from gateway.api.table import OPERATIONS
from gateway.door import Door
from gateway.house import House
from gateway.language.words import CATALOGUES
from gateway.pages import page as portal
from gateway.pages import render
from gateway.pages.table import PAGES
from gateway.problems import Problem

VERSION = "0.1.0"
FIRST_KEYS_PAUSE = 1.0
TEXT = "text/plain; version=0.0.4; charset=utf-8"


def build(house: House) -> ASGIApp:
    """The application; StartRefused when a route is missing in the authorisation table."""
    routes = [*_operations(house), *api.routes(house, OPERATIONS), *oauth.routes(house), *portal.routes(house, PAGES)]
    access.must_name((method, route.path) for route in routes for method in (route.methods or set()) - {"HEAD"})
    inside = Starlette(
        routes=[*routes, Route("/static/{name:path}", assets.serve)],
        exception_handlers={HTTPException: _http_error},
        lifespan=lambda _app: _open(house),
    )
    return Door(inside, house, error_answer)


@contextlib.asynccontextmanager
async def _open(house: House) -> AsyncIterator[None]:
    house.client.start()
    for language in LANGUAGES:  # reading a catalogue takes a while: not at the first reader's cost
        CATALOGUES.of(language)
    gc.freeze()  # what stands now stays: looking through it for garbage would stop everybody now and then
    house.ear.start()
    keys = asyncio.create_task(_fetch_keys(house))
    yield
    keys.cancel()
    await house.ear.stop()
    await house.client.stop()


async def _fetch_keys(house: House) -> None:
    """Get identity's keys before the first token comes, so that identity may be away then."""
    while True:
        with contextlib.suppress(Failure):
            await house.tokens.fetch()
            return
        await asyncio.sleep(FIRST_KEYS_PAUSE)


@cache
def _description() -> tuple[bytes, str]:
    """The OpenAPI document and its tag, the same for every house of this process."""
    document = orjson.dumps(openapi.describe(OPERATIONS, VERSION))
    return document, f'"{hashlib.sha256(document).hexdigest()[:32]}"'


def _operations(house: House) -> list[Route]:
    document, tag = _description()

    async def health(request: Request) -> Response:
        """The process answers; whether calls can be sent is told beside."""
        request.scope["certtrack.route"] = "/health"
        broker = "connected" if house.client.connected else "away"
        return Response(orjson.dumps({"status": "ok", "broker": broker}), media_type=api.JSON)

    async def figures(request: Request) -> Response:
        """Prometheus' text."""
        request.scope["certtrack.route"] = "/metrics"
        return Response(metrics.page(), media_type=TEXT)

    async def description(request: Request) -> Response:
        """The OpenAPI document."""
        request.scope["certtrack.route"] = "/api/openapi.json"
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        headers = {"ETag": tag, "Cache-Control": "max-age=300"}
        return Response(document, media_type=api.JSON, headers=headers)

    return [Route("/health", health), Route("/metrics", figures), Route("/api/openapi.json", description)]


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not-found", 405: "method-not-allowed"}
    problem = Problem(error.status_code, codes.get(error.status_code, "invalid"), headers=error.headers)
    return error_answer(request.scope, problem)


def error_answer(scope: Scope, problem: Problem) -> Response:
    """A problem document for machines, a page for people."""
    return problem.response() if scope["path"].startswith("/api/") else render.error_page_for(scope, problem)
