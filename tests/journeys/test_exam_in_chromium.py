"""In Chromium: schedule, pay, sit the exam, read the report, challenge it, have it upheld, see the correction."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.system import PASSWORD, Person, System, candidate, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("chromium"), "sqlite") as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def logged_in(system: System, chromium: Browser) -> Callable[[Person], Page]:
    def log_in(person: Person) -> Page:
        page = chromium.new_context(base_url=system.url).new_page()
        page.goto("/login")
        page.locator("#email").fill(person.email)
        page.locator("main button").first.click()
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return log_in


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.9")
@pytest.mark.feature("F6.4")
def test_from_schedule_an_exam_to_the_corrected_result(system: System, logged_in: Callable[[Person], Page]) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    grace, linus = (member(system, name, "Berg", "administrator") for name in ("Grace", "Linus"))
    mine, hers, his = logged_in(ada), logged_in(grace), logged_in(linus)

    schedule_and_pay(mine)
    (one,) = ada.get("/api/v1/me/appointments")["appointments"]
    deliver_and_score(hers, one["appointment_id"])
    read_and_challenge(mine)
    uphold(hers, his)

    mine.goto("/testing-history")
    expect(mine.get_by_text("830")).to_be_visible()
    expect(mine.locator("main tbody").get_by_text("Pass")).to_be_visible()
    (line,) = ada.get("/api/v1/me/exams")["results"]
    assert (line["outcome"], line["score"]) == ("pass", 830)


def schedule_and_pay(mine: Page) -> None:
    mine.goto("/schedule")
    mine.get_by_label("Code, acronym or title").fill("200-301")
    mine.get_by_role("button", name="Go").click()
    mine.locator("#exam-200-301").check()
    mine.get_by_role("button", name="Next").click()
    mine.locator("main input[name=starts_at]:enabled").last.check()
    mine.get_by_role("button", name="Next").click()
    for name in ("Ada King", "Ada Lovelace"):
        mine.locator("#confirmed_name").fill(name)
        mine.locator("#card").fill("4242 4242 4242 4242")
        mine.get_by_role("button", name="Book and pay").click()
        if name == "Ada King":
            expect(mine.get_by_text("The name must be the one on your government ID").first).to_be_visible()
    expect(mine.get_by_text("The exam is booked.")).to_be_visible()


def deliver_and_score(hers: Page, appointment_id: str) -> None:
    for button in ("Check in", "Agreement accepted, start", "Deliver"):
        hers.goto(f"/console/test-centre/{appointment_id}")
        hers.get_by_role("button", name=button).click()
        expect(hers.get_by_text("It was noted.")).to_be_visible()
    hers.locator("#outcome-fail").check()
    hers.locator("#score").fill("790")
    hers.locator("#domain_0").fill("IP services")
    hers.locator("#percent_0").fill("61")
    hers.get_by_role("button", name="Score the exam").click()
    expect(hers.get_by_text("The exam is scored.")).to_be_visible()


def read_and_challenge(mine: Page) -> None:
    mine.goto("/testing-history")
    mine.get_by_role("link", name="Score report").click()
    expect(mine.get_by_text("790 of 1000")).to_be_visible()
    expect(mine.get_by_text("61 %").first).to_be_visible()
    with mine.expect_download() as report:
        mine.get_by_role("link", name="Download as PDF").click()
    assert report.value.suggested_filename.startswith("score-report-200-301-")
    mine.get_by_role("link", name="Challenge this result").click()
    mine.get_by_role("link", name="Open a challenge").click()
    mine.locator("#about").select_option(index=1)
    mine.locator("#question").fill("12")
    mine.locator("#statement").fill("No answer of question 12 is right.")
    mine.get_by_role("button", name="Open the challenge").click()
    expect(mine.get_by_text("The challenge was opened.")).to_be_visible()


def uphold(hers: Page, his: Page) -> None:
    hers.goto("/console/challenges")
    hers.get_by_role("link", name="Open").first.click()
    hers.get_by_role("button", name="Take this challenge").click()
    hers.locator("#upheld-yes").check()
    hers.locator("#remedy").select_option("correct")
    hers.locator("#outcome").select_option("pass")
    hers.locator("#score").fill("830")
    hers.locator("form[action$=ruling] input[name=reason]").fill("scoring-error")
    hers.get_by_role("button", name="Propose").click()
    expect(hers.get_by_text("somebody else has to agree")).to_be_visible()
    his.goto("/console/challenges")
    his.get_by_role("link", name="Open").first.click()
    his.get_by_role("button", name="Agree").click()
    expect(his.get_by_text("Upheld").first).to_be_visible()


@pytest.mark.feature("F12.2")
def test_a_result_is_revoked_by_two_people_on_pages(system: System, logged_in: Callable[[Person], Page]) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    grace, linus = (member(system, name, "Torvald", "administrator") for name in ("Grace", "Linus"))
    told = result(ada.candidate_id, "200-301", "2026-09-01")
    provider(system).do("POST", "/api/provider/v1/results", told)
    hers, his = logged_in(grace), logged_in(linus)
    hers.goto(f"/console/exams/{ada.candidate_id}")
    hers.locator("#action").select_option("revoke-result")
    hers.locator("#result_id").select_option(index=1)
    hers.locator("#reason").fill("score-irregular")
    hers.locator("#why").fill("A letter of the test site.")
    hers.get_by_role("button", name="Propose").click()
    hers.wait_for_url("**/console/approvals**")
    assert ada.get("/api/v1/me/exams")["results"][0]["outcome"] == "pass"
    his.goto("/console/approvals")
    his.locator("main tbody a").first.click()
    his.get_by_role("button", name="Grant").or_(his.get_by_role("button", name="Approve")).first.click()
    expect(his.locator("main")).to_contain_text("granted", ignore_case=True)
    assert ada.get("/api/v1/me/exams")["results"][0]["outcome"] == "invalidated"
