"""The portal's pages in front of stock nameko services, as a browser without scripts sees them."""

import io
import json
import zipfile

import httpx
import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import CODE, NAME, PASSWORD

pytestmark = pytest.mark.server


@pytest.fixture
def at_home(browser: httpx.Client) -> httpx.Client:
    """A browser that Ada has logged in with."""
    log_in(browser, PASSWORD)
    return browser


@pytest.mark.parametrize(
    "path",
    [
        "/login", "/sign-up", "/sign-up/sent", "/confirm", "/confirm/again", "/unlock", "/unlock/open",
        "/password/forgotten", "/password/new", "/mailbox", "/privacy", "/terms", "/verify",
    ],
)  # fmt: skip
def test_visitors_pages_are_well_made(browser, path):
    follow(browser, path)


@pytest.mark.feature("F3.1")
@pytest.mark.parametrize(
    "path",
    [
        "/home", "/personal-info", "/personal-info/erase", "/mapping", "/security", "/testing-history",
        "/testing-history?page=2&sort=exam",
        "/certifications", "/certifications/history", "/kits", "/kits/K1/claim", "/transcripts", "/transcripts/new",
    ],
)  # fmt: skip
def test_candidates_pages_are_well_made_and_carry_the_menu(at_home, path):
    page = follow(at_home, path)
    menu = {"/home", "/personal-info", "/testing-history", "/certifications", "/kits", "/transcripts"}
    assert menu <= set(page.links)


@pytest.mark.feature("F1.1")
@pytest.mark.feature("F1.2")
def test_the_log_in_asks_for_the_email_first_and_then_for_the_password(browser):
    log_in(browser, PASSWORD)
    cookie = {cookie.name: cookie for cookie in browser.cookies.jar}
    assert {"session", "token"} <= cookie.keys()
    assert all(one.has_nonstandard_attr("HttpOnly") for one in cookie.values())
    assert all(one.get_nonstandard_attr("SameSite") == "lax" for one in cookie.values())
    assert "Welcome, Ada <Lovelace>" in follow(browser, "/home").text


@pytest.mark.feature("F1.2")
def test_a_wrong_password_comes_back_with_a_summary(browser):
    first = follow(browser, "/login")
    send(browser, first, "/login", email="ada@example.org")
    second = follow(browser, "/login/password")
    answer = send(browser, second, "/login/password", password="wrong")
    assert answer.status_code == 422
    assert "E-mail address or password is not right." in checked(answer).text


def test_after_the_log_in_the_visit_goes_on_where_it_was_meant_to(browser):
    asked = browser.get("/kits")
    page = follow(browser, asked.headers["location"])
    send(browser, page, "/login", email="ada@example.org")
    answer = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    assert answer.headers["location"] == "/kits"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_led_to_another_site(browser, target):
    page = follow(browser, f"/login?next={target}")
    send(browser, page, "/login", email="ada@example.org", next=target)
    answer = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    assert answer.headers["location"] == "/home"


def test_logging_out_ends_the_visit(at_home):
    answer = send(at_home, follow(at_home, "/home"), "/logout")
    assert answer.headers["location"] == "/login?notice=logged-out"
    assert at_home.get("/home").headers["location"] == "/login"


def test_a_token_that_has_run_out_is_replaced(at_home):
    del at_home.cookies["token"]
    follow(at_home, "/home")
    assert "token" in at_home.cookies


@pytest.mark.parametrize("wrong", ["", "0" * 64])
def test_a_form_without_its_token_changes_nothing(at_home, wrong):
    page = follow(at_home, "/kits/K1/claim")
    answer = send(at_home, page, "/kits/K1/claim", printed_name=NAME, form_token=wrong)
    assert answer.status_code == 403
    checked(answer)


def test_a_form_of_another_log_in_changes_nothing(at_home, browser):
    page = follow(at_home, "/kits/K1/claim")
    at_home.cookies.set("session", "somebody.else")
    assert send(at_home, page, "/kits/K1/claim", printed_name=NAME).status_code == 403


@pytest.mark.feature("F1.4")
@pytest.mark.feature("F1.5")
def test_a_new_account_leads_to_the_mailbox(browser):
    page = follow(browser, "/sign-up")
    assert "We record both versions and the time." in page.text
    entries = {"email": "ada@example.org", "password": PASSWORD, "first_name": "Ada", "last_name": "L", "country": "GB"}
    answer = send(browser, page, "/sign-up", **entries)
    assert answer.headers["location"] == "/sign-up/sent"
    assert "we have mailed a link" in follow(browser, answer.headers["location"]).text


