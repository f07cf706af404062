"""The certified client `openid-client` asks Ada for her name, and a machine reports in its own name."""

import json
import re
import subprocess
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest

from tests.gateway.pages import checked, follow, send
from tests.judges.programs import CONFORMANCE, JudgeMissing, must_be_complete, node, package
from tests.system import PASSWORD, Person, System, candidate, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]
BACK = "http://127.0.0.1:1/back"
SCOPES = ["openid", "profile", "email", "offline_access"]


def installed() -> None:
    try:
        package("openid-client/package.json")
    except JudgeMissing as why:
        if must_be_complete():
            raise
        pytest.skip(str(why))


def log_in(browser: httpx.Client, path: str, email: str) -> str:
    """Whoever is not logged in does so, and comes back to the question."""
    first = browser.get(path)
    assert first.headers["location"].startswith("/login?next=%2Foauth%2Fauthorize")
    send(browser, follow(browser, first.headers["location"]), "/login", email=email)
    entered = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    return entered.headers["location"]


def agree(browser: httpx.Client, asked: str, email: str) -> str:
    """Where Ada is led back to, once she has logged in and said yes."""
    parts = urlsplit(asked)
    question = follow(browser, log_in(browser, f"{parts.path}?{parts.query}", email))
    assert "Ada's app" in question.text
    assert "your e-mail address" in question.text
    answer = send(browser, question, "/oauth/authorize", answer="yes")
    # the page leaves at once, before a judge could look at it
    target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)
    assert target is not None
    return unescape(target.group(1))


@pytest.mark.parametrize("signature", ["RS256", "Ed25519"])
def test_openid_client_finds_all_as_the_standards_say(portal: System, signature: str) -> None:
    installed()
    ada = candidate(portal, "Ada", "Lovelace")
    wanted = {"name": "Ada's app", "redirect_uris": [BACK], "scopes": SCOPES, "signed_by": signature}
    app = portal.call("identity", "clients_add", **wanted)
    machine = portal.call("identity", "clients_add", name="Test provider", redirect_uris=[], scopes=["provider"])
    known = [app["client_id"], app["client_secret"], machine["client_id"], machine["client_secret"]]
    command = [node(), str(CONFORMANCE / "openid_client.mjs"), portal.url, BACK, *known, signature]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program,
        httpx.Client(base_url=portal.url, timeout=10.0) as browser,
    ):
        assert program.stdin is not None
        assert program.stdout is not None
        asked = json.loads(program.stdout.readline())["authorize"]
        program.stdin.write(agree(browser, asked, ada.email) + "\n")
        program.stdin.flush()
        silently = browser.get(json.loads(program.stdout.readline())["authorize"])
        program.stdin.write(silently.headers["location"] + "\n")
        program.stdin.flush()
        told = json.loads(program.stdout.readline())

    assert told["claims"]["sub"] == told["silent"] == ada.candidate_id
    assert told["person"] == {
        "sub": ada.candidate_id, "name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace",
        "email": ada.email, "email_verified": True,
    }  # fmt: skip
    assert (told["rotated"], told["after"]) == (True, "invalid_grant")
    reported = Person(portal, token=told["provider"]).do(
        "POST", "/api/provider/v1/results", result(ada.candidate_id, "200-301", "2026-09-01")
    )
    assert reported["result_id"]


def test_who_says_no_is_led_back_with_that_and_a_wrong_address_leads_nowhere(portal: System) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    app = portal.call("identity", "clients_add", name="Ada's app", redirect_uris=[BACK], scopes=SCOPES)
    query = {
        "client_id": app["client_id"], "redirect_uri": BACK, "response_type": "code", "scope": "openid",
        "code_challenge": "x" * 43, "code_challenge_method": "S256", "state": "s1",
    }  # fmt: skip
    with httpx.Client(base_url=portal.url, timeout=10.0) as browser:
        question = follow(browser, log_in(browser, f"/oauth/authorize?{httpx.QueryParams(query)}", ada.email))
        refused = send(browser, question, "/oauth/authorize", answer="no")
        assert f"{BACK}?error=access_denied&amp;state=s1" in refused.text
        elsewhere = httpx.QueryParams(query | {"redirect_uri": "https://evil.example/"})
        answer = browser.get(f"/oauth/authorize?{elsewhere}")
        assert (answer.status_code, "is not registered with us" in checked(answer).text) == (400, True)
        assert (
            browser.get(f"/oauth/authorize?{httpx.QueryParams(query | {'response_type': 'token'})}")
            .headers["location"]
            .startswith(f"{BACK}?error=unsupported_response_type&state=s1")
        )
