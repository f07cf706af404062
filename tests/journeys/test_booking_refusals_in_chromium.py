"""In Chromium: each check before a booking refuses (F10.6), says what to do, and leads to where it is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser import Visitor
from tests.system import Person, System, candidate, provider, result, today

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

Window = Callable[..., Visitor]


def at_the_desk(visitor: Window, person: Person) -> Visitor:
    window = visitor()
    window.log_in(person.email)
    return window


def sat(portal: System, person: Person, exam: str, day: date, outcome: str) -> None:
    provider(portal).do("POST", "/api/provider/v1/results", result(person.candidate_id, exam, day.isoformat(), outcome))


def book(window: Visitor, person: Person, exam: str, site: str, name: str, *, times_of: str = "") -> None:
    """The next free time, name and card; where an exam has no times any more, those of another one."""
    found = person.get(f"/api/v1/exams/{times_of or exam}/sessions?site={site}&days=20")["sessions"]
    start = quote(str(found[0]["starts_at"]))
    window.open(f"/schedule/exams/{exam}/booking?site={site}&starts_at={start}")
    window.fill("Your name as on your government ID", name)
    window.fill("Card number", "4242 4242 4242 4242")
    window.press("Book and pay")


def booked(person: Person) -> list[Any]:
    return [one["exam"] for one in person.get("/api/v1/me/appointments")["appointments"]]


@pytest.mark.feature("F10.6")
def test_name_wait_qualifier_last_day_and_ban_refuse_a_booking(portal: System, visitor: Window) -> None:
    ada = candidate(portal, "Ada", "Lovelace")
    window = at_the_desk(visitor, ada)
    book(window, ada, "200-301", "online", "Ada King")
    window.sees("Correct your entry, or ask support to change your legal name.")
    window.follow("Ask support to change your legal name")
    window.arrives("Online Support")
    sat(portal, ada, "200-301", today(), "fail")
    book(window, ada, "200-301", "online", "Ada Lovelace")
    window.sees(f"You can take 200-301 again from {words(today() + timedelta(days=6))} on. Please choose a later day.")
    book(window, ada, "LAB-EI", "brussels-lab", "Ada Lovelace")
    window.sees("For this lab you first need to pass one of: 350-401.")
    book(window, ada, "300-425", "online", "Ada Lovelace", times_of="200-301")
    window.sees("300-425 can be taken until 18 March 2026. Please choose an earlier day or another exam.")
    window.follow("Find another exam")
    window.arrives("Schedule an Exam")
    until = today() + timedelta(days=400)
    ban(portal, ada, until)
    book(window, ada, "350-401", "online", "Ada Lovelace")
    window.sees(f"You cannot book exams until {words(until)}. You can appeal on the Challenges page.")
    window.follow("Appeal against a sanction")
    window.arrives("Challenges")
    assert booked(ada) == []


def words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def ban(portal: System, person: Person, until: date) -> None:
    rights = {"permissions": ["sanctions.impose"]}
    asked = portal.call(
        "testing", "propose", action="impose-sanction", subject=person.candidate_id, reason="A letter.", by="S-ONE",
        arguments={"kind": "ban", "reason": "item-disclosure", "banned_until": until.isoformat()}, **rights,
    )  # fmt: skip
    portal.call("testing", "approve", proposal_id=asked["proposal_id"], by="S-TWO", **rights)


@pytest.mark.feature("F10.6")
@pytest.mark.rule("R-N3")
@pytest.mark.rule("R-Q3")
def test_agreement_and_old_qualifier_refuse_a_booking_until_they_are_renewed(portal: System, visitor: Window) -> None:
    grace = candidate(portal, "Grace", "Hopper")
    window = at_the_desk(visitor, grace)
    sat(portal, grace, "350-401", date(2022, 3, 1), "pass")
    book(window, grace, "LAB-EI", "brussels-lab", "Grace Hopper")
    window.sees("Please accept the current certification agreement first.")
    window.follow("Read and accept the agreement")
    window.arrives("Exam Agreement")
    window.press("I accept the agreement")
    window.sees("which is in force.")
    book(window, grace, "LAB-EI", "brussels-lab", "Grace Hopper")
    window.sees("Choose an earlier day, or pass one of these again: 350-401.")
    assert booked(grace) == []
    book(window, grace, "200-301", "online", "Grace Hopper")
    window.sees("The exam is booked.")
    assert booked(grace) == ["200-301"]


@pytest.mark.feature("F10.6")
@pytest.mark.rule("R-M1")
def test_a_minor_is_led_to_asking_a_guardian(portal: System, visitor: Window) -> None:
    linus = candidate(portal, "Linus", "Berg", born_on=(today() - timedelta(days=15 * 366)).isoformat())
    window = at_the_desk(visitor, linus)
    book(window, linus, "200-301", "online", "Linus Berg")
    window.sees("A parent or guardian must give consent before you book.")
    window.follow("Ask your parent or guardian")
    window.arrives("Parent or guardian")
    assert booked(linus) == []
