"""In Chromium, on one installation whose clock travels: late results, an expert's emeritus, the life of a CCNP."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import Visitor
from tests.corner import Corner
from tests.system import PASSWORD, Person, System, candidate, eventually, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

GATE = date(2027, 1, 5)
"""New earnings need the agreement of November 2026 then; an exam of before does not accept it."""
CCNA, CCDE = "Cisco Certified Network Associate", "Cisco Certified Design Expert"
CCNP = "Cisco Certified Network Professional Enterprise"
Window = Callable[..., Visitor]


@pytest.fixture(scope="module")
def portal(place: Corner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """An installation of its own: its clock goes on while the others' stands still."""
    with System(tmp_path_factory.mktemp("travelling"), "sqlite", place=place) as running:
        yield running


def today(portal: System) -> date:
    return datetime.now(UTC).date() + timedelta(days=portal.days_ahead)


def years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def words(day: date | str) -> str:
    """A day as the portal writes it for readers in English."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def reports(portal: System, person: Person, *sittings: tuple[str, date]) -> None:
    """The provider reports passes, and certification has heard of the last one."""
    for exam, taken_on in sittings:
        told = result(person.candidate_id, exam, taken_on.isoformat())
        provider(portal).do("POST", "/api/provider/v1/results", told)
    assert portal.settled()


def agrees(person: Person) -> None:
    version = person.get("/api/v1/me/agreement")["current"]
    person.do("POST", "/api/v1/me/agreement", {"version": version})


def line_of(person: Person, certification: str) -> dict[str, Any]:
    found = person.get("/api/v1/me/certifications")
    lines = [*found["certifications"], *found["in_progress"]]
    return next((one for one in lines if one["certification"] == certification), {"status": None})


def row(window: Visitor, name: str) -> str:
    """What a line of the page's table says, from left to right."""
    return " ".join(window.page.get_by_role("row").filter(has_text=name).first.inner_text().split())


def opens(window: Visitor, path: str, heading: str) -> None:
    window.open(path)
    window.arrives(heading)


@pytest.mark.feature("F4.5")
@pytest.mark.feature("F3.4")
@pytest.mark.rule("R-O3")
def test_a_late_result_after_expiry_reinstates_and_status_dashboard_and_history_agree(
    portal: System, visitor: Window
) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    agrees(ada)
    ended = today(portal) - timedelta(days=20)
    renewed = ended - timedelta(days=5)
    until = renewed.replace(year=renewed.year + 3, day=min(renewed.day, 28))
    reports(portal, ada, ("200-301", years_before(ended, 3)))
    expired_on = line_of(ada, "ccna")["expires_on"]
    window = visitor()
    window.log_in(ada.email)
    opens(window, "/certifications", "Certifications")
    assert f"Expired {words(years_before(ended, 3))} {words(expired_on)}" in row(window, CCNA)

    reports(portal, ada, ("200-201", renewed.replace(day=min(renewed.day, 28))))

    until = line_of(ada, "ccna")["expires_on"]
    opens(window, "/certifications", "Certifications")
    assert f"Active {words(years_before(ended, 3))} {words(until)}" in row(window, CCNA)
    opens(window, "/home", "Welcome, Ada Lovelace")
    activity = window.page.locator("section").filter(has=window.page.get_by_role("heading", name="Recent activity"))
    expect(activity.get_by_text(f"Certification reinstated: {CCNA}")).to_be_visible()
    opens(window, "/certifications/history", "Certification history")
    history = row(window, "Certification reinstated")
    assert f"Certification reinstated {words(expired_on)} {words(until)}" in history
    told = ada.get("/api/v1/me/certifications/history")["history"]
    assert [(one["old_expires_on"], one["expires_on"]) for one in told if one["what"] == "reinstated"] == [
        (expired_on, until)
    ]


