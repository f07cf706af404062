"""Authenticator, recovery codes and passkeys in front of stock nameko services (F1.14)."""

import json

import httpx
import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = pytest.mark.server

RIGHT, WRONG = "287082", "000000"
KEY = {"Idempotency-Key": "k1"}


@pytest.fixture
def at_home(browser: httpx.Client) -> httpx.Client:
    log_in(browser, PASSWORD)
    return browser


@pytest.fixture
def asked_for_code(browser: httpx.Client) -> httpx.Client:
    """Somebody careful has given the right password."""
    send(browser, follow(browser, "/login"), "/login", email="careful@example.org")
    answer = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    assert answer.headers["location"] == "/login/code"
    return browser


@pytest.fixture
def grace(browser: httpx.Client) -> httpx.Client:
    """Grace's authenticator is on."""
    send(browser, follow(browser, "/login"), "/login", email="grace@example.org")
    send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    return browser


@pytest.mark.feature("F1.14")
def test_the_code_is_asked_for_after_the_password_and_opens_the_portal(asked_for_code):
    page = follow(asked_for_code, "/login/code")
    wrong = send(asked_for_code, page, "/login/code", code=WRONG)
    assert (wrong.status_code, "This code is not right" in checked(wrong).text) == (422, True)
    assert asked_for_code.get("/home").headers["location"] == "/login"
    assert send(asked_for_code, page, "/login/code", code=RIGHT).headers["location"] == "/home"
    assert asked_for_code.get("/security").status_code == 200


@pytest.mark.feature("F1.14")
def test_nobody_is_asked_for_a_code_before_the_password(browser):
    assert browser.get("/login/code").headers["location"] == "/login"


@pytest.mark.feature("F1.14")
def test_the_authenticator_is_turned_on_by_its_first_code_and_tells_recovery_codes_once(at_home):
    assert "Turn on an authenticator" in follow(at_home, "/security").text
    page = follow(at_home, "/security/authenticator")
    assert "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ" in page.text
    wrong = send(at_home, page, "/security/authenticator", code=WRONG)
    assert (wrong.status_code, "#code" in checked(wrong).links) == (422, True)
    told = checked(send(at_home, page, "/security/authenticator", code="287 082", idempotency_key="another"))
    assert "abcde-fghjk" in told.text


@pytest.mark.feature("F1.14")
def test_the_authenticator_is_turned_off_by_password_and_code(grace):
    page = follow(grace, "/security/authenticator")
    wrong = send(grace, page, "/security/authenticator/off", password="wrong", code=RIGHT)
    assert (wrong.status_code, "#password" in checked(wrong).links) == (422, True)
    done = send(grace, page, "/security/authenticator/off", password=PASSWORD, code=RIGHT, idempotency_key="another")
    assert done.headers["location"] == "/security?notice=authenticator-off"


@pytest.mark.feature("F1.14")
def test_recovery_codes_are_replaced_by_a_code(grace):
    page = follow(grace, "/security/authenticator")
    assert "9 recovery codes are left." in page.text
    wrong = send(grace, page, "/security/recovery-codes", renewal_code=WRONG)
    assert "#renewal_code" in checked(wrong).links
    told = send(grace, page, "/security/recovery-codes", renewal_code=RIGHT, idempotency_key="another")
    assert "mnpqr-stuvw" in checked(told).text


