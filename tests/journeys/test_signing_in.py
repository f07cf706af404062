"""The ways into an account on its pages and over the API: each act with its fact, the next page, and a refusal."""

import sqlite3
import uuid
from contextlib import closing
from urllib.parse import urlsplit

import httpx
import pyotp
import pytest
from sqlalchemy import make_url

from tests.gateway.pages import Page, checked, follow, send
from tests.system import PASSWORD, Person, System, candidate, eventually, mailed_link

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]
KNOWN = "password1234"


def facts_of(portal: System, stream: str) -> list[str]:
    """What identity has written down about one account or grant, the oldest first."""
    file = make_url(portal.installation.database_urls["identity"]).database
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found = database.execute("select name from events where stream = ? order by version", (stream,))
        return [row[0] for row in found]


def unique(name: str) -> str:
    return f"{name}.{uuid.uuid4().hex[:8]}@example.org"


def give_password(browser: httpx.Client, email: str, password: str = PASSWORD) -> httpx.Response:
    """Both steps of the log-in."""
    first = send(browser, follow(browser, "/login"), "/login", email=email)
    assert first.headers["location"] == "/login/password"
    return send(browser, follow(browser, "/login/password"), "/login/password", password=password)


def sign_up(email: str, **other: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD, "first_name": "Ada", "last_name": "Lovelace", "country": "GB"} | other


@pytest.mark.feature("F1.1")
@pytest.mark.feature("F1.2")
@pytest.mark.feature("F1.3")
def test_two_steps_open_the_portal_and_what_is_wrong_looks_the_same(portal: System, browser: httpx.Client) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    page = follow(browser, "/login")
    assert {"/sign-up", "/unlock", "/email/forgotten", "/support"} <= set(page.links)
    assert "#email" in checked(send(browser, page, "/login", email="")).links
    wrong = (ada.email, unique("nobody"))
    told = {checked(give_password(browser, email, "wrong horse")).text.replace(email, "") for email in wrong}
    assert len(told) == 1
    assert facts_of(portal, f"account-{ada.candidate_id}")[-1] == "login-failed"
    entered = give_password(browser, ada.email)
    assert entered.headers["location"] == "/home"
    assert facts_of(portal, f"account-{ada.candidate_id}")[-1] == "login-succeeded"
    assert "Ada Lovelace" in follow(browser, "/home").text

    opened = Person(portal).do("POST", "/api/v1/sessions", {"email": ada.email, "password": PASSWORD})
    assert opened["candidate_id"] == ada.candidate_id
    refused = browser.post("/api/v1/sessions", json={"email": ada.email, "password": "wrong horse"})
    assert (refused.status_code, refused.json()["code"]) == (401, "log-in-refused")


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
@pytest.mark.feature("F1.6")
def test_an_account_is_created_with_its_consents_and_confirmed_on_pages(portal: System, browser: httpx.Client) -> None:
    email = unique("ada")
    page = follow(browser, "/sign-up")
    weak = send(browser, page, "/sign-up", **sign_up(email, password=KNOWN))
    assert "easy to guess" in checked(weak).text
    done = send(browser, page, "/sign-up", **sign_up(email), idempotency_key="another")
    assert "mailed" in follow(browser, done.headers["location"]).text
    link = mailed_link(portal, email)
    account_id = link.partition(".")[0]
    assert facts_of(portal, f"account-{account_id}") == ["account-registered", "password-set", "link-issued"]
    assert "Please confirm your e-mail address first" in checked(give_password(browser, email)).text
    used = send(browser, follow(browser, f"/confirm?link={link}"), "/confirm")
    assert "is confirmed" in follow(browser, used.headers["location"]).text
    assert facts_of(portal, f"account-{account_id}")[-1] == "email-verified"
    again = send(browser, follow(browser, f"/confirm?link={link}"), "/confirm", idempotency_key="again")
    assert "This link was used already" in checked(again).text


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
@pytest.mark.feature("F1.6")
def test_an_account_is_created_and_confirmed_over_the_api(portal: System) -> None:
    email, ada = unique("ada"), Person(portal)
    documents = {"privacy_version": "2026-01", "terms_version": "2026-01"}
    without = ada.ask("POST", "/api/v1/accounts", sign_up(email))
    assert (without.status_code, sorted(without.json()["fields"])) == (422, ["privacy_version", "terms_version"])
    made = ada.do("POST", "/api/v1/accounts", sign_up(email) | documents)["candidate_id"]
    taken = ada.ask("POST", "/api/v1/accounts", sign_up(email) | documents)
    assert (taken.status_code, taken.json()["code"]) == (409, "email-taken")
    link = {"link": mailed_link(portal, email)}
    ada.do("POST", "/api/v1/accounts/confirmation", link)
    assert facts_of(portal, f"account-{made}")[-1] == "email-verified"
    assert ada.ask("POST", "/api/v1/accounts/confirmation", link).json()["code"] == "link-not-valid"


