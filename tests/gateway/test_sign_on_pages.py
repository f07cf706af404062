"""Log-in by an outside provider in front of stock nameko services (F1.14)."""

import httpx
import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = [pytest.mark.server, pytest.mark.feature("F1.14")]
BACK = "/login/sign-on/back"


@pytest.fixture
def away(browser: httpx.Client) -> httpx.Client:
    """Somebody was sent to the provider by the button on the log-in page."""
    assert "/login/sign-on?next=/home" in follow(browser, "/login").links
    gone = browser.get("/login/sign-on?next=/home")
    assert gone.headers["location"] == "https://id.example/authorize?state=S"
    return browser


@pytest.fixture
def grace(browser: httpx.Client) -> httpx.Client:
    """Grace's account has no other way in."""
    send(browser, follow(browser, "/login"), "/login", email="grace@example.org")
    send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    return browser


def test_who_is_connected_enters_and_is_asked_for_a_code_where_one_is_needed(away):
    assert away.get(f"{BACK}?code=careful&state=S").headers["location"] == "/login/code"
    away.get("/login/sign-on")
    assert away.get(f"{BACK}?code=connected&state=S").headers["location"] == "/home"
    assert away.get("/security").status_code == 200


@pytest.mark.feature("F1.4")
def test_who_is_new_fills_in_a_form_without_a_password(away):
    assert away.get(f"{BACK}?code=new&state=S").headers["location"] == "/sign-up/sign-on"
    page = follow(away, "/sign-up/sign-on")
    assert "You come from Cisco.com ID as ada@example.org." in page.text
    missing = send(away, page, "/sign-up/sign-on", country="")
    assert "#last_name" in checked(missing).links
    taken = send(away, page, "/sign-up/sign-on", last_name="Taken", country="GB", idempotency_key="k2")
    assert "There is already an account" in checked(taken).text
    done = send(away, page, "/sign-up/sign-on", last_name="Lovelace", country="GB", idempotency_key="k3")
    assert done.headers["location"] == "/home"


def test_who_has_an_account_logs_in_once_and_then_connects_both(away):
    sent = away.get(f"{BACK}?code=known&state=S").headers["location"]
    page = follow(away, sent)
    assert "Log in once, and then connect both." in page.text
    entered = send(away, page, "/login/password", password=PASSWORD)
    assert entered.headers["location"] == "/security/sign-on"
    question = follow(away, "/security/sign-on")
    assert "let Cisco.com ID (ada@example.org) open your account" in question.text
    done = send(away, question, "/security/sign-on")
    assert "It opens your account from now on." in follow(away, done.headers["location"]).text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("error=access_denied&state=S", "You turned back at the other log-in."),
        ("code=new&state=another", "That took too long, or was answered already."),
    ],
)
def test_what_went_wrong_there_is_told_on_the_log_in_page(away, answer, words):
    told = away.get(f"{BACK}?{answer}")
    assert (told.status_code, words in checked(told).text) == (409, True)


def test_an_answer_that_nobody_waits_for_leads_to_the_log_in(browser):
    assert browser.get(f"{BACK}?code=connected&state=S").headers["location"] == "/login?notice=sign-on-over"
    assert browser.get("/sign-up/sign-on").headers["location"] == "/login?notice=sign-on-over"


def test_it_is_connected_and_disconnected_on_the_page_security(browser):
    log_in(browser, PASSWORD)
    assert "Connect Cisco.com ID" in follow(browser, "/security").text
    browser.get("/login/sign-on?next=/security")
    assert browser.get(f"{BACK}?code=new&state=S").headers["location"] == "/security/sign-on"
    browser.get("/login/sign-on?next=/security")
    already = browser.get(f"{BACK}?code=connected&state=S")
    assert already.headers["location"] == "/security?notice=sign-on-connected"


def test_the_last_way_in_is_not_disconnected(grace):
    page = follow(grace, "/security")
    assert "Cisco.com ID has opened your account since" in page.text
    assert "/password/forgotten" in page.links
    refused = send(grace, page, "/security/sign-on/end")
    assert (refused.status_code, "This is the only way into your account." in checked(refused).text) == (409, True)


def test_it_is_looked_at_and_disconnected_through_the_api(ada):
    assert ada.get("/api/v1/me/sign-on").json() == {"offered": True, "since": None, "password": True}
    assert ada.delete("/api/v1/me/sign-on").status_code == 204
