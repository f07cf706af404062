"""The way from a reported exam to an employer's screen, in a real Chromium, by mouse, by keyboard, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import PHONE, Visitor
from tests.system import Person, System, candidate, eventually, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

WAYS = {
    "mouse": {},
    "keyboard": {"keyboard": True},
    "no-scripts": {"scripts": False},
    "phone": {"size": PHONE},
}


def holder(portal: System, first_name: str) -> Person:
    """Somebody whose CCNA and its kit have arrived."""
    person = candidate(portal, first_name, "Lovelace")
    provider(portal).do("POST", "/api/provider/v1/results", result(person.candidate_id, "200-301", "2026-09-01"))
    eventually(lambda: person.get("/api/v1/me/kits")["kits"], lambda kits: len(kits) == 1)
    return person


def claim_kit(window: Visitor) -> None:
    window.follow("Claim it Cisco Certified Network Associate")
    window.arrives("Claim your certificate")
    window.press("Claim")
    window.arrives("Certificates & Plaques")
    window.sees("Your kit is ordered.")


def share_transcript(window: Visitor) -> str:
    """The link that a reader gets."""
    window.menu("Transcripts & Digital Badges")
    window.follow("Create new transcript")
    window.arrives("Create new transcript")
    window.press("Create")
    window.sees("The transcript was created.")
    window.press("Make a link")
    window.sees("A new link was made.")
    window.look()
    link = window.page.locator("main a[href*='/t/']").first.get_attribute("href")
    assert link is not None
    return link


@pytest.mark.feature("F3.1")
@pytest.mark.feature("F8.4")
@pytest.mark.feature("F9.7")
@pytest.mark.parametrize("way", WAYS)
def test_a_certification_is_claimed_shared_and_read(portal: System, visitor: Callable[..., Visitor], way: str) -> None:
    ada = holder(portal, "Ada")
    window = visitor(**WAYS[way])

    window.log_in(ada.email)
    window.arrives("Welcome, Ada Lovelace")
    claim_kit(window)
    window.menu("Certifications", "Status")
    window.arrives("Certifications")
    window.sees("CCNA")
    link = share_transcript(window)
    employer = visitor(**WAYS[way])
    employer.open(link)

    employer.arrives("Transcript of Ada Lovelace")
    employer.sees("Cisco Certified Network Associate")
    kits = ada.get("/api/v1/me/kits")["kits"]
    assert [kit["status"] for kit in kits] == ["ordered"]
    shared = ada.get("/api/v1/me/transcripts")["transcripts"]
    assert [link.endswith(one["code"]) for transcript in shared for one in transcript["disclosures"]] == [True]


@pytest.mark.parametrize("path", ["/login", "/home", "/kits", "/transcripts/new"])
def test_the_keyboard_reaches_everything_and_leaves_again(
    portal: System, visitor: Callable[..., Visitor], grace: Person, path: str
) -> None:
    window = visitor(keyboard=True)
    if path != "/login":
        window.log_in(grace.email)
    window.open(path)

    stops = window.stops()

    assert "#main" in stops[0]
    assert len(stops) == window.page.evaluate(REACHABLE)


REACHABLE = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
        .filter((one) => one.checkVisibility() && !one.disabled && one.type !== "hidden");
    return new Set(all.map((one) => one.type === "radio" ? one.name : one)).size;
}"""
"""The choices of one question are one stop."""


def test_the_skip_link_leads_past_the_menu(portal: System, visitor: Callable[..., Visitor], grace: Person) -> None:
    window = visitor(keyboard=True)
    window.log_in(grace.email)
    window.open("/kits")

    window.tab()
    window.page.keyboard.press("Enter")
    window.tab()

    assert window.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.fixture(scope="module")
def grace(portal: System) -> Person:
    """Somebody with something on every page."""
    return holder(portal, "Grace")


def test_what_nobody_asked_for_is_noticed(portal: System, visitor: Callable[..., Any]) -> None:
    window: Visitor = visitor()
    window.open("/login")

    window.page.evaluate("() => fetch('http://127.0.0.1:9/spy').catch(() => 0)")
    window.page.evaluate(
        "() => { const it = document.createElement('script'); it.textContent = '1'; document.body.append(it); }"
    )

    faults, window.faults = window.faults, []
    assert any("Content Security Policy" in fault for fault in faults)
