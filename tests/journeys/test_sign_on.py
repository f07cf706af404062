"""Somebody comes by another provider's log-in: an account begins with it, or is connected with it (F1.14)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.gateway.pages import checked, follow, send
from tests.outside_provider import ada, led_back, outside_provider
from tests.system import PASSWORD, Person, System, candidate, eventually

pytestmark = [pytest.mark.server, pytest.mark.timeout(300), pytest.mark.feature("F1.14")]


@pytest.fixture(scope="module")
def there(portal: System) -> Iterator[None]:
    """The provider listens, and the portal has noticed: after a failure it leaves it alone for a moment."""
    port = urlsplit(portal.environment["CERTTRACK_SIGN_ON_ISSUER"]).port
    with outside_provider(f"{portal.url}/login/sign-on/back", port or 0):
        eventually(lambda: httpx.get(f"{portal.url}/login/sign-on").is_redirect, bool)
        yield


def come_back(browser: httpx.Client, email: str) -> str:
    """Take the button, log in at the provider; gives where the portal leads then."""
    button = next(link for link in follow(browser, "/login").links if link.startswith("/login/sign-on"))
    address = browser.get(button).headers["location"]
    return browser.get(str(led_back(address, ada(email=email)))).headers["location"]


def test_a_provider_that_is_away_is_told_in_words(browser: httpx.Client) -> None:
    told = browser.get("/login/sign-on")
    assert (told.status_code, "does not answer at the moment" in checked(told).text) == (409, True)


@pytest.mark.feature("F1.4")
def test_an_account_begins_with_the_providers_word_and_opens_by_it_again(
    portal: System, there: None, browser: httpx.Client
) -> None:
    assert come_back(browser, "ada@programme.example") == "/sign-up/sign-on"
    page = follow(browser, "/sign-up/sign-on")
    entered = send(browser, page, "/sign-up/sign-on", country="GB")
    assert entered.headers["location"] == "/home"
    assert "Outside provider" in follow(browser, "/security").text
    with httpx.Client(base_url=portal.url, timeout=15.0) as another:
        assert come_back(another, "ada@programme.example") == "/home"
        page = follow(another, "/security")
        assert "Logged in by the outside provider" in page.text
        refused = send(another, page, "/security/sign-on/end")
        assert "This is the only way into your account." in checked(refused).text


def test_who_has_an_account_logs_in_once_connects_both_and_disconnects_over_the_api(
    portal: System, there: None, browser: httpx.Client
) -> None:
    grace = candidate(portal, "Grace", "Hopper")
    page = follow(browser, come_back(browser, grace.email))
    assert send(browser, page, "/login/password", password=PASSWORD).headers["location"] == "/security/sign-on"
    done = send(browser, follow(browser, "/security/sign-on"), "/security/sign-on")
    assert "It opens your account from now on." in follow(browser, done.headers["location"]).text
    with httpx.Client(base_url=portal.url, timeout=15.0) as another:
        assert come_back(another, grace.email) == "/home"
    api = Person(portal, token=grace.token)
    assert api.get("/api/v1/me/sign-on")["since"] is not None
    api.do("DELETE", "/api/v1/me/sign-on")
    with httpx.Client(base_url=portal.url, timeout=15.0) as another:
        assert come_back(another, grace.email) == "/login/password?notice=sign-on-known"
