"""Limits, headers and error answers around every route."""

import asyncio
from dataclasses import dataclass, field, replace

import httpx
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from chassis.errors import StartRefused, Unavailable
from gateway import access, wording
from gateway.api import openapi
from gateway.api.table import OPERATIONS
from gateway.app import build
from gateway.house import House
from gateway.settings import Settings
from tests.gateway import pages, places

ACCOUNT = {
    "email": "ada@example.org", "password": "correct horse battery", "first_name": "Ada", "last_name": "Lovelace",
    "country": "GB", "privacy_version": "2026-11", "terms_version": "2026-11",
}  # fmt: skip
KEY = {"Idempotency-Key": "k1"}


def ask(method: str, path: str, *, house: House | None = None, **options) -> httpx.Response:
    async def scene() -> httpx.Response:
        transport = httpx.ASGITransport(build(house or places.house()))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(scene())


@dataclass
class Silence:
    """Services that never answer; remembers how long each call would have waited."""

    connected: bool = True
    waited: list[float] = field(default_factory=list)

    def call(self, service: str, *_asked: object, seconds: float, **_headers: bytes) -> asyncio.Future:
        self.waited.append(seconds)
        silent = asyncio.get_running_loop().create_future()
        silent.set_exception(Unavailable("too-slow", service=service))
        return silent


def waited(method: str, path: str, body: dict) -> float:
    """Seconds that the one call of this request may take."""
    silence = Silence()
    answer = ask(method, path, house=replace(places.house(), client=silence), json=body, headers=KEY)
    assert answer.status_code == 503
    [seconds] = silence.waited
    return seconds


def register(body, **headers) -> httpx.Response:
    return ask("POST", "/api/v1/accounts", json=body, headers=headers)


def test_health_answers_while_the_broker_is_away():
    assert ask("GET", "/health").json() == {"status": "ok", "broker": "away"}


def test_metrics_speak_prometheus():
    answer = ask("GET", "/metrics")
    assert "# TYPE certtrack_http_requests_total counter" in answer.text
    assert "certtrack_rpc_pending 0.0" in answer.text


def test_a_silent_broker_is_a_problem_that_says_come_back():
    answer = register(ACCOUNT, **KEY)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:certtrack:problem:unavailable",
        "title": "Not available right now",
        "status": 503,
        "code": "unavailable",
        "detail": wording.sentence("unavailable"),
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/accounts", ACCOUNT),
        ("/api/v1/sessions", {"email": "ada@example.org", "password": "correct horse battery"}),
        ("/api/v1/accounts/password", {"link": "ADA.secret", "password": "correct horse battery"}),
    ],
)
def test_in_a_rush_whoever_brings_a_password_waits_in_line(path, body):
    assert 9.0 < waited("POST", path, body) <= 9.5


def test_whoever_brings_no_password_is_told_to_come_back_after_the_usual_time():
    assert 1.0 < waited("POST", "/api/v1/accounts/unlock-mail", {"email": "ada@example.org"}) <= 1.5


def test_a_write_without_a_key_is_refused():
    assert register(ACCOUNT).json()["code"] == "idempotency-key-missing"


