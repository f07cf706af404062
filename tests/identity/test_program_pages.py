"""What one agrees to for a program, on the pages of a whole house: asked once, and again after it was taken back."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.certification.pages import press
from tests.gateway.pages import checked, follow, send
from tests.identity.front_door import facts
from tests.identity.test_openid_provider import BACK, CHALLENGE
from tests.whole_house import WholeHouse, whole_house

ADA = "ada@example.org"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    with whole_house(tmp_path_factory.mktemp("programs")) as opened:
        opened.person(ADA)
        yield opened


@pytest.fixture
def app(house) -> str:
    wanted = {"name": "Ada's app", "redirect_uris": [BACK], "scopes": ["openid", "email"]}
    return str(house.ask("identity").clients_add(**wanted)["client_id"])


def question(app: str, **other: str) -> str:
    asked = {
        "client_id": app, "redirect_uri": BACK, "response_type": "code", "scope": "openid email", "state": "s1",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"/oauth/authorize?{urlencode(asked | other)}"


def told(answer: httpx.Response) -> dict[str, list[str]]:
    """What the program is told, by a redirect or by the page that leads back by itself."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)
    return parse_qs(urlsplit(unescape(found.group(1)) if found else answer.headers["location"]).query)


@pytest.mark.feature("F1.14")
def test_a_program_is_asked_for_once_and_again_after_it_was_withdrawn(house, app):
    browser = house.browser(ADA)
    assert told(browser.get(question(app, prompt="none")))["error"] == ["consent_required"]
    page = follow(browser, question(app))
    assert "your e-mail address" in page.text
    assert "code" in told(send(browser, page, "/oauth/authorize", answer="yes"))
    assert facts(house.doors["identity"].frame)[-1] == "consent-given"
    assert "code" in told(browser.get(question(app)))
    assert "code" in told(browser.get(question(app, prompt="none")))
    assert "asks to know" in follow(browser, question(app, prompt="consent")).text

    listed = follow(browser, "/security")
    assert "Ada's app" in listed.text
    gone = press(browser, "/security", f"/security/programs/{app}/withdraw")
    assert facts(house.doors["identity"].frame)[-1] == "consent-withdrawn"
    assert "The program may know nothing more of you." in gone.text
    assert "You have not let any program know something of you." in gone.text
    assert told(browser.get(question(app, prompt="none")))["error"] == ["consent_required"]


@pytest.mark.feature("F1.14")
def test_whoever_says_no_or_is_not_there_is_not_remembered(house, app):
    browser, before = house.browser(ADA), facts(house.doors["identity"].frame)
    refused = send(browser, follow(browser, question(app)), "/oauth/authorize", answer="no")
    assert told(refused)["error"] == ["access_denied"]
    nobody = house.portal.anybody()
    assert told(nobody.get(question(app, prompt="none")))["error"] == ["login_required"]
    assert nobody.get(question(app)).headers["location"].startswith("/login?next=")
    both = told(browser.get(question(app, prompt="none login")))
    assert (both["error"], both["state"]) == (["invalid_request"], ["s1"])
    assert facts(house.doors["identity"].frame)[-1] == before[-1]
    unknown = browser.get(question("nobody"))
    assert (unknown.status_code, "asks to know" in checked(unknown).text) == (400, False)
