"""Language, time zone and form of dates: through the API and on the pages, in front of stock nameko services."""

from collections.abc import Iterator

import httpx
import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = pytest.mark.server

NOTHING = {"language": None, "time_zone": None, "date_format": None}
ARABIC = {"language": "ar", "time_zone": "Asia/Riyadh", "date_format": "day-first"}
WHERE = "/api/v1/me/preferences"


def put(ada: httpx.Client, choice: dict, key: str) -> httpx.Response:
    return ada.put(WHERE, json=choice, headers={"Idempotency-Key": key.replace(" ", "-")})


@pytest.fixture(autouse=True)
def nothing_chosen(ada: httpx.Client) -> Iterator[None]:
    yield
    answer = put(ada, NOTHING, "the end")
    assert answer.is_success, answer.text


def test_the_api_keeps_what_was_chosen(ada):
    assert ada.get(WHERE).json() == NOTHING
    assert put(ada, ARABIC, "1").json() == ARABIC
    assert ada.get(WHERE).json() == ARABIC


@pytest.mark.parametrize(("field", "value"), [("language", "tlh"), ("time_zone", "Mars/Olympus"), ("date_format", "x")])
def test_the_api_names_what_cannot_be_chosen(ada, field, value):
    answer = put(ada, {**ARABIC, field: value}, f"refused {field}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


@pytest.mark.feature("F1.3")
def test_a_visitor_chooses_the_language_for_the_next_pages(browser):
    token = follow(browser, "/login").forms["/login"]["form_token"]
    answer = browser.post("/language", data={"form_token": token, "language": "ja", "next": "/sign-up"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-up")
    assert browser.get("/sign-up").headers["content-language"] == "ja"


def test_a_language_that_nobody_offers_changes_nothing(browser):
    token = follow(browser, "/login").forms["/login"]["form_token"]
    answer = browser.post("/language", data={"form_token": token, "language": "tlh", "next": "https://evil.example/"})
    assert answer.headers["location"] == "/home"
    assert "language" not in browser.cookies


def test_a_candidate_finds_the_chosen_language_on_another_device(site, browser):
    log_in(browser, PASSWORD)
    token = follow(browser, "/home").forms["/logout"]["form_token"]
    browser.post("/language", data={"form_token": token, "language": "ar", "next": "/home"})
    with httpx.Client(base_url=site.base_url, headers={"Accept-Language": "es"}, timeout=5.0) as other:
        assert other.get("/login").headers["content-language"] == "es"
        log_in(other, PASSWORD)
        assert '<html lang="ar" dir="rtl"' in other.get("/home").text
        assert other.cookies["language"] == "ar"


def test_days_are_written_as_the_candidate_has_chosen(ada, browser):
    put(ada, {**NOTHING, "date_format": "iso"}, "iso")
    log_in(browser, PASSWORD)
    assert '<time datetime="2027-05-29">2027-05-29</time>' in browser.get("/certifications").text


def test_preferences_of_a_browser_are_forgotten_with_its_session(browser, ada):
    put(ada, {**NOTHING, "date_format": "iso"}, "iso again")
    log_in(browser, PASSWORD)
    token = follow(browser, "/home").forms["/logout"]["form_token"]
    assert "preferences" in browser.cookies
    browser.post("/logout", data={"form_token": token})
    assert "preferences" not in browser.cookies


SETTINGS = "/personal-info/settings"
FORM = f"{SETTINGS}/preferences"


def test_the_settings_keep_language_zone_and_form_of_dates(browser):
    log_in(browser, PASSWORD)
    page = follow(browser, SETTINGS)
    answer = send(browser, page, FORM, language="", time_zone="Asia/Tokyo", date_format="iso")
    assert answer.headers["location"] == f"{SETTINGS}?notice=preferences-saved"
    after = browser.get(answer.headers["location"])
    assert "Your preferences were saved." in checked(after).text
    assert '<option value="Asia/Tokyo" selected>Tokyo (UTC+9)</option>' in after.text
    assert '<time datetime="2027-05-29">2027-05-29</time>' in browser.get("/certifications").text


def test_the_settings_name_what_cannot_be_chosen(browser):
    log_in(browser, PASSWORD)
    answer = send(browser, follow(browser, SETTINGS), FORM, language="", time_zone="Mars/Olympus", date_format="iso")
    page = checked(answer)
    assert answer.status_code == 422
    assert "Time zone: Please choose a time zone from the list." in page.text
    assert "#time_zone" in page.links


def test_a_saved_language_is_spoken_on_the_very_next_page(browser):
    log_in(browser, PASSWORD)
    answer = send(browser, follow(browser, SETTINGS), FORM, language="ar", time_zone="", date_format="language")
    after = browser.get(answer.headers["location"])
    assert '<html lang="ar" dir="rtl"' in after.text
    assert '<option value="ar" selected>العربية</option>' in after.text
