"""Who of the house may use which route of the console: the whole table is walked for each default group."""

import asyncio
import time

import httpx
import pytest

from contracts.permissions import ALL, DEFAULT_GROUPS
from gateway import access, rpc
from gateway.app import build
from tests.gateway import places

NOW = int(time.time())
CONSOLE = sorted(route for route in access.TABLE if "/console" in route[1])
API = [route for route in CONSOLE if route[1].startswith("/api/")]
PAGES = [route for route in CONSOLE if not route[1].startswith("/api/")]
WHO = {"candidate": (), **{group: permissions for group, (_, permissions) in DEFAULT_GROUPS.items()}}


@pytest.fixture(autouse=True)
def nobody_waits_for_a_broker_that_never_comes(monkeypatch):
    monkeypatch.setattr(rpc, "RECONNECT_PATIENCE", 0.01)


class Ids(dict):
    def __missing__(self, name: str) -> str:
        return "identity" if name == "service" else "X1"


def token(permissions: tuple[str, ...]) -> str:
    roles = ["candidate", "staff"] if permissions else ["candidate"]
    return places.signed(
        {"iss": "certtrack", "sub": "ADA", "roles": roles, "permissions": list(permissions), "sid": "S1",
         "iat": NOW, "exp": NOW + 36_000}
    )  # fmt: skip


def ask(method: str, path: str, **options) -> httpx.Response:
    async def scene() -> httpx.Response:
        transport = httpx.ASGITransport(build(places.house()))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path.format_map(Ids()), **options)

    return asyncio.run(scene())


def expected(method: str, path: str, permissions: tuple[str, ...]) -> bool:
    (needed,) = access.allowed(method, path)
    return bool(permissions) if needed == "staff" else needed in permissions


@pytest.mark.thorough
@pytest.mark.feature("F12.1")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "path"), API)
def test_each_group_gets_exactly_the_operations_that_its_permissions_name(method, path, who):
    headers = {"Authorization": f"Bearer {token(WHO[who])}", "Idempotency-Key": "k1"}
    answer = ask(method, path, headers=headers, json={})
    refused = answer.status_code == 403 and answer.json()["code"] == "role-missing"
    assert refused != expected(method, path, WHO[who])


@pytest.mark.thorough
@pytest.mark.feature("F12.1")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "path"), PAGES)
def test_each_group_gets_exactly_the_pages_that_its_permissions_name(method, path, who):
    answer = ask(method, path, headers={"Cookie": f"session=s; token={token(WHO[who])}"}, data={"form_token": "x"})
    refused = answer.status_code == 403 and "Your account may not do this" in answer.text
    assert refused != expected(method, path, WHO[who])


@pytest.mark.thorough
@pytest.mark.parametrize(("method", "path"), CONSOLE)
def test_nobody_enters_without_a_log_in(method, path):
    answer = ask(method, path)
    assert answer.status_code == 401 if path.startswith("/api/") else answer.headers["location"].startswith("/login")


def test_an_administrator_may_use_every_route():
    assert all(access.may({"staff", *ALL}, *route) for route in CONSOLE)


def test_a_permission_that_does_not_exist_stops_the_start():
    with pytest.raises(Exception, match=r"There is no permission candidates\.raed"):
        access.needs("candidates.raed")


def test_a_token_with_odd_permissions_is_refused():
    odd = places.signed({"iss": "certtrack", "sub": "ADA", "roles": ["staff"], "permissions": "all", "exp": NOW + 600})
    assert ask("GET", "/api/console/v1/groups", headers={"Authorization": f"Bearer {odd}"}).status_code == 401