@pytest.mark.feature("F1.8")
def test_a_forgotten_address_is_mailed_to_itself(portal: System, browser: httpx.Client) -> None:
    grace = candidate(portal, "Grace", "Hopper")
    stream = f"account-{grace.candidate_id}"
    csco = grace.get("/api/v1/me")["external_ids"]["csco"]
    asked = {"name": "Grace Hopper", "country": "GB", "external_id": csco}
    told = send(browser, follow(browser, "/email/forgotten"), "/email/forgotten", **asked)
    assert "we wrote to the e-mail address of that account" in checked(told).text
    assert facts_of(portal, stream)[-1] == "email-reminder-mailed"
    eventually(lambda: portal.letters_to(grace.email)[0], lambda text: "with which e-mail address you log in" in text)
    wrong = asked | {"external_id": "CSCO00000000", "exam_on": None}
    assert Person(portal).do("POST", "/api/v1/accounts/email-reminder", wrong) == {"sent": "if-known"}
    assert facts_of(portal, stream).count("email-reminder-mailed") == 1


@pytest.mark.feature("F1.14")
def test_an_authenticator_is_turned_on_and_its_codes_open_the_portal(portal: System, browser: httpx.Client) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    stream = f"account-{ada.candidate_id}"
    give_password(browser, ada.email)
    page = follow(browser, "/security/authenticator")
    app = pyotp.TOTP(page.text.partition("Key:")[2].partition("Show that it works")[0].replace(" ", "").strip())
    told = checked(send(browser, page, "/security/authenticator", code=app.now()))
    recovery = [word for word in told.text.split() if len(word) == len("abcde-fghjk") and word[5] == "-"]
    assert (len(recovery), facts_of(portal, stream)[-2]) == (10, "authenticator-turned-on")
    send(browser, follow(browser, "/security"), "/logout")

    assert give_password(browser, ada.email).headers["location"] == "/login/code"
    question = follow(browser, "/login/code")
    assert "This code is not right" in checked(send(browser, question, "/login/code", code="000000")).text
    opened = send(browser, question, "/login/code", code=recovery[0], idempotency_key="another")
    assert opened.headers["location"] == "/home"
    assert facts_of(portal, stream)[-2:] == ["recovery-code-used", "login-succeeded"]
    assert "Password and recovery code" in follow(browser, "/security").text

    api = Person(portal)
    pending = api.ask("POST", "/api/v1/sessions", {"email": ada.email, "password": PASSWORD}).json()
    assert list(pending) == ["second_factor"]
    refused = browser.post("/api/v1/sessions/second-factor", json=pending | {"code": recovery[0]})
    assert (refused.status_code, refused.json()["code"]) == (409, "code-wrong")
    assert api.do("POST", "/api/v1/sessions/second-factor", pending | {"code": recovery[1]})["token"]


@pytest.mark.feature("F1.14")
def test_devices_are_logged_out_on_the_page_and_over_the_api(portal: System, browser: httpx.Client) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    give_password(browser, ada.email)
    sessions = ada.get("/api/v1/me/sessions")["sessions"]
    assert len(sessions) == 2
    here, other = sessions[0]["session_id"], sessions[1]["session_id"]
    done = send(browser, follow(browser, "/security"), f"/security/sessions/{other}/end")
    assert "The device is being logged out." in follow(browser, done.headers["location"]).text
    assert facts_of(portal, f"session-{other}")[-1] == "session-ended"
    assert ada.ask("POST", "/api/v1/sessions/refresh", {"session": ada.session}).json()["code"] == "session-over"
    assert ada.do("DELETE", "/api/v1/me/sessions") == {"ended": 1}
    assert facts_of(portal, f"session-{here}")[-1] == "session-ended"
    assert follow_to_log_in(browser) == "/login"


def follow_to_log_in(browser: httpx.Client) -> str:
    """Where a browser is led whose session was ended, once its token is gone."""
    browser.cookies.delete("token")
    return urlsplit(browser.get("/home").headers["location"]).path


@pytest.mark.feature("F1.15")
def test_the_birth_date_is_asked_once_and_a_child_is_refused(portal: System, browser: httpx.Client) -> None:
    email, linus = unique("linus"), Person(portal)
    documents = {"privacy_version": "2026-01", "terms_version": "2026-01"}
    made = linus.do("POST", "/api/v1/accounts", sign_up(email, first_name="Linus") | documents)["candidate_id"]
    linus.do("POST", "/api/v1/accounts/confirmation", {"link": mailed_link(portal, email)})
    give_password(browser, email)
    page = follow(browser, "/personal-info")
    home = {"country": "GB", "line_1": "12 Box Hill Road", "city": "Dorking", "postal_code": "RH5 6BY", "news": "no"}
    child = send(browser, page, "/personal-info", **home, birth_date="2020-01-01")
    assert "#birth_date" in checked(child).links
    assert "birth-date-given" not in facts_of(portal, f"account-{made}")
    done = send(browser, page, "/personal-info", **home, birth_date="1990-12-10", idempotency_key="another")
    assert done.status_code == httpx.codes.SEE_OTHER
    assert "birth-date-given" in facts_of(portal, f"account-{made}")
    assert "Linus Lovelace" in shown_after(browser, done).text

    opened = linus.do("POST", "/api/v1/sessions", {"email": email, "password": PASSWORD})
    linus.token = opened["token"]
    again = linus.ask("PUT", "/api/v1/me/birth-date", {"birth_date": "1991-12-10"})
    assert (again.status_code, again.json()["code"]) == (409, "birth-date-given")


def shown_after(browser: httpx.Client, answer: httpx.Response) -> Page:
    return follow(browser, answer.headers["location"])
