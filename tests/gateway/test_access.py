"""Who may use which route: the whole table is walked, and tokens are tried to be forged."""

import asyncio
import time

import httpx
import pytest
from joserfc.jwk import OKPKey

from chassis.errors import StartRefused
from gateway import access, rpc
from gateway.app import build
from gateway.problems import Problem
from tests.gateway import places

NOW = int(time.time())  # of the collection: this test may run a quarter of an hour later
CLAIMS = {"iss": "certtrack", "sub": "ADA", "roles": ["candidate"], "sid": "S1", "iat": NOW, "exp": NOW + 36_000}
STRANGER = OKPKey.generate_key("Ed25519", {"kid": "test"}, private=True)
RESTRICTED = sorted((method, path) for (method, path), roles in access.TABLE.items() if roles != access.ANYONE)
API = [(method, path) for method, path in RESTRICTED if path.startswith("/api/")]
PAGES = [(method, path) for method, path in RESTRICTED if not path.startswith("/api/")]


@pytest.fixture(autouse=True)
def nobody_waits_for_a_broker_that_never_comes(monkeypatch):
    monkeypatch.setattr(rpc, "RECONNECT_PATIENCE", 0.01)


def ask(method: str, path: str, **options) -> httpx.Response:
    """One request to an application whose broker is away."""

    async def scene() -> httpx.Response:
        transport = httpx.ASGITransport(build(places.house()))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path.format_map(Ids()), **options)

    return asyncio.run(scene())


class Ids(dict):
    def __missing__(self, name: str) -> str:
        return "X1"


def bearer(**changed) -> dict[str, str]:
    return {"Authorization": f"Bearer {places.signed(CLAIMS | changed)}", "Idempotency-Key": "k1"}


@pytest.mark.thorough
@pytest.mark.parametrize(("method", "path"), API)
def test_the_api_asks_for_a_token(method, path):
    answer = ask(method, path)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.thorough
@pytest.mark.parametrize("role", access.ROLES)
@pytest.mark.parametrize(("method", "path"), API)
def test_each_role_gets_exactly_what_the_table_says(method, path, role):
    answer = ask(method, path, headers=bearer(roles=[role]), json={})
    refused = answer.status_code == 403 and answer.json()["code"] == "role-missing"
    assert refused != access.may([role], method, path)


@pytest.mark.thorough
@pytest.mark.parametrize(("method", "path"), PAGES)
def test_pages_lead_visitors_to_the_log_in(method, path):
    answer = ask(method, path)
    assert answer.status_code == 303
    assert answer.headers["location"].partition("?")[0] == "/login"


@pytest.mark.thorough
@pytest.mark.parametrize(("method", "path"), PAGES)
def test_pages_of_candidates_are_closed_to_other_roles(method, path):
    cookies = {"session": "s", "token": places.signed(CLAIMS | {"roles": ["provider"]})}
    assert ask(method, path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": NOW - 1},
        {"iss": "somebody"},
        {"sub": ""},
        {"sub": 7},
        {"roles": "candidate"},
        {"exp": None},
    ],
)
def test_signed_tokens_that_are_no_access_tokens_are_refused(changed):
    assert ask("GET", "/api/v1/me", headers=bearer(**changed)).status_code == 401


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "a.b.c",
        "x" * 5000,
        places.signed(CLAIMS, STRANGER),
        places.signed(CLAIMS)[:-6] + "AAAAAA",
        # {"alg":"none","kid":"test"} and the claims, unsigned
        "eyJhbGciOiJub25lIiwia2lkIjoidGVzdCJ9." + places.signed(CLAIMS).split(".")[1] + ".",
    ],
)
def test_forged_tokens_are_refused(token):
    assert ask("GET", "/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_token_of_an_unknown_key_is_refused_although_identity_is_away():
    other = OKPKey.generate_key("Ed25519", {"kid": "other"}, private=True)
    answer = ask("GET", "/api/v1/me", headers={"Authorization": f"Bearer {places.signed(CLAIMS, other)}"})
    assert answer.status_code == 401


def test_without_any_known_key_the_answer_is_to_come_back():
    house = places.house()
    house.tokens.know([])

    async def scene() -> None:
        await house.tokens.principal(places.signed(CLAIMS))

    with pytest.raises(Exception, match="identity"):
        asyncio.run(scene())


def test_a_checked_token_is_remembered_until_it_ends():
    house = places.house()
    token = places.signed(CLAIMS | {"exp": time.time() + 0.3})

    async def scene() -> list[str]:
        first = await house.tokens.principal(token)
        await asyncio.sleep(0.4)
        with pytest.raises(Problem):
            await house.tokens.principal(token)
        return [first.subject]

    assert asyncio.run(scene()) == ["ADA"]


def test_a_route_without_an_entry_stops_the_start():
    with pytest.raises(StartRefused, match="/new"):
        access.must_name([*access.TABLE, ("GET", "/new")])


def test_an_entry_without_a_route_stops_the_start():
    with pytest.raises(StartRefused, match="/health"):
        access.must_name(set(access.TABLE) - {("GET", "/health")})
