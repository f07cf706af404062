"""Somebody signs up, forgets the password, locks the account, and gets back in by the mailbox alone."""

import httpx
import pytest

from chassis.decider import Rejected
from tests.gateway.pages import checked, follow, send
from tests.journeys.test_signing_in import facts_of
from tests.system import PASSWORD, Person, System, candidate, mailed_link

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]
EMAIL = "grace.locked@example.org"
NEW = "another horse battery"


def log_in(browser: httpx.Client, password: str) -> httpx.Response:
    send(browser, follow(browser, "/login"), "/login", email=EMAIL)
    return send(browser, follow(browser, "/login/password"), "/login/password", password=password)


@pytest.mark.feature("F1.6")
@pytest.mark.feature("F1.7")
@pytest.mark.feature("F1.14")
def test_from_sign_up_through_a_lock_to_a_new_password(portal: System, browser: httpx.Client) -> None:
    entries = {"email": EMAIL, "password": PASSWORD, "first_name": "Grace", "last_name": "Hopper", "country": "US"}
    send(browser, follow(browser, "/sign-up"), "/sign-up", **entries)
    assert "Please confirm your e-mail address first" in checked(log_in(browser, PASSWORD)).text
    confirmation = follow(browser, f"/confirm?link={mailed_link(portal, EMAIL)}")
    assert send(browser, confirmation, "/confirm").headers["location"] == "/login?notice=confirmed"

    answers = [log_in(browser, "wrong horse battery") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 5
    paused = log_in(browser, PASSWORD)
    assert "Too many log-ins have failed from your network." in checked(paused).text

    send(browser, follow(browser, "/password/forgotten"), "/password/forgotten", email=EMAIL)
    link = mailed_link(portal, EMAIL, page="/password/new")
    chosen = send(browser, follow(browser, f"/password/new?link={link}"), "/password/new", password=NEW)
    assert chosen.headers["location"] == "/login?notice=password-set"
    assert portal.call("identity", "log_in", email=EMAIL, password=NEW)["token"]


@pytest.mark.feature("F1.7")
def test_a_locked_account_is_unlocked_by_its_mail_and_logged_out_elsewhere(
    portal: System, browser: httpx.Client
) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    stream = f"account-{ada.candidate_id}"
    for password in (*["wrong horse battery"] * 5, PASSWORD):
        with pytest.raises(Rejected, match="log-in-refused"):
            portal.call("identity", "log_in", email=ada.email, password=password)
    assert "account-locked" in facts_of(portal, stream)
    asked = send(browser, follow(browser, "/unlock"), "/unlock", email=ada.email)
    assert "we have mailed a link" in checked(asked).text
    link = mailed_link(portal, ada.email, page="/unlock/open")
    opened = send(browser, follow(browser, f"/unlock/open?link={link}"), "/unlock/open")
    assert "is unlocked" in follow(browser, opened.headers["location"]).text
    assert facts_of(portal, stream)[-1] == "account-unlocked"
    assert ada.ask("POST", "/api/v1/sessions/refresh", {"session": ada.session}).json()["code"] == "session-over"
    again = Person(portal).ask("POST", "/api/v1/accounts/unlock", {"link": link})
    assert (again.status_code, again.json()["code"]) == (409, "link-not-valid")
    assert portal.call("identity", "log_in", email=ada.email, password=PASSWORD)["token"]


@pytest.mark.feature("F1.7")
def test_an_account_is_unlocked_over_the_api(portal: System) -> None:
    linus = candidate(portal, "Linus", "Torvalds")
    for _ in range(5):
        with pytest.raises(Rejected):
            portal.call("identity", "log_in", email=linus.email, password="wrong horse battery")
    assert linus.do("POST", "/api/v1/accounts/unlock-mail", {"email": linus.email}) == {"sent": "if-known"}
    linus.do("POST", "/api/v1/accounts/unlock", {"link": mailed_link(portal, linus.email, page="/unlock/open")})
    assert facts_of(portal, f"account-{linus.candidate_id}")[-1] == "account-unlocked"