def test_unknown_fields_are_refused_by_name():
    answer = register({**ACCOUNT, "roles": ["operator"]}, **KEY)
    assert (answer.status_code, answer.json()["fields"]) == (422, {"roles": ["Unknown field."]})


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"x"'])
def test_bodies_that_are_no_json_objects_are_refused(body):
    answer = ask("POST", "/api/v1/accounts", content=body, headers={**KEY, "Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "json-malformed")


def test_other_content_types_are_refused():
    answer = ask("POST", "/api/v1/accounts", data=ACCOUNT, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (415, "content-type-unknown")


def test_a_promised_body_beyond_64_kib_is_refused_unread():
    answer = register({**ACCOUNT, "first_name": "x" * 70_000}, **KEY)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_a_body_that_grows_beyond_64_kib_is_refused():
    async def endless():
        for _ in range(20):
            yield b"x" * 8192

    answer = ask("POST", "/api/v1/accounts", content=endless(), headers={**KEY, "Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_a_correlation_id_is_kept_or_made():
    assert ask("GET", "/health", headers={"X-Correlation-Id": "abc-1"}).headers["x-correlation-id"] == "abc-1"
    made = ask("GET", "/health", headers={"X-Correlation-Id": "a b"}).headers["x-correlation-id"]
    assert len(made) == 32


@pytest.mark.parametrize("path", ["/nowhere", "/login/nowhere", "/t/"])
def test_people_get_a_page_for_what_is_not_there(path):
    answer = ask("GET", path)
    assert answer.status_code == 404
    pages.checked(answer)


def test_machines_get_a_problem_for_what_is_not_there():
    assert ask("GET", "/api/v1/nowhere").json()["code"] == "not-found"
    answer = ask("PATCH", "/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")


@pytest.mark.parametrize("code", ["%00", "a" * 200, "%F0%9F%98%80", "..%2F..%2Fetc", "<script>", "'OR'1", "%ff"])
@pytest.mark.parametrize("place", ["/t/", "/verify/", "/api/v1/public/transcripts/", "/api/v1/public/verify/"])
def test_a_malformed_code_is_not_there_and_never_a_failure(place, code):
    assert ask("GET", place + code).status_code == 404


def test_everything_carries_the_strict_headers():
    answer = ask("GET", "/health")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers


def test_in_production_cookies_and_browsers_stay_on_https():
    settings = Settings(amqp_uri=places.NOWHERE, master_key=b"0123456789abcdef")
    answer = ask("GET", "/login", house=House.of(settings))
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.thorough
def test_the_description_is_valid_openapi_and_names_every_route_of_the_api():
    described = ask("GET", "/api/openapi.json").json()
    validate(described, cls=OpenAPIV31SpecValidator)
    named = {(method.upper(), path) for path, item in described["paths"].items() for method in item}
    assert named == {(method, path) for method, path in access.TABLE if path.startswith("/api/") and "/v1" in path}


def test_the_description_is_sent_once_and_then_remembered():
    first = ask("GET", "/api/openapi.json")
    again = ask("GET", "/api/openapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def patterns_in(described):
    if isinstance(described, list):
        return {one for part in described for one in patterns_in(part)}
    if not isinstance(described, dict):
        return set()
    own = {described["pattern"]} if isinstance(described.get("pattern"), str) else set()
    return own | {one for part in described.values() for one in patterns_in(part)}


def test_patterns_are_those_of_json_schema_where_a_whole_text_is_meant():
    described = openapi.describe(OPERATIONS, "1")
    assert described["components"]["schemas"]["NewAccount"]["properties"]["country"]["pattern"] == "^[A-Z]{2}$"
    found = patterns_in(described)
    assert [one for one in found if not one.startswith("^") or not one.endswith("$") or "\\Z" in one] == []


def test_every_write_is_described_with_its_key():
    described = openapi.describe(OPERATIONS, "1")
    for operation in OPERATIONS:
        names = [one["name"] for one in described["paths"][operation.path][operation.method.lower()]["parameters"]]
        assert ("Idempotency-Key" in names) == operation.writes


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"AMQP_URI": ""}, "AMQP_URI"),
        ({"AMQP_URI": "http://x"}, "amqp://"),
        ({"CERTTRACK_MASTER_KEY": ""}, "CERTTRACK_MASTER_KEY"),
        ({"CERTTRACK_MASTER_KEY": "short"}, "16"),
        ({"CERTTRACK_MODE": "fun"}, "CERTTRACK_MODE"),
        ({"CERTTRACK_PORT": "http"}, "CERTTRACK_PORT"),
    ],
)
def test_wrong_settings_stop_the_start_with_a_clear_line(changed, words):
    environment = {"AMQP_URI": places.NOWHERE, "CERTTRACK_MASTER_KEY": places.MASTER_KEY}
    with pytest.raises(StartRefused, match=words):
        Settings.read(environment | changed)


@pytest.mark.parametrize(
    ("mode", "host", "secure"),
    [
        ("production", "127.0.0.1", True),
        ("demo", "127.0.0.1", False),
        ("test", "::1", False),
        ("demo", "0.0.0.0", True),
    ],
)
def test_cookies_are_secure_except_on_loopback_in_demo_and_test(mode, host, secure):
    settings = Settings(amqp_uri=places.NOWHERE, master_key=b"0123456789abcdef", host=host, mode=mode)
    assert settings.secure_cookies == secure


def test_no_key_is_used_for_two_purposes():
    keys = places.house().keys
    assert len({keys.visitor, keys.body, keys.forms, keys.cookies}) == 4