@pytest.mark.feature("F1.14")
def test_passkeys_are_listed_added_renamed_and_removed(at_home):
    page = follow(at_home, "/security")
    assert "My phone" in page.text
    new = follow(at_home, "/security/passkeys/new")
    none = send(at_home, new, "/security/passkeys/new", name="My laptop")
    assert "Passkeys need scripts" in checked(none).text
    answers = {name: json.dumps({"id": name}) for name in ("PK2", "PK9")}
    refused = send(at_home, new, "/security/passkeys/new", name="My laptop", credential=answers["PK9"])
    assert "This passkey could not be used." in checked(refused).text
    added = send(
        at_home, new, "/security/passkeys/new", name="My laptop", credential=answers["PK2"], idempotency_key="another"
    )
    assert "The passkey was added." in follow(at_home, added.headers["location"]).text
    renamed = send(at_home, page, "/security/passkeys/PK1/name", name="My old phone")
    assert renamed.headers["location"] == "/security?notice=passkey-renamed"
    assert send(at_home, page, "/security/passkeys/PK1/remove").headers["location"].endswith("passkey-removed")


@pytest.mark.feature("F1.14")
def test_a_passkey_opens_the_portal_without_a_password(browser):
    page = follow(browser, "/login/passkey")
    refused = send(browser, page, "/login/passkey", credential=json.dumps({"id": "PK9"}))
    assert (refused.status_code, "This passkey could not be used." in checked(refused).text) == (422, True)
    opened = send(browser, page, "/login/passkey", credential=json.dumps({"id": "PK1"}), idempotency_key="another")
    assert opened.headers["location"] == "/home"


@pytest.mark.feature("F1.14")
def test_log_ins_by_code_and_by_passkey_through_the_api(site):
    first = site.post("/api/v1/sessions", json={"email": "careful@example.org", "password": PASSWORD})
    assert (first.status_code, first.json()) == (202, {"second_factor": "ADA.pending"})
    proofs = {code: {**first.json(), "code": code} for code in (RIGHT, WRONG)}
    wrong = site.post("/api/v1/sessions/second-factor", json=proofs[WRONG])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "code-wrong")
    assert site.post("/api/v1/sessions/second-factor", json=proofs[RIGHT]).json()["candidate_id"] == "ADA"
    assert site.get("/api/v1/sessions/passkey").json()["options"]["rpId"] == "localhost"
    assert site.post("/api/v1/sessions/passkey", json={"credential": {"id": "PK1"}}).status_code == 201
    assert site.post("/api/v1/sessions/passkey", json={"credential": {"id": "PK9"}}).json()["code"] == "passkey-refused"


@pytest.mark.feature("F1.14")
def test_the_second_factor_is_kept_through_the_api(ada):
    root = "/api/v1/me/second-factor"
    assert ada.get(root).json()["passkeys"][0]["name"] == "My phone"
    assert ada.get(f"{root}/authenticator").json()["secret"].startswith("GEZD")
    on = ada.post(f"{root}/authenticator", json={"code": RIGHT}, headers=KEY)
    assert (on.status_code, len(on.json()["recovery_codes"])) == (201, 2)
    renewed = ada.post(f"{root}/recovery-codes", json={"code": RIGHT}, headers=KEY)
    assert renewed.status_code == 201
    both = {"password": PASSWORD, "code": RIGHT}
    assert ada.post(f"{root}/authenticator/end", json=both, headers=KEY).status_code == 204
    refused = ada.post(f"{root}/authenticator/end", json=both | {"password": "wrong"}, headers=KEY)
    assert (refused.status_code, refused.json()["code"]) == (409, "password-wrong")


@pytest.mark.feature("F1.14")
def test_passkeys_are_kept_through_the_api(ada):
    assert ada.get("/api/v1/me/passkeys/options").json()["options"]["rp"]["id"] == "localhost"
    made = ada.post("/api/v1/me/passkeys", json={"name": "My laptop", "credential": {"id": "PK2"}}, headers=KEY)
    assert (made.status_code, made.json()) == (201, {"passkey_id": "PK2"})
    assert ada.put("/api/v1/me/passkeys/PK1", json={"name": "Old"}, headers=KEY).status_code == 204
    assert ada.put("/api/v1/me/passkeys/PK7", json={"name": "Old"}, headers=KEY).json()["code"] == "passkey-unknown"
    assert ada.delete("/api/v1/me/passkeys/PK1").status_code == 204
