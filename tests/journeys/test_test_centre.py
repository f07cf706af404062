"""The test centre that an operator plays, on pages and over the API, and what the candidate sees of it (3.2)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gateway import wording
from tests.gateway.pages import checked, follow, send
from tests.journeys.exams import book, browsing, by_phone, feed, lines, phone_booking, session_of
from tests.system import Person, System, candidate, member

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def system(portal: System) -> System:
    return portal


@pytest.fixture(scope="module")
def grace(system: System) -> Person:
    return member(system, "Grace", "Hopper", "administrator")


@pytest.mark.feature("F10.2")
@pytest.mark.feature("F6.6")
@pytest.mark.rule("R-T5")
@pytest.mark.parametrize(
    ("acts", "status", "reason"),
    [
        (["turn-away"], "turned-away", "identity-mismatch"),
        (["turn-away"], "turned-away", "late"),
        (["no-show"], "no-show", ""),
        (["check-in", "decline"], "declined", ""),
        (["check-in", "start", "interrupt"], "interrupted", "power-failure"),
        (["check-in", "start", "deliver"], "delivered", ""),
    ],
)
def test_the_test_centre_is_played_on_pages(
    system: System, grace: Person, acts: list[str], status: str, reason: str
) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    staff, browser = browsing(system, grace), browsing(system, ada)
    one = ada.get(f"/api/v1/me/appointments/{by_phone(system, ada, '200-301', timedelta(hours=2))}")
    where = f"/console/test-centre/{one['appointment_id']}"
    assert where in follow(staff, f"/console/test-centre?day={one['starts_on']}").links
    assert "Ada Lovelace" in follow(staff, where).text
    too_early = send(staff, follow(staff, where), f"{where}/happenings", happening="deliver")
    assert (too_early.status_code, "That is not the next step" in checked(too_early).text) == (409, True)
    for act in acts:
        noted = send(staff, follow(staff, where), f"{where}/happenings", happening=act, reason=reason)
        assert "It was noted." in follow(staff, noted.headers["location"]).text
    assert wording.status(status) in follow(staff, where).text
    assert wording.status(status) in follow(browser, "/schedule/appointments").text
    told = ada.get(f"/api/v1/me/appointments/{one['appointment_id']}")
    assert (told["status"], told["refunded"], told["cancellable"]) == (status, None, False)
    results = ada.get("/api/v1/me/exams")["results"]
    assert [line["outcome"] for line in results] == {"no-show": ["no-show"], "delivered": ["pending"]}.get(status, [])


@pytest.mark.feature("F10.2")
@pytest.mark.feature("F10.7")
def test_every_act_of_the_centre_goes_over_the_api_and_not_in_another_order(system: System, grace: Person) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    ends = {
        "350-401": (["turn-away"], "turned-away"),
        "300-410": (["no-show"], "no-show"),
        "300-415": (["check-in", "decline"], "declined"),
        "300-420": (["check-in", "start", "interrupt"], "interrupted"),
    }
    for exam, (acts, status) in ends.items():
        one = by_phone(system, ada, exam, timedelta(hours=1))
        where = f"/api/console/v1/test-centre/{one}/happenings"
        assert ada.ask("POST", where, {"happening": acts[0]}).json()["code"] == "role-missing"
        refused = grace.ask("POST", where, {"happening": "deliver"})
        assert (refused.status_code, refused.json()["code"]) == (409, "appointment-not-there-yet")
        for act in acts:
            grace.do("POST", where, {"happening": act})
        assert ada.get(f"/api/v1/me/appointments/{one}")["status"] == status
        given_up = ada.ask("POST", f"/api/v1/me/appointments/{one}/cancellation", {})
        assert given_up.json()["code"] == "appointment-not-open"


def test_who_may_not_read_personal_data_sees_the_id_alone(system: System, grace: Person) -> None:
    group = grace.do("POST", "/api/console/v1/groups", {"name": "Desk", "permissions": ["test-centre.play"]})
    ada, linus = candidate(system, "Ada", "Lovelace"), member(system, "Linus", "Berg", group["group_id"])
    where = f"/console/test-centre/{by_phone(system, ada, '200-301', timedelta(hours=2))}"
    shown = follow(browsing(system, linus), where).text
    assert (ada.candidate_id in shown, "Ada Lovelace" in shown) == (True, False)


def test_a_day_without_anybody_leads_to_the_next_one_with_somebody(system: System, grace: Person) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    one = ada.get(f"/api/v1/me/appointments/{by_phone(system, ada, '200-301', timedelta(days=400))}")
    day_before = (date.fromisoformat(one["starts_on"]) - timedelta(days=1)).isoformat()
    staff = browsing(system, grace)
    empty = follow(staff, f"/console/test-centre?day={day_before}")
    assert "Nobody comes that day." in empty.text
    (onward,) = (link for link in empty.links if link.startswith("/console/test-centre?day="))
    assert f"/console/test-centre/{one['appointment_id']}" in follow(staff, onward).links
    assert "No exam is booked for a later day." in follow(staff, "/console/test-centre?day=2099-01-01").text
    asked = f"/api/console/v1/test-centre?day={day_before}"
    assert grace.get(asked)["next_day"] == one["starts_on"]
    assert ada.ask("GET", asked).json()["code"] == "role-missing"


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.10")
def test_after_an_interruption_the_page_books_the_exam_again_for_nothing(system: System, grace: Person) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    staff, browser = browsing(system, grace), browsing(system, ada)
    where = f"/console/test-centre/{by_phone(system, ada, '200-301', timedelta(hours=2))}"
    for act in ("check-in", "start", "interrupt"):
        send(staff, follow(staff, where), f"{where}/happenings", happening=act, reason="power-failure")
    again = book(browser, "200-301", "amsterdam", session_of(ada, "200-301", "amsterdam"), card="")
    assert "The exam is booked." in follow(browser, again.headers["location"]).text
    (booked,) = (one for one in ada.get("/api/v1/me/appointments")["appointments"] if one["status"] == "paid")
    assert "$0.00" in follow(browser, f"/schedule/receipts/{booked['appointment_id']}").text
    assert ada.get("/api/v1/me/exams")["results"] == []


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.2")
def test_an_unpaid_lab_lapses_by_itself_and_can_be_paid_no_more(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    browser, past = browsing(system, ada), (datetime.now(UTC) - timedelta(days=40)).isoformat()
    booking = phone_booking("LAB-1", candidate_id=ada.candidate_id, exam="LAB-EI", delivery="lab", booked_at=past)
    assert feed(system, lines([booking])).json()["recorded"] == 1
    (lab,) = ada.get("/api/v1/me/appointments")["appointments"]
    payment = f"/schedule/appointments/{lab['appointment_id']}/payment"
    due = follow(browser, "/schedule/appointments")
    assert ("Due by" in due.text, payment in due.links) == (True, True)
    system.call("testing", "lapse_unpaid")
    lapsed = follow(browser, "/schedule/appointments")
    assert (wording.status("lapsed") in lapsed.text, payment in lapsed.links) == (True, False)
    late = ada.ask("POST", f"/api/v1/me/appointments/{lab['appointment_id']}/payment", {"card": "4242424242424242"})
    assert (late.status_code, ada.get("/api/v1/me/receipts")["receipts"]) == (409, [])
