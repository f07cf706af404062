"""Exams in the portal's pages, without scripts: each act with the fact that it leaves and what the next page shows."""

import io
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from pypdf import PdfReader

from gateway import wording
from tests.gateway.pages import Page, checked, follow, send
from tests.journeys.exams import (
    book,
    browsing,
    by_phone,
    every_word,
    feed,
    lines,
    report,
    session_of,
    two_people,
)
from tests.system import Person, System, candidate, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def system(portal: System) -> System:
    return portal


@pytest.fixture(scope="module")
def grace(system: System) -> Person:
    return member(system, "Grace", "Hopper", "administrator")


@pytest.mark.feature("F10.3")
def test_an_exam_is_found_by_words_code_and_group(system: System) -> None:
    browser = browsing(system, candidate(system, "Ada", "Lovelace"))
    everything = follow(browser, "/schedule")
    assert "Proctored Exams" in everything.text
    assert "820-605" not in everything.text
    found = follow(browser, "/schedule?words=200-301")
    assert "Implementing and Administering Cisco Solutions" in found.text
    assert "350-401" not in found.text
    assert "820-605" in follow(browser, "/schedule?access_code=PARTNER-2026").text
    refused = browser.get("/schedule?access_code=GUESS")
    assert refused.status_code == 409
    assert "We know no exams under this access code." in checked(refused).text
    onward = browser.get("/schedule/next?exam=200-301")
    assert onward.headers["location"] == "/schedule/exams/200-301"
    assert "09:00" in follow(browser, "/schedule/exams/200-301?site=amsterdam").text


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.7")
@pytest.mark.feature("F10.10")
def test_an_exam_is_booked_moved_and_cancelled_on_pages(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    start = session_of(ada, "200-301", "amsterdam")
    for voucher, price, words in (("learn50", "US$181.50", "Discount"), ("GUESS", "US$363.00", "We know no voucher")):
        looked = checked(book(browser, "200-301", "amsterdam", start, voucher=voucher, act="price")).text
        assert (price in looked, words in looked) == (True, True)
    assert ada.get("/api/v1/me/appointments")["total"] == 0
    booked = book(browser, "200-301", "amsterdam", start, voucher="LEARN50")
    assert booked.headers["location"] == "/schedule/appointments?notice=exam-booked"
    listed = follow(browser, booked.headers["location"])
    assert "The exam is booked." in listed.text
    assert "Certtrack Test Centre Amsterdam" in listed.text
    (one,) = ada.get("/api/v1/me/appointments")["appointments"]
    assert (one["status"], one["total"]) == ("paid", 18_150)
    where = f"/schedule/appointments/{one['appointment_id']}"
    form = follow(browser, f"{where}/move?site=austin")
    moved = send(browser, form, f"{where}/move", session=f"austin|{session_of(ada, '200-301', 'austin', -2)}")
    assert "Certtrack Test Centre Austin" in follow(browser, moved.headers["location"]).text
    gone = send(browser, follow(browser, f"{where}/cancellation"), f"{where}/cancellation")
    assert "Refunded" in follow(browser, gone.headers["location"]).text
    assert "LEARN50" in follow(browser, "/schedule/receipts").text
    receipt = f"/schedule/receipts/{one['appointment_id']}"
    assert "Refunded" in follow(browser, receipt).text
    paper = PdfReader(io.BytesIO(browser.get(f"{receipt}/pdf").content)).pages[0].extract_text()
    assert "LEARN50" in paper
    assert "12 Box Hill Road" in paper


@pytest.mark.feature("F10.2")
@pytest.mark.feature("F10.4")
@pytest.mark.feature("F10.7")
def test_a_phone_booking_is_moved_and_a_day_before_only_given_up_without_refund(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    where = f"/schedule/appointments/{by_phone(system, ada, '200-301', timedelta(days=9))}"
    moved = send(
        browser, follow(browser, f"{where}/move?site=austin"), f"{where}/move",
        session=f"austin|{session_of(ada, '200-301', 'austin')}",
    )  # fmt: skip
    assert "Certtrack Test Centre Austin" in follow(browser, moved.headers["location"]).text
    by_phone(system, ada, "350-401", timedelta(hours=23, minutes=59))
    late = next(each for each in ada.get("/api/v1/me/appointments")["appointments"] if each["exam"] == "350-401")
    assert (late["changeable"], late["refund_if_cancelled"]) == (False, False)
    listed = follow(browser, "/schedule/appointments")
    assert late["self_service"] in listed.links
    where = f"/schedule/appointments/{late['appointment_id']}"
    assert f"{where}/move" not in listed.links
    question = follow(browser, f"{where}/cancellation")
    assert "the fee is lost" in question.text
    gone = send(browser, question, f"{where}/cancellation")
    assert "Not refunded" in follow(browser, gone.headers["location"]).text


@pytest.mark.feature("F10.6")
@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"confirmed_name": "Ada King"}, "The name must be the one on your government ID"),
        ({"card": "4000 0000 0000 0002"}, "The card was declined."),
        ({"voucher": "FREE"}, "We know no voucher with this code."),
    ],
)
def test_a_booking_that_is_refused_says_what_to_do(system: System, entered: dict[str, str], words: str) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    answer = book(browsing(system, ada), "200-301", "austin", session_of(ada, "200-301", "austin"), **entered)
    assert words in checked(answer).text
    assert ada.get("/api/v1/me/appointments")["total"] == 0


