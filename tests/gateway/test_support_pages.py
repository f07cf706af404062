"""Online Support in front of stock nameko services, for candidates, for visitors, and before the mapping."""

import pytest

from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = [pytest.mark.server, pytest.mark.feature("F1.16")]


def test_a_candidate_opens_a_case_and_writes_in_it(browser):
    log_in(browser, PASSWORD)
    page = follow(browser, "/support")
    assert "Waiting for you" in page.text
    opened = send(browser, page, "/support", kind="other", text="My exam is missing.")
    case = follow(browser, opened.headers["location"])
    assert "Your case is open." in case.text
    assert "How?" in case.text
    replied = send(browser, case, "/support/cases/CASE1", text="Like this.")
    assert "Your message was sent." in follow(browser, replied.headers["location"]).text


def test_a_visitor_gets_the_case_by_a_mailed_link(browser):
    page = follow(browser, "/support?kind=other")
    opened = send(browser, page, "/support", kind="other", email="ada@example.org", text="I cannot log in.")
    assert "We have mailed you a link to it." in follow(browser, opened.headers["location"]).text
    case = follow(browser, "/support/cases/CASE1?key=right")
    replied = send(browser, case, "/support/cases/CASE1", text="Still not.")
    assert replied.headers["location"] == "/support/cases/CASE1?notice=case-replied&key=right"
    assert browser.get("/support/cases/CASE1?key=wrong").status_code == 404


def test_missing_entries_are_named(browser):
    answer = send(browser, follow(browser, "/support"), "/support")
    assert answer.status_code == 422
    assert {"#kind", "#email", "#text"} <= set(checked(answer).links)


def test_cases_through_the_api(ada, site):
    key = {"Idempotency-Key": "k1"}
    assert ada.get("/api/v1/me/cases").json()["cases"][0]["state"] == "waiting"
    opened = ada.post("/api/v1/me/cases", json={"kind": "other", "text": "Help"}, headers=key)
    assert (opened.status_code, opened.json()) == (201, {"case_id": "CASE1"})
    assert len(ada.get("/api/v1/me/cases/CASE1").json()["messages"]) == 2
    assert ada.post("/api/v1/me/cases/CASE1/messages", json={"text": "More"}, headers=key).status_code == 200
    assert ada.get("/api/v1/me/cases/CASE2").status_code == 404
    odd = ada.post("/api/v1/me/cases", json={"kind": "party", "text": ""}, headers=key)
    assert (odd.status_code, sorted(odd.json()["fields"])) == (422, ["kind", "text"])
    visitor = {"kind": "other", "text": "Help", "email": "ada@example.org"}
    assert site.post("/api/v1/cases", json=visitor, headers=key).status_code == 201
