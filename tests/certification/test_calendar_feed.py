"""The private calendar: expire dates and appointments, read by a program that parses iCalendar (F4.9)."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar

import contracts
from chassis.sealing import seal
from services.testing.service import TestingService as Testing
from tests.certification.pages import press
from tests.certification.test_service import ADA, passed
from tests.certification.world import World
from tests.front_door import KEY, Door
from tests.gateway.pages import follow
from tests.testing.test_bookings_front_door import WISH

PAGE = "/certifications/calendar"


@pytest.fixture
def testing(world: World) -> Door:
    """Ada holds CCNA, and has told her name to whoever books."""
    world.certification.tell(passed("200-301", "2026-01-14"))
    door = Door(Testing, world.testing)
    door.tell(contracts.NameChanged(candidate_id=ADA, name=seal(KEY, ADA, "Ada Lovelace")))
    return door


def booked(testing: Door) -> str:
    return str(testing.asked_as().book(ADA, **{**WISH, "exam": "350-401"})["appointment_id"])


def address_on(browser: httpx.Client) -> str:
    text = browser.get(PAGE).text
    return "/calendar/" + text.partition("/calendar/")[2].partition('"')[0]


def read(answer: httpx.Response) -> list[tuple[str, Any]]:
    return [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in Calendar.from_ical(answer.text).walk("VEVENT")]


@pytest.mark.feature("F4.9")
def test_the_feed_has_expire_dates_and_appointments_and_a_cancelled_one_leaves_it(world: World, testing: Door) -> None:
    one = booked(testing)
    browser, anybody = world.portal.browser(ADA), world.portal.anybody()
    made = press(browser, PAGE, PAGE)
    assert "Your calendar link is ready." in made.text
    answer = anybody.get(address_on(browser))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    expires = ("Cisco Certified Network Associate expires", date(2029, 1, 14))
    assert [line for line in read(answer) if line == expires] == [expires]
    (event,) = [each for each in Calendar.from_ical(answer.text).walk("VEVENT") if "Exam" in str(each["SUMMARY"])]
    starts_at = datetime.fromisoformat(WISH["starts_at"])
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (starts_at, starts_at + timedelta(minutes=120))
    testing.asked_as().cancel(ADA, one)
    assert read(anybody.get(address_on(browser))) == [expires]


@pytest.mark.feature("F4.9")
def test_a_revoked_or_unknown_address_is_no_calendar(world: World, testing: Door) -> None:
    browser, anybody = world.portal.browser(ADA), world.portal.anybody()
    press(browser, PAGE, PAGE)
    address = address_on(browser)
    gone = press(browser, PAGE, f"{PAGE}/revoke")
    assert "There is no address at the moment." in gone.text
    assert "There is no address at the moment." in follow(browser, PAGE).text
    assert [anybody.get(path).status_code for path in (address, "/calendar/unknown.ics")] == [404, 404]


@pytest.mark.feature("F4.9")
def test_while_the_exams_cannot_be_asked_a_program_keeps_what_it_has(portal, told) -> None:
    told(passed("200-301", "2026-01-14"))
    browser = portal.browser(ADA)
    press(browser, PAGE, PAGE)
    assert portal.anybody().get(address_on(browser)).status_code == httpx.codes.SERVICE_UNAVAILABLE
