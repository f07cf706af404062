"""Somebody signs up, forgets the password, locks the account, and gets back in by the mailbox alone."""

from collections.abc import Iterator

import httpx
import pytest

from tests.gateway.pages import checked, follow, send
from tests.system import PASSWORD, System, mailed_link

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]
EMAIL = "grace@example.org"
NEW = "another horse battery"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("lost"), "sqlite") as running:
        yield running


@pytest.fixture(scope="module")
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, timeout=5.0) as client:
        yield client


def log_in(browser: httpx.Client, password: str) -> httpx.Response:
    send(browser, follow(browser, "/login"), "/login", email=EMAIL)
    return send(browser, follow(browser, "/login/password"), "/login/password", password=password)


@pytest.mark.feature("F1.6")
@pytest.mark.feature("F1.7")
@pytest.mark.feature("F1.14")
def test_from_sign_up_through_a_lock_to_a_new_password(system: System, browser: httpx.Client) -> None:
    entries = {"email": EMAIL, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper", "country": "US"}
    send(browser, follow(browser, "/sign-up"), "/sign-up", **entries)
    assert "Please confirm your e-mail address first" in checked(log_in(browser, PASSWORD)).text
    confirmation = follow(browser, f"/confirm?link={mailed_link(system, EMAIL)}")
    assert send(browser, confirmation, "/confirm").headers["location"] == "/login?notice=confirmed"

    answers = [log_in(browser, "wrong horse battery") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 5
    paused = log_in(browser, PASSWORD)
    assert "Too many log-ins have failed from your network." in checked(paused).text

    send(browser, follow(browser, "/password/forgotten"), "/password/forgotten", email=EMAIL)
    link = mailed_link(system, EMAIL, page="/password/new")
    chosen = send(browser, follow(browser, f"/password/new?link={link}"), "/password/new", password=NEW)
    assert chosen.headers["location"] == "/login?notice=password-set"
    assert system.call("identity", "log_in", email=EMAIL, password=NEW)["token"]
