"""Challenges, sanctions and appeals in pages: what candidates and reviewers do, and what everybody reads then."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import httpx
import pytest

from tests.gateway.pages import checked, follow, send
from tests.journeys.exams import CARD, book, browsing, report, reviewers, session_of, two_people
from tests.system import Person, System, candidate

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

LIST = "/testing-history/challenges"
CONSOLE = "/api/console/v1/challenges"


@pytest.fixture(scope="module")
def system(portal: System) -> System:
    return portal


@pytest.mark.feature("F6.4")
@pytest.mark.rule("R-H1")
@pytest.mark.rule("R-H4")
def test_a_challenge_is_opened_answered_and_upheld(system: System) -> None:
    ada, one, two = candidate(system, "Ada", "Lovelace"), *(reviewers(system))
    browser = browsing(system, ada)
    empty = follow(browser, "/testing-history/challenges").text
    assert "You have not objected to anything." in empty
    assert "No skill challenge was reported for you." in empty
    result_id = report(system, ada, "200-301", 3, "fail")
    form = follow(browser, "/testing-history/challenges/new")
    about = f"exam_item|result|{result_id}"
    refused = send(browser, form, "/testing-history/challenges/new", about=about, statement="No answer.")
    assert "Please give the number of the question." in checked(refused).text
    form = follow(browser, "/testing-history/challenges/new")
    opened = send(
        browser, form, "/testing-history/challenges/new", about=about, question="12", statement="No answer is right."
    )
    assert "The challenge was opened." in follow(browser, opened.headers["location"]).text
    (listed,) = ada.get("/api/v1/me/challenges")["objections"]
    where, work = (
        f"/testing-history/challenges/{listed['challenge_id']}",
        f"/api/console/v1/challenges/{listed['challenge_id']}",
    )
    one.do("POST", f"{work}/review", {})
    one.do("POST", f"{work}/questions", {"question": "Which one did you choose?"})
    asked = follow(browser, where)
    assert "Which one did you choose?" in asked.text
    refused = browser.post(
        f"{where}/evidence",
        data={**asked.forms[f"{where}/evidence"], "answer": "See."},
        files={"file": ("x.exe", b"\0")},
    )
    assert "Please upload a PDF" in checked(refused).text
    entered = {**asked.forms[f"{where}/evidence"], "answer": "The second."}
    letter = ("Brief für 山田.pdf", b"%PDF-1.7" + b"x" * 100_000)
    twice = [browser.post(f"{where}/evidence", data=entered, files={"file": letter}) for _ in range(2)]
    assert {one.headers["location"] for one in twice} == {f"{where}?notice=challenge-answered"}
    answered = follow(browser, where)
    assert "The second." in answered.text
    (attached,) = (link for link in answered.links if "/files/" in link)
    assert browser.get(attached).content == letter[1]
    reviewing = browsing(system, one)
    (shown,) = (
        link for link in follow(reviewing, f"/console/challenges/{listed['challenge_id']}").links if "/files/" in link
    )
    download = reviewing.get(shown)
    assert (download.content, download.headers["content-type"]) == (letter[1], "application/pdf")
    assert quote(letter[0]) in download.headers["content-disposition"]
    assert browsing(system, candidate(system, "Linus", "Berg")).get(attached).status_code == 404
    ruling = {"upheld": True, "reason": "scoring-error", "remedy": "correct", "outcome": "pass", "score": 830}
    one.do("POST", f"{work}/ruling", ruling)
    two.do("POST", f"{work}/decision", {"agrees": True})
    assert "Upheld" in follow(browser, where).text
    corrected = follow(browser, "/testing-history").text
    assert "830" in corrected
    assert "Pass" in corrected


def rule(one: Person, two: Person, challenge_id: str, **ruling: object) -> None:
    """One reviewer upholds the challenge, the other one agrees."""
    work = f"{CONSOLE}/{challenge_id}"
    one.do("POST", f"{work}/review", {})
    one.do("POST", f"{work}/ruling", {"upheld": True, "reason": "scoring-error", **ruling})
    two.do("POST", f"{work}/decision", {"agrees": True})


@pytest.mark.feature("F6.4")
@pytest.mark.feature("F10.10")
@pytest.mark.rule("R-H3")
def test_a_lab_is_scored_again_for_a_fee_which_goes_back_with_a_receipt(system: System) -> None:
    ada, (one, two) = candidate(system, "Ada", "Lovelace"), reviewers(system)
    browser = browsing(system, ada)
    result_id = report(system, ada, "LAB-EI", 3, "fail", score=None)
    entered = {"about": f"lab_rescore|result|{result_id}", "statement": "Task 4 was whole."}
    refused = send(browser, follow(browser, f"{LIST}/new"), f"{LIST}/new", **entered, card="1234")
    assert "This installation takes test cards only" in checked(refused).text
    assert ada.get("/api/v1/me/challenges")["objections"] == []
    send(browser, follow(browser, f"{LIST}/new"), f"{LIST}/new", **entered, card=CARD)
    (opened,) = ada.get("/api/v1/me/challenges")["objections"]
    receipt = f"/schedule/receipts/{opened['challenge_id']}"
    paid = follow(browser, receipt).text
    assert ("Challenge fee" in paid, "US$1,000.00" in paid, "Refunded" in paid) == (True, True, False)
    rule(one, two, opened["challenge_id"], remedy="correct", outcome="pass")
    assert "Refunded" in follow(browser, receipt).text
    assert "Pass" in follow(browser, "/testing-history/practical").text


@pytest.mark.feature("F6.4")
@pytest.mark.rule("R-X3")
def test_a_ban_is_appealed_on_pages_and_judged_by_others_than_who_imposed_it(system: System) -> None:
    ada, (one, two) = candidate(system, "Ada", "Lovelace"), reviewers(system)
    browser = browsing(system, ada)
    until = (datetime.now(UTC) + timedelta(days=90)).date()
    two_people(system, "impose-sanction", ada.candidate_id, ban(until))
    told = follow(browser, LIST)
    assert ("item-disclosure" in told.text, "You can appeal until" in told.text) == (True, True)
    (sanction,) = ada.get("/api/v1/me/sanctions")["sanctions"]
    about = f"sanction_appeal|sanction|{sanction['sanction_id']}"
    opened = send(browser, follow(browser, f"{LIST}/new"), f"{LIST}/new", about=about, statement="I told nobody.")
    assert "The challenge was opened." in follow(browser, opened.headers["location"]).text
    (appeal,) = ada.get("/api/v1/me/challenges")["objections"]
    again = send(browser, follow(browser, f"{LIST}/new"), f"{LIST}/new", about=about, statement="Again.")
    assert "You have challenged this before." in checked(again).text
    rule(one, two, appeal["challenge_id"], remedy="lift")
    assert "Upheld" in follow(browser, f"{LIST}/{appeal['challenge_id']}").text
    booked = book(browser, "350-401", "austin", session_of(ada, "350-401", "austin"))
    assert "The exam is booked." in follow(browser, booked.headers["location"]).text


def ban(until: date) -> dict[str, str]:
    return {"kind": "ban", "reason": "item-disclosure", "banned_until": until.isoformat()}


@pytest.mark.feature("F12.2")
@pytest.mark.rule("R-X4")
def test_a_sanction_is_imposed_and_lifted_by_two_people_on_pages(system: System) -> None:
    ada, (one, two) = candidate(system, "Ada", "Lovelace"), reviewers(system)
    hers, his = browsing(system, one), browsing(system, two)
    record, exams = f"/console/candidates/{ada.candidate_id}", f"/console/exams/{ada.candidate_id}"
    assert exams in follow(hers, record).links
    until = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
    why = {"reason": "item-disclosure", "why": "A letter of the test site."}
    refused = send(hers, follow(hers, exams), exams, action="impose-sanction", kind="ban", **why)
    assert "A ban needs a last day" in checked(refused).text
    send(hers, follow(hers, exams), exams, action="impose-sanction", kind="ban", banned_until=until, **why)
    grant(his)
    (ban,) = ada.get("/api/v1/me/sanctions")["sanctions"]
    assert (ban["banned_until"], ban["lifted"]) == (until, False)
    mine = browsing(system, ada)
    assert (
        "You cannot book exams until"
        in checked(book(mine, "350-401", "austin", session_of(ada, "350-401", "austin"))).text
    )
    asked = send(
        hers, follow(hers, exams), exams, action="lift-sanction", sanction_id=ban["sanction_id"],
        reason="appeal-upheld", why="The letter was wrong.",
    )  # fmt: skip
    assert asked.headers["location"].startswith("/console/approvals")
    grant(his)
    assert "Lifted" in follow(hers, exams).text
    assert ada.get("/api/v1/me/sanctions")["sanctions"][0]["lifted"] is True


def grant(browser: httpx.Client) -> None:
    """Grant the newest proposal on the approvals page."""
    link = next(
        link for link in follow(browser, "/console/approvals").links if link.startswith("/console/approvals/testing/")
    )
    answer = send(browser, follow(browser, link), f"{link}/approve")
    assert answer.status_code == httpx.codes.SEE_OTHER, checked(answer).text
