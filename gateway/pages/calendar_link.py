"""A private calendar of expire dates and appointments, under a link that can be revoked (F4.9)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event
from starlette.responses import Response

from chassis.errors import NotFound
from gateway.language import say
from gateway.pages.page import Page
from gateway.pages.visit import Visit
from gateway.problems import Problem

ICS = "text/calendar; charset=utf-8"
HOME = "/certifications/calendar"


async def link(visit: Visit) -> Response:
    """The link, if there is one."""
    found = await visit.caller.result("certification", "calendar_link", candidate_id=visit.candidate_id)
    return visit.show("calendar_link", code=found["code"], address=visit.request.base_url)


async def make(visit: Visit) -> Response:
    """A new link; an earlier one stops working."""
    await visit.command("certification", "make_calendar_link", candidate_id=visit.candidate_id)
    return visit.go(HOME, notice="calendar-made")


async def revoke(visit: Visit) -> Response:
    """The link stops working."""
    await visit.command("certification", "revoke_calendar_link", candidate_id=visit.candidate_id)
    return visit.go(HOME, notice="calendar-revoked")


async def feed(visit: Visit) -> Response:
    """The calendar itself, for programs that nobody is logged in with.

    While the exams cannot be asked, nothing is answered: a program then keeps what it had, and would take a calendar
    without appointments for the news that they are gone.
    """
    try:
        found = await visit.caller.result("certification", "calendar", code=visit.path["code"].removesuffix(".ics"))
    except NotFound as error:
        raise Problem(404, "calendar-unknown") from error
    booked = await visit.caller.result("testing", "appointments", candidate_id=found["candidate_id"], page_size=50)
    coming = [one for one in booked["appointments"] if one["cancellable"]]
    document = calendar_of(found["events"], coming, datetime.now(UTC))
    return Response(document, media_type=ICS, headers={"Cache-Control": "private, max-age=900"})


def calendar_of(events: list[dict[str, Any]], appointments: list[dict[str, Any]], now: datetime) -> bytes:
    """One whole day per expire date, and the hours of each appointment."""
    calendar = Calendar()
    calendar.add("prodid", "-//Certtrack//Certification calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("Certifications"))
    for each in events:
        calendar.add_component(_event(each, now))
    for each in appointments:
        calendar.add_component(_appointment(each, now))
    return bytes(calendar.to_ical())


def _event(found: dict[str, Any], now: datetime) -> Event:
    day = date.fromisoformat(found["on"])
    event = Event()
    event.add("uid", found["uid"])
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", say("%(name)s expires", name=found["name"]))
    event.add("transp", "TRANSPARENT")
    return event


def _appointment(found: dict[str, Any], now: datetime) -> Event:
    starts_at = datetime.fromisoformat(found["starts_at"]).astimezone(UTC)
    event = Event()
    event.add("uid", f"{found['appointment_id']}@appointments.certtrack")
    event.add("dtstamp", now)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=found["minutes"]))
    event.add("summary", say("Exam %(exam)s %(title)s", exam=found["exam"], title=found["title"]))
    event.add("location", found["site_name"] or found["site"])
    event.add("transp", "OPAQUE")
    return event


PAGES = (
    Page(method="GET", path=HOME, handler=link),
    Page(method="POST", path=HOME, handler=make),
    Page(method="POST", path=f"{HOME}/revoke", handler=revoke),
    Page(method="GET", path="/calendar/{code}", handler=feed),
)