@pytest.mark.feature("F1.4")
def test_missing_entries_are_named_in_a_summary_that_links_to_them(browser):
    answer = send(browser, follow(browser, "/sign-up"), "/sign-up", email="nonsense", first_name="<b>Ada")
    page = checked(answer)
    assert answer.status_code == 422
    assert {"#email", "#password", "#last_name", "#country"} <= set(page.links)
    assert "First name: " not in page.text
    assert "<b>" not in answer.text


@pytest.mark.feature("F2.1")
def test_the_address_is_saved_and_the_page_says_so(at_home):
    page = follow(at_home, "/personal-info")
    assert page.forms["/personal-info"]["line_1"] == "12 Box Hill Road"
    entries = {"country": "GB", "line_1": "1 New Road", "city": "Dorking", "news": "no"}
    answer = send(at_home, page, "/personal-info", **entries)
    assert answer.headers["location"] == "/personal-info?notice=profile-saved"
    assert "written" in at_home.cookies


@pytest.mark.feature("F2.2")
def test_a_po_box_is_refused_at_its_line(at_home):
    page = follow(at_home, "/personal-info")
    entries = {"country": "GB", "line_1": "PO Box 12", "city": "Dorking", "news": "yes"}
    answer = send(at_home, page, "/personal-info", **entries)
    assert answer.status_code == 409
    assert "#line_1" in checked(answer).links
    assert "Please give a street address." in checked(answer).text


@pytest.mark.feature("F2.1")
def test_an_address_without_a_street_is_refused_at_its_first_line(at_home):
    answer = send(at_home, follow(at_home, "/personal-info"), "/personal-info", country="GB", line_1="", city="Dorking")
    assert answer.status_code == 422
    assert "#line_1" in checked(answer).links


@pytest.mark.feature("F2.1")
def test_the_form_follows_the_country_without_scripts(at_home):
    page = follow(at_home, "/personal-info")
    entries = {"country": "JP", "line_1": "1-2-3 Jinnan", "news": "no", "redraw": "yes"}
    redrawn = send(at_home, page, "/personal-info", **entries)
    drawn = checked(redrawn)
    assert redrawn.status_code == 200
    assert drawn.forms["/personal-info"]["line_1"] == "1-2-3 Jinnan"
    assert "Prefecture" in drawn.text
    assert "Tokyo · 東京都" in drawn.text
    assert "city" not in drawn.forms["/personal-info"]
    assert drawn.fields.index("postal_code") < drawn.fields.index("state") < drawn.fields.index("line_1")


@pytest.mark.rule("R-D2")
@pytest.mark.feature("F2.2")
def test_a_private_mailbox_is_saved_with_a_warning(at_home):
    page = follow(at_home, "/personal-info")
    assert page.text.index("cannot be sent to a P.O. Box") < page.text.index("Address (cont.)")
    entries = {"country": "GB", "line_1": "PMB 12", "city": "Dorking", "postal_code": "RH5 6BY", "news": "no"}
    answer = send(at_home, page, "/personal-info", **entries)
    assert "private mailbox" in follow(at_home, answer.headers["location"]).text


@pytest.mark.feature("F8.4")
def test_twenty_clicks_on_claim_lead_to_the_same_page(at_home):
    page = follow(at_home, "/kits/K1/claim")
    answers = [send(at_home, page, "/kits/K1/claim", printed_name=NAME) for _ in range(20)]
    assert {answer.headers["location"] for answer in answers} == {"/kits?notice=kit-ordered"}


@pytest.mark.feature("F8.4")
def test_a_refused_name_comes_back_in_words_with_a_fresh_key(at_home):
    page = follow(at_home, "/kits/K1/claim")
    answer = send(at_home, page, "/kits/K1/claim", printed_name="Grace")
    again = checked(answer)
    assert answer.status_code == 409
    assert "The printed name must be your name" in again.text
    key = "idempotency_key"
    assert again.forms["/kits/K1/claim"][key] != page.forms["/kits/K1/claim"][key]


@pytest.mark.feature("F4.1")
def test_the_certification_status_has_its_columns_and_dates_in_words(at_home):
    answer = at_home.get("/certifications")
    for column in ("Name", "Abbreviation", "Group", "Status", "Active date", "Expire date"):
        assert f'<th scope="col">{column}</th>' in answer.text
    assert '<time datetime="2027-05-29">29 May 2027</time>' in answer.text
    assert CODE in answer.text