@pytest.mark.feature("F10.6")
def test_wait_qualifier_and_ban_are_told_with_their_days(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    report(system, ada, "200-301", 0, "fail")
    early = checked(book(browser, "200-301", "online", session_of(ada, "200-301", "online", 0))).text
    assert "You can take 200-301 again from" in early
    lab = session_of(ada, "LAB-EI", "brussels-lab", 0)
    assert "you first need to pass one of: 350-401" in checked(book(browser, "LAB-EI", "brussels-lab", lab)).text
    ban = {"kind": "ban", "reason": "item-disclosure", "banned_until": (date.today() + timedelta(days=400)).isoformat()}  # noqa: DTZ011 - a day more or less does not matter
    two_people(system, "impose-sanction", ada.candidate_id, ban)
    assert (
        "You cannot book exams until"
        in checked(book(browser, "350-401", "austin", session_of(ada, "350-401", "austin"))).text
    )
    assert "You can appeal until" in follow(browser, "/testing-history/challenges").text


@pytest.mark.feature("F10.6")
@pytest.mark.rule("R-M1")
def test_a_minor_is_told_that_a_guardian_must_consent(system: System) -> None:
    born_on = (datetime.now(UTC) - timedelta(days=15 * 366)).date().isoformat()
    linus = candidate(system, "Linus", "Berg", born_on=born_on)
    start = session_of(linus, "200-301", "online")
    refused = checked(book(browsing(system, linus), "200-301", "online", start, confirmed_name="Linus Berg")).text
    assert "A parent or guardian must give consent before you book." in refused
    assert linus.get("/api/v1/me/appointments")["total"] == 0


@pytest.mark.feature("F10.6")
@pytest.mark.rule("R-N3")
def test_a_newer_agreement_and_a_closed_exam_are_told_with_what_to_do(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    told = result(ada.candidate_id, "200-301", "2026-10-01", "pass")
    provider(system).do("POST", "/api/provider/v1/results", told)
    start = session_of(ada, "350-401", "austin")
    refused = checked(book(browser, "350-401", "austin", start)).text
    assert "Please accept the current certification agreement first." in refused
    send(browser, follow(browser, "/certifications/agreement"), "/certifications/agreement")
    booked = book(browser, "350-401", "austin", start)
    assert booked.headers["location"] == "/schedule/appointments?notice=exam-booked"
    closed = checked(book(browser, "300-425", "austin", start)).text
    assert "300-425 can be taken until" in closed
    assert ada.get("/api/v1/me/appointments")["total"] == 1


@pytest.mark.feature("F6.2")
def test_the_history_is_filtered_and_remembers_its_order(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    report(system, ada, "200-301", 40, "pass")
    report(system, ada, "350-401", 30, "fail")
    newest = follow(browser, "/testing-history").text
    assert newest.index("350-401") < newest.index("200-301")
    follow(browser, "/testing-history?sort=exam&order=asc")
    remembered = follow(browser, "/testing-history").text
    assert remembered.index("200-301") < remembered.index("350-401")
    only = follow(browser, "/testing-history?outcome=fail").text
    assert "ENCOR" in only
    assert "Implementing and Administering Cisco Solutions" not in only
    assert "No result matches." in follow(browser, "/testing-history?outcome=held").text


@pytest.mark.feature("F6.1")
@pytest.mark.feature("F6.7")
@pytest.mark.rule("R-T1")
def test_the_history_has_every_column_and_the_next_allowed_day(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    assert "No results yet." in follow(browser, "/testing-history").text
    sat = datetime.now(UTC).date() - timedelta(days=3)
    told = {
        "kind": "result", "id": f"COLUMNS-{ada.candidate_id}", "candidate_id": ada.candidate_id, "exam": "200-301",
        "taken_on": sat.isoformat(), "outcome": "fail", "score": 790, "language": "en", "delivery": "centre",
        "site": "Amsterdam",
    }  # fmt: skip
    assert feed(system, lines([told])).json()["recorded"] == 1
    (known,) = ada.get("/api/v1/me/exams")["results"]
    page, again = follow(browser, "/testing-history"), sat + timedelta(days=6)
    shown = [words for _, words in page.sentences]
    line = [
        f"{sat.day} {sat:%B %Y}", "200-301", "Implementing and Administering Cisco Solutions",
        "CCNA 1.1 · Test centre · Amsterdam · en", "1", "Fail", "Score report", "200-301", "790",
        f"{again.day} {again:%B %Y}",
    ]  # fmt: skip
    first = shown.index(line[0])
    assert shown[first : first + len(line)] == line
    assert f"/testing-history/results/{known['result_id']}" in page.links
    nobody = httpx.get(f"{system.url}/testing-history", timeout=5.0)
    assert (nobody.status_code, nobody.headers["location"].split("?")[0]) == (303, "/login")


@pytest.mark.feature("F6.6")
def test_the_history_says_each_result_in_its_word(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    every_word(system, ada)
    page = follow(browsing(system, ada), "/testing-history?sort=exam&order=asc")
    shown = [words for _, words in page.sentences]
    found = [word for word in shown[shown.index("200-301") :] if word in WORDS]
    assert found == ["Pass", "Pending", "Held", "Invalidated", "No-show", "Fail"]


WORDS = {wording.status(code) for code in ("pass", "fail", "pending", "held", "invalidated", "no-show")}


@pytest.mark.feature("F6.3")
@pytest.mark.feature("F10.9")
def test_practical_exams_and_score_reports_have_pages(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    assert "No practical exam yet." in follow(browser, "/testing-history/practical").text
    report(system, ada, "350-401", 100, "pass")
    result_id = report(system, ada, "LAB-EI", 40, "fail", score=None)
    practical = follow(browser, "/testing-history/practical").text
    assert "CCIE Enterprise Infrastructure Lab" in practical
    assert "enterprise" in practical
    shown = follow(browser, f"/testing-history/results/{result_id}").text
    assert "Score report" in shown
    paper = browser.get(f"/testing-history/results/{result_id}/pdf")
    assert (paper.status_code, paper.headers["content-type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert "Ada Lovelace" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    other = browsing(system, candidate(system, "Grace", "Hopper"))
    assert other.get(f"/testing-history/results/{result_id}").status_code == 404
    assert other.get(f"/testing-history/results/{result_id}/pdf").status_code == 404


@pytest.mark.feature("F10.8")
def test_an_accommodation_is_asked_for_approved_and_then_booked(system: System, grace: Person) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser, where = browsing(system, ada), "/schedule/accommodations"
    start = session_of(ada, "200-301", "online")
    refused = checked(book(browser, "200-301", "online", start, accommodations="extra-time")).text
    assert "Please have the accommodation approved first" in refused
    empty = follow(browser, where)
    assert "Nothing asked for yet." in empty.text
    assert "Please fill this in." in checked(send(browser, empty, where, accommodation="extra-time")).text
    asked = send(browser, empty, where, accommodation="extra-time", statement="I read slowly.")
    assert "We have your request." in follow(browser, asked.headers["location"]).text
    reviewing, queue = browsing(system, grace), "/console/accommodations"
    page = follow(reviewing, queue)
    assert "I read slowly." in page.text
    (one,) = ada.get("/api/v1/me/accommodations")["requests"]
    decide = f"{queue}/{one['request_id']}"
    assert reviewing.get(queue).status_code == 200
    assert browser.get(queue).status_code == 403
    done = send(reviewing, page, decide, approved="yes")
    assert "No request waits." in follow(reviewing, done.headers["location"]).text
    assert "Approved" in follow(browser, where).text
    booked = book(browser, "200-301", "online", start, accommodations="extra-time")
    assert "Extra time" in follow(browser, booked.headers["location"]).text
    assert ada.get("/api/v1/me/appointments")["appointments"][0]["accommodations"] == ["extra-time"]


@pytest.mark.feature("F6.5")
@pytest.mark.rule("R-T6")
def test_a_late_result_is_reported_missing_from_the_sixth_business_day(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    report(system, ada, "200-301", 2, "pending", score=None)
    assert "Report missing" not in follow(browser, "/testing-history").text
    result_id = report(system, ada, "350-401", 11, "pending", score=None)
    (link,) = (one for one in follow(browser, "/testing-history").links if "missing_or_wrong_result" in one)
    form = follow(browser, link)
    sent = send(
        browser, form, "/testing-history/challenges/new", about=f"missing_or_wrong_result|result|{result_id}",
        statement="Nothing came.",
    )  # fmt: skip
    assert "The challenge was opened." in follow(browser, sent.headers["location"]).text
    (opened,) = ada.get("/api/v1/me/challenges")["objections"]
    assert (opened["kind"], opened["matter_id"]) == ("missing_or_wrong_result", result_id)


@pytest.mark.feature("F10.5")
def test_the_exam_dashboard_leads_to_appointments_reports_payments_and_profiles(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser = browsing(system, ada)
    board: Page = follow(browser, "/schedule/dashboard")
    for path, empty in (
        ("/schedule/appointments", "No appointment yet."),
        ("/testing-history", "No results yet."),
        ("/schedule/receipts", "Nothing paid yet."),
    ):
        assert path in board.links
        assert empty in follow(browser, path).text
    assert {"/personal-info", ada.get("/api/v1/test-provider")["profile"]} <= set(board.links)
    assert browser.get("/schedule/receipts/OTHER").status_code == 404
