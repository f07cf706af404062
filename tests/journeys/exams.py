"""What the exams' journeys share: browsers, bookings at the desk and by phone, and the provider's feed."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.gateway.pages import follow, send
from tests.system import PASSWORD, Person, System, member, provider, result

CARD = "4242 4242 4242 4242"
FEED = "/api/provider/v1/records"


def browsing(system: System, person: Person) -> httpx.Client:
    """A browser in which the person is logged in."""
    browser = httpx.Client(base_url=system.url, timeout=10.0)
    system.clients.append(browser)
    send(browser, follow(browser, "/login"), "/login", email=person.email)
    send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)
    return browser


def report(system: System, person: Person, exam: str, days_ago: int, outcome: str, **more: Any) -> str:
    """The provider reports a result; its id."""
    day = (datetime.now(UTC) - timedelta(days=days_ago)).date().isoformat()
    told = {**result(person.candidate_id, exam, day, outcome), **more}
    return str(provider(system).do("POST", "/api/provider/v1/results", told)["result_id"])


def session_of(person: Person, exam: str, site: str, number: int = -1) -> str:
    """One of the next sessions there, the last one unless told."""
    found = person.get(f"/api/v1/exams/{exam}/sessions?site={site}&days=30")["sessions"]
    return str(found[number]["starts_at"])


def book(browser: httpx.Client, exam: str, site: str, starts_at: str, **entered: str) -> httpx.Response:
    """Send the form of a booking as Ada does."""
    where = f"/schedule/exams/{exam}/booking"
    form = follow(browser, f"{where}?site={site}&starts_at={starts_at.replace('+', '%2B')}")
    return send(browser, form, where, **{"confirmed_name": "Ada Lovelace", "card": CARD, **entered})


def feed(system: System, body: bytes, *, token: str = "") -> httpx.Response:
    """Send lines as the provider does."""
    headers = {
        "Authorization": f"Bearer {token or provider(system).token}",
        "Content-Type": "application/x-ndjson",
        "Idempotency-Key": uuid.uuid4().hex,
    }
    return httpx.post(f"{system.url}{FEED}", content=body, headers=headers, timeout=1800.0)


def lines(records: list[dict[str, Any]]) -> bytes:
    """Records as a feed."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def phone_booking(id: str, **more: Any) -> dict[str, Any]:
    """A record of CCNA's exam in Lisbon, in twenty days, unless told otherwise."""
    now = datetime.now(UTC)
    return {
        "kind": "appointment", "id": id, "exam": "200-301", "starts_at": (now + timedelta(days=20)).isoformat(),
        "booked_at": now.isoformat(), "time_zone": "Europe/Lisbon", "delivery": "centre", "site": "lis-1",
        "site_name": "Lisbon 1", "channel": "phone", "price_cents": 30_000, **more,
    }  # fmt: skip


def by_phone(system: System, person: Person, exam: str, ahead: timedelta) -> str:
    """Booked and paid by phone; the appointment's id."""
    now, name = datetime.now(UTC), f"PHONE-{exam}-{person.candidate_id}"
    whose = {"candidate_id": person.candidate_id}
    booking = phone_booking(name, **whose, exam=exam, starts_at=(now + ahead).isoformat())
    payment = {
        "kind": "payment", "id": f"{name}-P", **whose, "appointment": name, "order_number": f"O-{name}",
        "paid_at": now.isoformat(), "price_cents": 30_000,
    }  # fmt: skip
    told = feed(system, lines([booking, payment])).json()
    assert told["recorded"] == 2, told
    listed = person.get("/api/v1/me/appointments")["appointments"]
    return str(next(one["appointment_id"] for one in listed if one["exam"] == exam))


def reviewers(system: System) -> list[Person]:
    """Two people who may do everything."""
    return [member(system, name, "Berg", "administrator") for name in ("Linus", "Grace")]


def two_people(system: System, action: str, subject: str, arguments: dict[str, Any]) -> None:
    """One asks for it, another one grants it."""
    rights = ["results.correct", "sanctions.impose"]
    asked = system.call(
        "testing", "propose", action=action, subject=subject, arguments=arguments, reason="A letter.", by="S-ONE",
        permissions=rights,
    )  # fmt: skip
    system.call("testing", "approve", proposal_id=asked["proposal_id"], by="S-TWO", permissions=rights)


def every_word(system: System, person: Person) -> None:
    """One exam for each word that a result can have (F6.6)."""
    for exam, outcome in (("200-301", "pass"), ("350-401", "fail"), ("300-410", "pending")):
        report(system, person, exam, 9, outcome, **({"score": None} if outcome == "pending" else {}))
    for exam, action in (("300-415", "hold-result"), ("300-420", "revoke-result")):
        result_id = report(system, person, exam, 9, "pass")
        two_people(system, action, person.candidate_id, {"result_id": result_id, "reason": "score-irregular"})
    appointment = by_phone(system, person, "300-435", timedelta(hours=1))
    system.call("testing", "note_at_centre", appointment_id=appointment, happening="no-show")