@pytest.mark.feature("F4.8")
@pytest.mark.rule("R-E2")
@pytest.mark.rule("R-E4")
def test_an_expert_pays_for_emeritus_lower_ones_expire_and_an_exam_brings_it_back(
    portal: System, visitor: Window
) -> None:
    grace = candidate(portal, "Grace", "Hopper")
    agrees(grace)
    last = years_before(today(portal), 3) + timedelta(days=8)
    labs = [("LAB-DE", years_before(last, years)) for years in (8, 6, 3, 0)]
    lower = ("350-401", years_before(last, 1))
    reports(portal, grace, ("400-007", years_before(last, 8) - timedelta(days=90)), lower, *labs)
    window = visitor()
    window.log_in(grace.email)
    opens(window, "/certifications/expert", "Expert status")
    window.press("Apply for Emeritus")
    window.sees("Your application is registered.")
    number = grace.get("/api/v1/me/expert")["applications"][0]["application_id"]
    body = {"application_id": number, "payment": "PAY-7", "paid_on": today(portal).isoformat()}
    provider(portal).do("POST", "/api/provider/v1/emeritus-payments", body)
    opens(window, "/certifications/expert", "Expert status")
    window.sees("paid on")

    portal.travel(14)
    window.log_in(grace.email)

    opens(window, "/certifications", "Certifications")
    assert "Emeritus" in row(window, CCDE)
    assert "Expired" in row(window, "Cisco Certified Specialist - Enterprise Core")
    reports(portal, grace, ("400-007", today(portal)))
    opens(window, "/certifications", "Certifications")
    returned = line_of(logged_in(portal, grace), "ccde")
    assert f"Active {words(returned['active_on'])} {words(returned['expires_on'])}" in row(window, CCDE)
    opens(window, "/certifications/history", "Certification history")
    window.sees("Active again after Emeritus")


def logged_in(portal: System, person: Person) -> Person:
    """The same person with a session of after the travel."""
    again = Person(portal, candidate_id=person.candidate_id, email=person.email)
    opened = again.do("POST", "/api/v1/sessions", {"email": person.email, "password": PASSWORD})
    again.token = opened["token"]
    return again


@pytest.mark.feature("F4.4")
@pytest.mark.feature("F4.6")
@pytest.mark.feature("F5.5")
def test_the_life_of_a_professional_certification_from_the_core_exam_to_its_end(
    portal: System, visitor: Window
) -> None:
    linus = candidate(portal, "Linus", "Berg")
    reports(portal, linus, ("350-401", date(2026, 9, 1)))
    window = visitor()
    window.log_in(linus.email)
    opens(window, "/certifications", "Certifications")
    assert f"In Progress missing part by {words(date(2029, 9, 1))}" in row(window, CCNP)

    portal.travel(max(1, (GATE - today(portal)).days))
    reports(portal, linus, ("300-410", date(2026, 10, 20)))
    window.log_in(linus.email)
    accepts_and_becomes(window)
    claims_credits(portal, window)
    linus = logged_in(portal, linus)
    renewed = eventually(lambda: line_of(linus, "ccnp-enterprise"), lambda one: one["expires_on"] > "2029-10-20")
    opens(window, "/certifications", "Certifications")
    assert f"Active {words(date(2026, 10, 20))} {words(renewed['expires_on'])}" in row(window, CCNP)

    portal.travel((date.fromisoformat(renewed["expires_on"]) - today(portal)).days + 1)
    window.log_in(linus.email)
    opens(window, "/certifications", "Certifications")
    assert f"Expired {words(date(2026, 10, 20))} {words(renewed['expires_on'])}" in row(window, CCNP)


def accepts_and_becomes(window: Visitor) -> None:
    opens(window, "/certifications", "Certifications")
    window.sees(f"{CCNP} is earned and waits for the agreement")
    window.follow("Read and accept it")
    window.arrives("Exam Agreement")
    window.press("I accept the agreement")
    window.sees("Thank you. The agreement is accepted.")
    opens(window, "/certifications", "Certifications")
    assert f"Active {words(date(2026, 10, 20))} {words(date(2029, 10, 20))}" in row(window, CCNP)


def claims_credits(portal: System, window: Visitor) -> None:
    """Eighty credits, claimed by the candidate and approved by a reviewer."""
    completed = (today(portal) - timedelta(days=3)).isoformat()
    opens(window, "/certifications/continuing-education", "Continuing education")
    window.press("I accept the terms")
    window.follow("Claim credits")
    window.arrives("Claim credits")
    for number, item in ((1, "ILT-ENCOR"), (2, "WS-AUTO")):
        window.page.locator(f"#item-{number}").select_option(item)
        window.page.locator(f"#completed-{number}").fill(completed)
    window.press("Save and go on")
    window.sees("The draft is saved.")
    window.press("Hand in")
    window.sees("Your claim is handed in")
    approves(portal, window)
    opens(window, "/certifications/continuing-education", "Continuing education")
    window.sees("Used")


def approves(portal: System, window: Visitor) -> None:
    """A reviewer at another window, who finds the claim in the queue."""
    reviewer = member(portal, "Vera", "Clerk", "reviewer")
    context = window.page.context.browser
    assert context is not None
    page = context.new_context(reduced_motion="reduce").new_page()
    desk = Visitor(page, portal.url, window.axe)
    desk.log_in(reviewer.email)
    opens(desk, "/console/claims", "Claims")
    desk.page.get_by_role("link", name="Open").first.click()
    desk.press("Approve")
    desk.sees("The claim is approved. Its credits count.")
    page.context.close()
