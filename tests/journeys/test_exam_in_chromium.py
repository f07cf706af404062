"""In Chromium: schedule, pay, sit the exam, read the report, challenge it, have it upheld, see the correction."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import Visitor
from tests.system import Person, System, candidate, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

Window = Callable[[Person], Visitor]


@pytest.fixture
def logged_in(visitor: Callable[..., Visitor]) -> Window:
    def log_in(person: Person) -> Visitor:
        window = visitor()
        window.log_in(person.email)
        return window

    return log_in


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.9")
@pytest.mark.feature("F6.4")
def test_from_schedule_an_exam_to_the_corrected_result(portal: System, logged_in: Window) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    grace, linus = (member(portal, name, "Berg", "administrator") for name in ("Grace", "Linus"))
    mine, hers, his = logged_in(ada), logged_in(grace), logged_in(linus)

    schedule_and_pay(mine)
    (one,) = ada.get("/api/v1/me/appointments")["appointments"]
    deliver_and_score(hers, one["appointment_id"])
    read_and_challenge(mine)
    (challenge,) = ada.get("/api/v1/me/challenges")["objections"]
    uphold(hers, his, f"/console/challenges/{challenge['challenge_id']}")

    mine.open("/testing-history")
    mine.sees("830")
    expect(mine.page.locator("main tbody").get_by_text("Pass")).to_be_visible()
    (line,) = ada.get("/api/v1/me/exams")["results"]
    assert (line["outcome"], line["score"]) == ("pass", 830)


def schedule_and_pay(mine: Visitor) -> None:
    mine.open("/schedule")
    mine.fill("Code, acronym or title", "200-301")
    mine.press("Go")
    mine.page.locator("#exam-200-301").check()
    mine.press("Next")
    mine.page.locator("main input[name=starts_at]:enabled").last.check()
    mine.press("Next")
    mine.fill("Your name as on your government ID", "Ada Lovelace")
    mine.fill("Card number", "4242 4242 4242 4242")
    mine.press("Book and pay")
    mine.sees("The exam is booked.")


def deliver_and_score(hers: Visitor, appointment_id: str) -> None:
    for button in ("Check in", "Agreement accepted, start", "Deliver"):
        hers.open(f"/console/test-centre/{appointment_id}")
        hers.press(button)
        hers.sees("It was noted.")
    hers.page.locator("#outcome-fail").check()
    hers.page.locator("#score").fill("790")
    hers.page.locator("#domain_0").fill("IP services")
    hers.page.locator("#percent_0").fill("61")
    hers.press("Score the exam")
    hers.sees("The exam is scored.")


def read_and_challenge(mine: Visitor) -> None:
    mine.open("/testing-history")
    mine.page.get_by_role("link", name="Score report").click()
    mine.sees("790 of 1000")
    mine.sees("61 %")
    with mine.page.expect_download() as report:
        mine.follow("Download as PDF")
    assert report.value.suggested_filename.startswith("score-report-200-301-")
    mine.follow("Challenge this result")
    mine.follow("Open a challenge")
    mine.page.locator("#about").select_option(index=1)
    mine.page.locator("#question").fill("12")
    mine.page.locator("#statement").fill("No answer of question 12 is right.")
    mine.press("Open the challenge")
    mine.sees("The challenge was opened.")


def uphold(hers: Visitor, his: Visitor, where: str) -> None:
    hers.open("/console/challenges")
    hers.page.locator(f'main a[href="{where}"]').click()
    hers.press("Take this challenge")
    hers.page.locator("#upheld-yes").check()
    hers.page.locator("#remedy").select_option("correct")
    hers.page.locator("#outcome").select_option("pass")
    hers.page.locator("#score").fill("830")
    hers.page.locator("form[action$=ruling] input[name=reason]").fill("scoring-error")
    hers.press("Propose")
    hers.sees("somebody else has to agree")
    his.open("/console/challenges")
    his.page.locator(f'main a[href="{where}"]').click()
    his.press("Agree")
    his.sees("Upheld")


@pytest.mark.feature("F12.2")
def test_a_result_is_revoked_by_two_people_on_pages(portal: System, logged_in: Window) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    grace, linus = (member(portal, name, "Torvald", "administrator") for name in ("Grace", "Linus"))
    provider(portal).do("POST", "/api/provider/v1/results", result(ada.candidate_id, "200-301", "2026-09-01"))
    hers, his = logged_in(grace), logged_in(linus)
    hers.open(f"/console/exams/{ada.candidate_id}")
    hers.page.locator("#action").select_option("revoke-result")
    hers.page.locator("#result_id").select_option(index=1)
    hers.page.locator("#reason").fill("score-irregular")
    hers.page.locator("#why").fill("A letter of the test site.")
    hers.press("Propose")
    hers.page.wait_for_url("**/console/approvals**")
    assert ada.get("/api/v1/me/exams")["results"][0]["outcome"] == "pass"
    his.open("/console/approvals")
    his.page.locator("main tbody a").first.click()
    his.page.get_by_role("button", name="Grant").or_(his.page.get_by_role("button", name="Approve")).first.click()
    expect(his.page.locator("main")).to_contain_text("granted", ignore_case=True)
    assert ada.get("/api/v1/me/exams")["results"][0]["outcome"] == "invalidated"
