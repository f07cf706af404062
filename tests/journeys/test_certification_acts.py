"""What a candidate does about certifications: through the page, through the API, and refused; on real services."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from tests.corner import Corner
from tests.gateway.pages import Page, checked, follow, send
from tests.system import PASSWORD, Person, System, candidate, eventually, member, provider, result, today

pytestmark = [pytest.mark.server, pytest.mark.timeout(400)]

CE = "/certifications/continuing-education"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture(scope="module")
def system(place: Corner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("certification"), "sqlite", place=place) as running:
        yield running


def browsing(system: System, person: Person) -> httpx.Client:
    """A browser in which the person is logged in."""
    browser = httpx.Client(base_url=system.url, timeout=30.0)
    system.clients.append(browser)
    first = follow(browser, "/login")
    send(browser, first, "/login", email=person.email)
    answer = send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    return browser


def someone(system: System, first: str, *sittings: tuple[str, str]) -> tuple[Person, httpx.Client]:
    person = candidate(system, first, "Example")
    for exam, taken_on in sittings:
        provider(system).do("POST", "/api/provider/v1/results", result(person.candidate_id, exam, taken_on))
    if sittings:
        eventually(lambda: len(facts(person)) >= 1, bool)
    return person, browsing(system, person)


def facts(person: Person) -> list[dict[str, Any]]:
    return list(person.get("/api/v1/me/certifications/history")["history"])


def days_ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def after(browser: httpx.Client, answer: httpx.Response) -> Page:
    """The page that a sent form leads to."""
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    return follow(browser, answer.headers["location"])


@pytest.mark.feature("F5.3")
@pytest.mark.feature("F5.5")
@pytest.mark.feature("F5.1")
def test_a_claim_by_pages_from_the_terms_to_the_renewal(system: System) -> None:
    ada, browser = someone(system, "Ada", ("200-301", days_ago(400)))
    terms = after(browser, send(browser, follow(browser, CE), f"{CE}/terms"))
    assert "You can claim credits now." in terms.text
    form = follow(browser, f"{CE}/new")
    answer = browser.post(
        f"{CE}/new", data={**form.forms[f"{CE}/new"], "item": ["DL-CCNA", "LIVE-8H"], "completed_on": [days_ago(9)] * 2}
    )
    draft = after(browser, answer)
    claim = answer.headers["location"].split("/")[-1].split("?")[0]
    upload = draft.forms[f"{CE}/{claim}/files"]
    added = browser.post(f"{CE}/{claim}/files", data=upload, files={"file": ("course.pdf", PDF, "application/pdf")})
    page = after(browser, added)
    assert "course.pdf" in page.text
    pending = after(browser, send(browser, page, f"{CE}/{claim}/submit"))
    assert "Pending" in pending.text
    system.call("certification", "approve_claim", claim_id=claim, by="reviewer")
    eventually(lambda: [line["what"] for line in facts(ada)], lambda told: told[0] == "renewed")
    assert "Used" in follow(browser, CE).text
    assert ada.get("/api/v1/me/certifications")["certifications"][0]["expires_on"] == in_three_years(days_ago(9))


def in_three_years(day: str) -> str:
    then = date.fromisoformat(day)
    return then.replace(year=then.year + 3, day=min(then.day, 28) if then.month == 2 else then.day).isoformat()


@pytest.mark.feature("F5.5")
@pytest.mark.feature("F5.6")
def test_a_claim_by_the_api_with_25_megabytes_and_its_refusals(system: System) -> None:
    grace, _ = someone(system, "Grace", ("200-301", days_ago(400)))
    line = {"item": "OTHER-16", "completed_on": days_ago(9)}
    refused = grace.ask("POST", "/api/v1/me/credits/claims", {"lines": [line]})
    assert (refused.status_code, refused.json()["code"]) == (409, "credit-terms-not-accepted")
    terms = grace.get("/api/v1/me/credits")["terms"]
    grace.do("POST", "/api/v1/me/credits/terms", {"version": terms})
    claim = grace.do("POST", "/api/v1/me/credits/claims", {"lines": [line]})["claim_id"]
    where = f"/api/v1/me/credits/claims/{claim}"
    early = grace.ask("POST", f"{where}/submission", {})
    assert (early.status_code, early.json()["code"]) == (409, "evidence-missing")
    headers = {"Authorization": f"Bearer {grace.token}", "Content-Type": "application/pdf", "Idempotency-Key": "f1"}
    large = httpx.post(
        f"{system.url}{where}/files?name=large.pdf", content=b"x" * 25_000_000, headers=headers, timeout=120
    )
    assert large.status_code == 201, large.text
    too_large = {**headers, "Idempotency-Key": "f2"}
    more = httpx.post(f"{system.url}{where}/files?name=l.pdf", content=b"x" * 25_000_001, headers=too_large, timeout=60)
    assert more.status_code == 413
    grace.do("POST", f"{where}/submission", {})
    system.call("certification", "reject_claim", claim_id=claim, reason="unauthorised-delivery", by="reviewer")
    shown = grace.get("/api/v1/me/credits")["claims"][0]
    assert (shown["status"], shown["refusal"]) == ("rejected", "only authorised providers count")


@pytest.mark.feature("F4.6")
def test_the_agreement_is_accepted_on_its_page_and_by_the_api(system: System) -> None:
    linus, browser = someone(system, "Linus")
    page = follow(browser, "/certifications/agreement")
    accepted = after(browser, send(browser, page, "/certifications/agreement"))
    found = linus.get("/api/v1/me/agreement")
    assert f"You have accepted version {found['current']}" in accepted.text
    assert found["versions"][0]["accepted"] == [{"on": today().isoformat(), "place": "portal"}]
    refused = linus.ask("POST", "/api/v1/me/agreement", {"version": "1999-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "agreement-version-unknown")


@pytest.mark.feature("F4.8")
@pytest.mark.rule("R-E1")
def test_an_expert_has_a_number_and_applies_for_emeritus_on_the_page(system: System) -> None:
    labs = [("LAB-DE", days_ago(365 * years + 40)) for years in (10, 8, 5)]
    ada, browser = someone(system, "Ada", ("400-007", days_ago(365 * 10 + 60)), *labs, ("LAB-DE", days_ago(1000)))
    eventually(lambda: ada.get("/api/v1/me/expert"), lambda told: told["numbers"] and told["may_apply"])
    page = follow(browser, "/certifications/expert")
    applied = after(browser, send(browser, page, "/certifications/expert"))
    assert "waits for its payment" in applied.text
    second = ada.ask("POST", "/api/v1/me/expert/emeritus", {})
    assert (second.status_code, second.json()["code"]) == (409, "emeritus-application-open")
    number = ada.get("/api/v1/me/expert")["applications"][0]["application_id"]
    body = {"application_id": number, "payment": "PAY-7", "paid_on": today().isoformat()}
    provider(system).do("POST", "/api/provider/v1/emeritus-payments", body)
    assert "paid on" in follow(browser, "/certifications/expert").text
    nobody, _ = someone(system, "Grace")
    refused = nobody.ask("POST", "/api/v1/me/expert/emeritus", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-expert-certification")


@pytest.mark.feature("F4.7")
def test_the_adviser_and_what_if_on_the_page_and_by_the_api(system: System) -> None:
    grace, browser = someone(system, "Grace", ("200-301", days_ago(400)))
    then = (today() + timedelta(days=30)).isoformat()
    page = follow(browser, f"/certifications/renewal?exam=350-701&on={then}")
    assert "Options, cheapest first" in page.text
    assert "Cisco Certified Specialist - Security Core" in page.text
    answer = grace.get(f"/api/v1/me/certifications/what-if?exam=350-701&on={then}")
    assert [line["certification"] for line in answer["certifications"] if line["changes"]] == [
        "ccna",
        "ccnp-security",
        "spec-security-core",
    ]
    assert grace.get("/api/v1/me/certifications/advice")["advice"][0]["options"][0]["option"] == "RC-A1"
    refused = browser.get(f"/certifications/renewal?exam=999-999&on={then}")
    assert (refused.status_code, "The catalogue has no exam with this code." in checked(refused).text) == (409, True)


@pytest.mark.feature("F4.3")
def test_the_requirement_tree_on_its_page(system: System) -> None:
    linus, browser = someone(system, "Linus", ("350-401", days_ago(100)))
    page = follow(browser, "/certifications/requirements/ccnp-enterprise")
    assert "Last day for the missing part:" in page.text
    found = linus.get("/api/v1/me/certifications/ccnp-enterprise/requirements")
    assert found["parts"][0]["filled_by"] == "350-401"
    assert linus.ask("GET", "/api/v1/me/certifications/ccnx/requirements").status_code == 404


def test_the_status_of_another_day_on_its_page(system: System) -> None:
    ada, browser = someone(system, "Ada", ("200-301", days_ago(400)))
    assert "Active" in follow(browser, f"/certifications/on?on={days_ago(200)}").text
    assert "Nothing was held" in follow(browser, f"/certifications/on?on={days_ago(401)}").text
    early = ada.get(f"/api/v1/me/certifications/on?on={days_ago(200)}&known_on={days_ago(200)}")
    assert early["certifications"] == []
    tomorrow = (today() + timedelta(days=2)).isoformat()
    refused = ada.ask("GET", f"/api/v1/me/certifications/on?on={days_ago(1)}&known_on={tomorrow}")
    assert refused.json()["code"] == "day-in-future"


@pytest.mark.feature("F4.9")
def test_a_private_calendar_is_made_read_and_revoked(system: System) -> None:
    _, browser = someone(system, "Grace", ("200-301", days_ago(400)))
    made = after(browser, send(browser, follow(browser, "/certifications/calendar"), "/certifications/calendar"))
    address = "/calendar/" + browser.get("/certifications/calendar").text.partition("/calendar/")[2].partition('"')[0]
    feed = httpx.get(f"{system.url}{address}")
    events = Calendar.from_ical(feed.text).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Cisco Certified Network Associate expires"]
    assert events[0]["DTSTART"].dt.isoformat() == in_three_years(days_ago(400))
    gone = after(browser, send(browser, made, "/certifications/calendar/revoke"))
    assert "There is no address at the moment." in gone.text
    assert httpx.get(f"{system.url}{address}").status_code == 404


@pytest.mark.feature("F5.7")
def test_a_provider_reports_completions_and_hears_of_each(system: System) -> None:
    ada, browser = someone(system, "Ada", ("200-301", days_ago(400)))
    lines = [
        {"candidate_id": ada.candidate_id, "item": "LIVE-8H", "completed_on": days_ago(9)},
        {"candidate_id": ada.candidate_id, "item": "LITE", "completed_on": days_ago(9)},
    ]
    told = provider(system).do("POST", "/api/provider/v1/credit-completions", {"completions": lines})["outcomes"]
    assert [(line["counts"], line["reason"]) for line in told] == [(True, None), (False, "not-in-item-catalogue")]
    assert "8 / 30" in follow(browser, CE).text


@pytest.mark.feature("F12.3")
def test_a_changed_price_is_previewed_granted_and_asked_for_by_the_exams(system: System) -> None:
    anna, otto = (member(system, name, "Example", "programme-manager") for name in ("Anna", "Otto"))
    exams = (resources.files("contracts") / "catalogue" / "exams.yaml").read_text()
    dearer = exams.replace("minutes: 120, price_usd: 300, ", "minutes: 120, price_usd: 310, ")
    change = anna.do("POST", "/api/console/v1/catalogue", {"files": {"exams": dearer}})["change_id"]
    where = f"/api/console/v1/catalogue/{change}"
    seen = eventually(lambda: anna.get(where), lambda told: told["state"] == "previewed", patience=30.0)
    assert (seen["previewed"], seen["candidates_that_differ"]) == (seen["candidates"], 0)
    asked = {
        "service": "certification", "action": "catalogue-activate", "subject": "", "reason": "Dearer.",
        "arguments": {"change_id": change},
    }  # fmt: skip
    proposal = anna.do("POST", "/api/console/v1/approvals", asked)["proposal_id"]
    grant = f"/api/console/v1/approvals/certification/{proposal}/approve"
    assert anna.ask("POST", grant, {}).json()["code"] == "second-person-needed"
    otto.do("POST", grant, {})
    followed = eventually(lambda: otto.get(where), lambda told: told["all_followed"], patience=30.0)
    assert (followed["state"], followed["followed"]) == ("in-force", followed["candidates"])
    grace = candidate(system, "Grace", "Example")
    assert eventually(lambda: grace.get("/api/v1/exams/200-301")["price"], lambda price: price != 30_000) == 31_000


def test_replaying_everything_gives_what_is_live(system: System) -> None:
    assert system.settled()
    assert system.differences() == {}
