"""Mailed links and the security page in front of stock nameko services."""

import httpx
import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = pytest.mark.server

LINK = "ADA.secret"


@pytest.fixture
def at_home(browser: httpx.Client) -> httpx.Client:
    log_in(browser, PASSWORD)
    return browser


@pytest.mark.feature("F1.3")
def test_the_log_in_leads_to_sign_up_unlock_and_a_lost_password(browser):
    links = set(follow(browser, "/login").links)
    assert {"/sign-up", "/unlock", "/email/forgotten", "/password/forgotten"} <= links


@pytest.mark.feature("F1.6")
@pytest.mark.feature("F1.7")
@pytest.mark.parametrize("path", ["/confirm/again", "/unlock", "/password/forgotten"])
def test_asking_for_a_link_says_the_same_for_everybody(browser, path):
    for email in ("ada@example.org", "nobody@example.org"):
        answer = send(browser, follow(browser, path), path, email=email)
        assert (answer.status_code, email in answer.text) == (200, False)
        assert "we have mailed a link" in checked(answer).text


@pytest.mark.feature("F1.8")
def test_a_forgotten_address_is_asked_for_by_facts_and_answered_alike(browser):
    page = follow(browser, "/email/forgotten")
    nothing = send(browser, page, "/email/forgotten", name="Ada Lovelace", country="GB")
    assert nothing.status_code == 422
    assert "#external_id" in checked(nothing).links
    answer = send(browser, page, "/email/forgotten", name="Ada Lovelace", country="GB", exam_on="2026-11-20")
    assert "we wrote to the e-mail address of that account" in checked(answer).text


@pytest.mark.feature("F1.6")
@pytest.mark.feature("F1.7")
@pytest.mark.parametrize(("path", "notice"), [("/confirm", "is confirmed"), ("/unlock/open", "is unlocked")])
def test_a_mailed_link_acts_by_a_button_only_and_leads_to_the_log_in(browser, path, notice):
    page = follow(browser, f"{path}?link={LINK}")
    answer = send(browser, page, path)
    assert answer.status_code == 303
    assert notice in follow(browser, answer.headers["location"]).text


@pytest.mark.feature("F1.6")
@pytest.mark.parametrize("path", ["/confirm", "/unlock/open"])
def test_a_link_that_is_not_valid_leads_to_another_one(browser, path):
    answer = send(browser, follow(browser, f"{path}?link=ADA.forged"), path)
    assert answer.status_code == 409
    assert "This link was used already" in checked(answer).text


@pytest.mark.feature("F1.6")
def test_a_new_password_is_chosen_by_a_mailed_link(browser):
    page = follow(browser, f"/password/new?link={LINK}")
    refused = send(browser, page, "/password/new", password="password1234")
    assert refused.status_code == 409
    assert "easy to guess" in checked(refused).text
    answer = send(browser, page, "/password/new", password=PASSWORD, idempotency_key="another")
    assert answer.headers["location"] == "/login?notice=password-set"


@pytest.mark.feature("F1.6")
def test_an_unconfirmed_account_is_led_to_another_link(browser):
    send(browser, follow(browser, "/login"), "/login", email="unconfirmed@example.org")
    answer = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    page = checked(answer)
    assert "Please confirm your e-mail address first" in page.text
    assert "/confirm/again" in page.links