@pytest.mark.feature("F3.4")
@pytest.mark.feature("F3.5")
def test_the_dashboard_tells_recent_activity_and_upcoming_expirations(at_home):
    page = follow(at_home, "/home")
    assert "Certification earned: CCNA" in page.text
    assert "Exam 200-301 Networking basics: Pass" in page.text
    assert "177" in page.text
    assert "6 more credits of continuing education" in page.text


@pytest.mark.feature("F10.5")
def test_the_exam_dashboard_leads_to_the_pages_of_the_provider(at_home):
    assert "https://provider.example/profile" in follow(at_home, "/schedule/dashboard").links


@pytest.mark.feature("F3.2")
def test_the_dashboard_welcomes_and_leads_to_booking_and_to_what_waits(at_home):
    page = follow(at_home, "/home")
    assert f"Welcome, {NAME}" in page.text
    assert {"/schedule", "/kits/K1/claim"} <= set(page.links)
    assert "Your certificate for CCNA is waiting." in page.text


@pytest.mark.feature("F3.4")
def test_the_dashboard_tells_how_far_a_result_is(at_home):
    page = follow(at_home, "/home")
    told = ("Result received", "Matched to your record", "Verification code is being made", "Printed kit offered")
    assert [words for words in told if words not in page.text] == []


@pytest.mark.feature("F3.3")
def test_an_announcement_is_put_away_from_its_page_and_stays_away_elsewhere(at_home, ada):
    page = follow(at_home, "/home")
    assert "New lab in Berlin" in page.text
    answer = send(at_home, page, "/announcements/N1/dismissal")
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    assert "New lab in Berlin" not in follow(at_home, "/home").text
    assert ada.get("/api/v1/me/announcements").json()["announcements"] == []


@pytest.mark.feature("F3.3")
def test_an_announcement_that_is_for_others_cannot_be_put_away(at_home, ada):
    page = follow(at_home, "/home")
    token = {"form_token": page.forms["/logout"]["form_token"], "idempotency_key": "k1"}
    answer = at_home.post("/announcements/N2/dismissal", data=token)
    assert answer.status_code == 409
    assert "There is no such announcement." in checked(answer).text
    refused = ada.post("/api/v1/me/announcements/N2/dismissal", headers={"Idempotency-Key": "k2"})
    assert (refused.status_code, refused.json()["code"]) == (409, "announcement-unknown")


@pytest.mark.feature("F9.4")
@pytest.mark.feature("F9.5")
def test_a_transcript_is_made_shared_and_switched_off(at_home):
    form = follow(at_home, "/transcripts/new")
    made = send(at_home, form, "/transcripts/new", which="chosen", certifications="ccna", show_dates="yes")
    assert made.headers["location"] == "/transcripts?notice=transcript-created"
    page = follow(at_home, "/transcripts")
    assert f"/t/{CODE}" in page.text
    for action, notice in (("share", "shared"), ("disable", "disabled")):
        answer = send(at_home, page, f"/transcripts/T1/{action}")
        assert answer.headers["location"] == f"/transcripts?notice=transcript-{notice}"
    send(at_home, page, "/transcripts/T1/share")


def test_a_refused_button_comes_back_in_words(at_home):
    answer = send(at_home, follow(at_home, "/transcripts"), "/transcripts/T1/delete")
    assert answer.status_code == 409
    assert "There is no such transcript." in checked(answer).text


@pytest.mark.feature("F9.6")
def test_a_transcript_without_a_chosen_certification_is_not_made(at_home):
    answer = send(at_home, follow(at_home, "/transcripts/new"), "/transcripts/new", which="chosen")
    assert "Choose at least one certification." in checked(answer).text


@pytest.mark.feature("F9.10")
def test_readers_see_the_transcript_without_private_notes_and_search_engines_nothing(browser):
    answer = browser.get(f"/t/{CODE}")
    page = checked(answer)
    assert "Transcript of Ada <Lovelace>" in page.text
    assert "for ACME" not in page.text
    assert "that is not the end of any certification" in page.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
    assert "set-cookie" not in answer.headers


def test_readers_of_a_dead_link_are_told_whom_to_ask(browser):
    answer = browser.get("/t/ZZZZZZZZZZZZZZZZ")
    assert answer.status_code == 404
    assert "Ask the person who gave it to you" in checked(answer).text


