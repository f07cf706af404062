"""First the mapping, then the profile, then everything else: the route table is walked (F1.12)."""

from collections.abc import Iterator

import httpx
import pytest

from gateway import access
from gateway.api.table import OPERATIONS
from gateway.pages.table import PAGES
from tests.gateway.pages import checked, follow, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = pytest.mark.server

CANDIDATES = [one for one in (*PAGES, *OPERATIONS) if access.allowed(one.method, one.path) == access.CANDIDATE]
BODILESS = [one for one in CANDIDATES if getattr(one, "body", None) is None]
"""A body is read before anything else; `test_a_complete_request_is_refused_as_well` sends some."""
MANY = 50
PROFILE_ROUTES = {
    *("/personal-info", "/api/v1/me/address", "/api/v1/me/birth-date", "/api/v1/me/news"),
    *("/personal-info/confirm", "/api/v1/me/review"),
}
ALWAYS = ("/mapping", "/security", "/personal-info/erase", "/support", "/privacy", "/api/v1/me/record")
ALWAYS_API = (
    *("/api/v1/me/sessions", "/api/v1/me/log-ins", "/api/v1/me/password", "/api/v1/me/cases"),
    *("/api/v1/me/export", "/api/v1/me/erasure", "/api/v1/me/second-factor", "/api/v1/me/passkeys"),
    *("/api/v1/me/programs", "/api/v1/me/sign-on"),
    "/oauth/authorize",
)


def logged_in(site: httpx.Client, email: str) -> httpx.Client:
    """A client with both a session's cookies and a bearer token, which does not follow redirects."""
    answer = site.post("/api/v1/sessions", json={"email": email, "password": PASSWORD}).json()
    client = httpx.Client(base_url=site.base_url, timeout=5.0)
    client.headers["Authorization"] = f"Bearer {answer['token']}"
    client.cookies.update({"session": answer["session"], "token": answer["token"]})
    return client


@pytest.fixture(scope="module")
def grace(site: httpx.Client) -> Iterator[httpx.Client]:
    with logged_in(site, "grace@example.org") as client:
        yield client


@pytest.fixture(scope="module")
def linus(site: httpx.Client) -> Iterator[httpx.Client]:
    with logged_in(site, "linus@example.org") as client:
        yield client


def ask(client: httpx.Client, one) -> httpx.Response:
    path = one.path
    for name in ("kit_id", "transcript_id", "session_id", "case_id"):
        path = path.replace("{" + name + "}", "X1")
    headers = {"Idempotency-Key": "walk"}
    if path.startswith("/api/"):
        json = {} if one.method != "GET" and getattr(one, "body", None) is None else None
        return client.request(one.method, path, headers=headers, json=json)
    return client.request(one.method, path, headers=headers)


def refusal(client: httpx.Client, one) -> tuple[str, int, str]:
    """Route, status and where a page leads or what the API says."""
    answer = ask(client, one)
    said = answer.json().get("code") if one.path.startswith("/api/") else answer.headers.get("location")
    return f"{one.method} {one.path}", answer.status_code, said


def sent_to(page: str, one) -> tuple[str, int, str]:
    """The refusal of somebody who has to go to a page first."""
    code = {"/personal-info": "profile-first", "/mapping": "mapping-first"}[page]
    return f"{one.method} {one.path}", *((403, code) if one.path.startswith("/api/") else (303, page))


def test_what_opens_early_is_exactly_this():
    early = {one.path for one in CANDIDATES if one.before == "profile"}
    earliest = {one.path for one in CANDIDATES if one.before == "mapping"}
    assert early == PROFILE_ROUTES
    assert {path for path in earliest if not path.startswith((*ALWAYS, *ALWAYS_API))} == {"/api/v1/me"}


@pytest.mark.feature("F1.12")
def test_nothing_else_opens_before_the_profile_is_complete(grace):
    asked = [one for one in BODILESS if one.before == "nothing"]
    assert len(asked) > MANY
    assert [told for one in asked if (told := refusal(grace, one)) != sent_to("/personal-info", one)] == []


@pytest.mark.feature("F1.12")
def test_a_complete_request_is_refused_as_well(grace):
    bodies = {
        "/api/v1/me/kits/{kit_id}/claim": {"printed_name": "Grace Hopper"},
        "/api/v1/me/transcripts": {},
        "/api/v1/me/transcripts/{transcript_id}/disclosures": {},
    }
    for path, body in bodies.items():
        answer = grace.post(
            path.format(kit_id="X1", transcript_id="X1"), json=body, headers={"Idempotency-Key": "walk"}
        )
        assert (path, answer.status_code, answer.json()["code"]) == (path, 403, "profile-first")


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F1.16")
def test_while_mapping_is_needed_not_even_the_profile_opens(linus):
    asked = [one for one in BODILESS if one.before != "mapping"]
    assert len(asked) > MANY
    assert [told for one in asked if (told := refusal(linus, one)) != sent_to("/mapping", one)] == []


@pytest.mark.feature("F1.12")
@pytest.mark.feature("F2.3")
def test_an_empty_profile_asks_for_everything_and_presets_no_answer(grace):
    page = follow(grace, "/personal-info")
    assert "Please fill in all required fields first." in page.text
    answer = send(grace, page, "/personal-info", country="GB")
    found = checked(answer)
    assert answer.status_code == 422
    assert {"#line_1", "#city", "#birth_date", "#news"} <= set(found.links)
    assert "checked" not in answer.text


@pytest.mark.rule("R-M1")
@pytest.mark.feature("F1.15")
def test_a_child_is_told_at_the_birth_date(grace):
    page = follow(grace, "/personal-info")
    entries = {
        "country": "GB",
        "line_1": "1 New Road",
        "city": "Dorking",
        "postal_code": "RH5 6BY",
        "birth_date": "2020-01-01",
        "news": "no",
    }
    answer = send(grace, page, "/personal-info", **entries)
    assert answer.status_code == 409
    assert "#birth_date" in checked(answer).links
    assert "at least 13 years old" in checked(answer).text


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.11")
def test_the_mapping_page_says_why_and_takes_an_id(linus):
    page = follow(linus, "/mapping")
    assert "before September 27, 2022" in page.text
    wrong = send(linus, page, "/mapping", external_id="VUE-9", birth_date="1990-12-10")
    assert wrong.status_code == 409
    assert "We find no record" in checked(wrong).text
    right = send(linus, page, "/mapping", external_id="VUE-1815", birth_date="1990-12-10", idempotency_key="again")
    assert right.headers["location"] == "/login?notice=record-joined"


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F1.15")
@pytest.mark.feature("F2.3")
def test_the_answers_are_given_through_the_api(grace, linus):
    key = {"Idempotency-Key": "k1"}
    born = {"birth_date": "1990-12-10"}
    assert grace.put("/api/v1/me/birth-date", json=born, headers=key).status_code == 204
    assert grace.put("/api/v1/me/news", json={"wanted": False}, headers=key).status_code == 204
    child = grace.put("/api/v1/me/birth-date", json={"birth_date": "2020-01-01"}, headers={"Idempotency-Key": "k2"})
    assert (child.status_code, child.json()["code"]) == (409, "too-young")
    joined = linus.post("/api/v1/me/record", json=born | {"external_id": "VUE-1815"}, headers=key)
    assert joined.json() == {"candidate_id": "S1"}


@pytest.mark.feature("F1.9")
def test_the_provider_reports_whom_it_has_booked(site):
    person = {
        "provider_id": "VUE-1815", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org",
        "booked_on": "2022-09-27",
    }  # fmt: skip
    assert site.post("/api/provider/v1/candidates", json=person).status_code == 401