@pytest.mark.feature("F1.7")
def test_a_paused_network_is_told_to_come_back(site):
    answer = site.post("/api/v1/sessions", json={"email": "paused@example.org", "password": "wrong"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")


@pytest.mark.feature("F1.14")
def test_sessions_and_log_ins_are_listed_in_words(at_home):
    page = follow(at_home, "/security")
    assert "Firefox on Linux" in page.text
    assert "Unknown device" in page.text
    assert "Wrong password" in page.text


@pytest.mark.feature("F1.14")
def test_one_device_and_all_devices_are_logged_out(at_home):
    page = follow(at_home, "/security")
    one = send(at_home, page, "/security/sessions/S2/end")
    assert "The device is being logged out." in follow(at_home, one.headers["location"]).text
    everywhere = send(at_home, page, "/security/log-out-everywhere")
    assert everywhere.headers["location"] == "/login?notice=logged-out"
    assert at_home.get("/home").headers["location"] == "/login"


def test_the_password_is_changed_by_the_old_one(at_home):
    page = follow(at_home, "/security")
    wrong = send(at_home, page, "/security/password", current="wrong", password="another horse battery")
    assert wrong.status_code == 422
    assert "#current" in checked(wrong).links
    right = send(at_home, page, "/security/password", current=PASSWORD, password="another horse battery")
    assert "Your password was changed." in follow(at_home, right.headers["location"]).text


@pytest.mark.feature("F1.14")
def test_programs_are_listed_with_what_they_may_know_and_withdrawn(at_home, ada):
    page = follow(at_home, "/security")
    assert "that it is you, your e-mail address" in page.text
    done = send(at_home, page, "/security/programs/APP1/withdraw")
    assert "The program may know nothing more of you" in follow(at_home, done.headers["location"]).text
    [told] = ada.get("/api/v1/me/programs").json()["programs"]
    assert (told["name"], told["scopes"]) == ("Ada's app", ["openid", "email"])
    assert [write(ada, "DELETE", f"/api/v1/me/programs/{one}").json() for one in ("APP1", "APP2")] == [
        {"ended": 1}, {"ended": 0}
    ]  # fmt: skip


def test_the_mailbox_of_a_demonstration_shows_links_to_follow(browser):
    assert "http://127.0.0.1:8080/confirm?link=ADA.secret" in follow(browser, "/mailbox").links


def write(client: httpx.Client, method: str, path: str, body=None) -> httpx.Response:
    return client.request(method, path, json=body, headers={"Idempotency-Key": path})


@pytest.mark.feature("F1.6")
@pytest.mark.feature("F1.7")
def test_links_are_asked_for_and_used_through_the_api(site):
    for kind in ("confirmation", "unlock", "password"):
        asked = write(site, "POST", f"/api/v1/accounts/{kind}-mail", {"email": "ada@example.org"})
        assert (asked.status_code, asked.json()) == (202, {"sent": "if-known"})
    body = {"link": LINK}
    assert write(site, "POST", "/api/v1/accounts/confirmation", body).status_code == 204
    assert write(site, "POST", "/api/v1/accounts/unlock", body).status_code == 204
    assert write(site, "POST", "/api/v1/accounts/password", body | {"password": PASSWORD}).status_code == 204


@pytest.mark.feature("F1.6")
def test_a_used_link_is_refused_through_the_api(site):
    answer = write(site, "POST", "/api/v1/accounts/confirmation", {"link": "ADA.forged"})
    assert (answer.status_code, answer.json()["code"]) == (409, "link-not-valid")


@pytest.mark.feature("F1.14")
def test_sessions_are_listed_and_ended_through_the_api(ada):
    assert [one["session_id"] for one in ada.get("/api/v1/me/sessions").json()["sessions"]] == ["S1", "S2"]
    assert ada.get("/api/v1/me/log-ins").json()["log_ins"][0]["what"] == "failed"
    assert ada.delete("/api/v1/me/sessions/S2").status_code == 204
    assert ada.delete("/api/v1/me/sessions").json() == {"ended": 2}
    change = {"current": PASSWORD, "password": "another horse battery"}
    assert write(ada, "PUT", "/api/v1/me/password", change).status_code == 204


@pytest.mark.feature("F1.8")
def test_a_forgotten_address_is_asked_for_through_the_api(site):
    who = {"name": "Ada Lovelace", "country": "GB"}
    asked = write(site, "POST", "/api/v1/accounts/email-reminder", who | {"external_id": "CSCO00001815"})
    assert (asked.status_code, asked.json()) == (202, {"sent": "if-known"})
    refused = write(site, "POST", "/api/v1/accounts/email-reminder", who)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["external_id"])