@pytest.mark.feature("F11.1")
def test_a_typed_code_leads_to_its_own_page(browser):
    answer = browser.get("/verify", params={"code": " abcd-efgh jkmn-pqrs "})
    assert answer.headers["location"] == f"/verify/{CODE}"
    page = follow(browser, f"/verify/{CODE}")
    assert "This certification is valid." in page.text
    assert NAME in page.text


@pytest.mark.feature("F11.1")
def test_a_typed_code_that_cannot_exist_comes_back_with_a_summary(browser):
    answer = browser.get("/verify", params={"code": "<?>"})
    assert answer.status_code == 422
    assert "This is not a verification code." in checked(answer).text


@pytest.mark.rule("R-P1")
@pytest.mark.feature("F2.11")
def test_erasing_the_account_waits_two_weeks_and_can_be_withdrawn(at_home):
    answer = send(at_home, follow(at_home, "/personal-info/erase"), "/personal-info/erase")
    assert answer.headers["location"] == "/personal-info/erase?notice=erasure-requested"
    assert "We have mailed you the day." in follow(at_home, answer.headers["location"]).text


@pytest.mark.feature("F2.11")
@pytest.mark.rule("R-P2")
def test_my_data_is_shown_and_downloaded(at_home):
    page = follow(at_home, "/privacy/data")
    assert "site-terms" in page.text.lower() or "Site terms" in page.text
    found = at_home.get("/privacy/data/download")
    assert found.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        assert archive.namelist() == ["my-data.json", "my-data.html"]
        assert json.loads(archive.read("my-data.json"))["profile"]["email"] == "ada@example.org"
        assert "&lt;Lovelace&gt;" in archive.read("my-data.html").decode()


@pytest.mark.feature("F2.4")
def test_a_company_is_chosen_or_written(at_home):
    page = follow(at_home, "/personal-info/company")
    assert "none is recorded for you" in page.text
    answer = send(at_home, page, "/personal-info/company", company="IBM")
    assert "Your personal data was saved." in follow(at_home, answer.headers["location"]).text
    long = send(at_home, page, "/personal-info/company", other="x" * 121)
    assert (long.status_code, "#company" in checked(long).links) == (422, True)


@pytest.mark.feature("F2.5")
def test_a_job_title_is_saved(at_home):
    page = follow(at_home, "/personal-info/job-title")
    answer = send(at_home, page, "/personal-info/job-title", job_title="Engineer")
    assert answer.headers["location"] == "/personal-info/job-title?notice=profile-saved"
    long = send(at_home, page, "/personal-info/job-title", job_title="x" * 121)
    assert (long.status_code, "#job_title" in checked(long).links) == (422, True)


@pytest.mark.feature("F2.8")
def test_local_script_is_saved(at_home):
    page = follow(at_home, "/personal-info/local-script")
    answer = send(at_home, page, "/personal-info/local-script", name="エイダ", line_1="神南1-19-11")
    assert answer.headers["location"] == "/personal-info/local-script?notice=profile-saved"
    long = send(at_home, page, "/personal-info/local-script", name="x" * 201)
    assert (long.status_code, "#name" in checked(long).links) == (422, True)


@pytest.mark.feature("F2.10")
def test_the_directory_is_off_and_refuses_minors(at_home):
    page = follow(at_home, "/personal-info/directory")
    assert page.forms["/personal-info/directory"]["listed"] == "no"
    answer = send(at_home, page, "/personal-info/directory", listed="yes", shown="city")
    assert answer.headers["location"] == "/personal-info/directory?notice=profile-saved"
    refused = send(at_home, page, "/personal-info/directory", listed="yes", shown="company", idempotency_key="b")
    assert (refused.status_code, "Under 18" in checked(refused).text) == (409, True)


@pytest.mark.rule("R-M1")
def test_a_guardian_answers_by_the_mailed_link_without_an_account(browser):
    page = follow(browser, "/guardian?link=good")
    assert "You have not answered yet." in page.text
    answer = send(browser, page, "/guardian", link="good", consents="yes")
    assert answer.headers["location"] == "/guardian?link=good&notice=guardian-consented"
    assert browser.get("/guardian", params={"link": "bad"}).status_code == 409


@pytest.mark.rule("R-M1")
def test_the_guardian_page_says_that_none_is_needed(at_home):
    assert "You need no consent" in follow(at_home, "/personal-info/guardian").text
