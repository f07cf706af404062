"""Exams through the real API: what candidates, the test centre and reviewers do, and what they are refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.journeys.exams import CARD, by_phone, every_word, report, reviewers, session_of
from tests.system import Person, System, candidate, eventually, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def system(portal: System) -> System:
    return portal


def wish(person: Person, **otherwise: Any) -> dict[str, Any]:
    starts_at = session_of(person, "200-301", "amsterdam")
    return {
        "exam": "200-301", "site": "amsterdam", "starts_at": starts_at, "confirmed_name": "Ada Lovelace", "card": CARD,
        **otherwise,
    }  # fmt: skip


@pytest.mark.feature("F10.1")
@pytest.mark.feature("F10.7")
@pytest.mark.feature("F10.10")
def test_an_exam_is_booked_moved_and_given_up(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    refused = ada.ask("POST", "/api/v1/me/appointments", wish(ada, card="4000 0000 0000 0002"))
    assert (refused.status_code, refused.json()["code"]) == (409, "payment-declined")
    one = ada.do("POST", "/api/v1/me/appointments", wish(ada, voucher="LEARN50"))["appointment_id"]
    booked = ada.get(f"/api/v1/me/appointments/{one}")
    assert (booked["status"], booked["paid"], booked["total"]) == ("paid", True, 18_150)
    other = ada.get("/api/v1/exams/200-301/sessions?site=austin&days=20")["sessions"][-1]["starts_at"]
    ada.do("POST", f"/api/v1/me/appointments/{one}/move", {"site": "austin", "starts_at": other})
    ada.do("POST", f"/api/v1/me/appointments/{one}/cancellation", {})
    (listed,) = ada.get("/api/v1/me/appointments")["appointments"]
    assert (listed["status"], listed["site"], listed["refunded"]) == ("cancelled", "austin", True)
    (receipt,) = ada.get("/api/v1/me/receipts")["receipts"]
    assert (receipt["total"], receipt["voucher"], receipt["refunded_at"] is not None) == (18_150, "LEARN50", True)
    paper = ada.ask("GET", f"/api/v1/me/receipts/{one}/pdf")
    assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert ada.ask("GET", "/api/v1/me/receipts/OTHER/pdf").json()["code"] == "unknown-receipt"
    late = ada.ask("POST", f"/api/v1/me/appointments/{one}/move", {"site": "austin", "starts_at": other})
    assert late.json()["code"] == "appointment-not-open"


@pytest.mark.feature("F10.3")
def test_exams_are_found_over_the_api_and_private_ones_by_their_code(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    found = ada.get("/api/v1/exams?words=200-301")
    assert [one["exam"] for group in found["groups"] for one in group["exams"]] == ["200-301"]
    private = ada.get("/api/v1/exams?access_code=PARTNER-2026")
    assert {one["exam"] for group in private["groups"] for one in group["exams"]} == {"820-605", "810-110"}
    refused = ada.ask("GET", "/api/v1/exams?access_code=GUESS")
    assert (refused.status_code, refused.json()["code"]) == (409, "unknown-access-code")


@pytest.mark.feature("F6.2")
@pytest.mark.feature("F6.3")
@pytest.mark.feature("F6.7")
def test_the_history_is_sorted_paged_and_tells_the_next_day_over_the_api(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    told = [("200-301", "2026-03-02", "fail"), ("350-401", "2026-04-01", "pass"), ("LAB-EI", "2026-05-04", "fail")]
    for exam, day, outcome in told:
        report = {**result(ada.candidate_id, exam, day, outcome), "score": None if exam == "LAB-EI" else 700}
        provider(system).do("POST", "/api/provider/v1/results", report)
    first = ada.ask("GET", "/api/v1/me/exams?sort=exam&order=asc&page_size=2")
    assert [(line["exam"], line["next_allowed_on"]) for line in first.json()["results"]] == [
        ("200-301", "2026-03-08"),
        ("350-401", "2026-09-29"),
    ]
    assert 'rel="next"' in first.headers["link"]
    assert [line["exam"] for line in ada.get("/api/v1/me/exams?outcome=pass&year=2026")["results"]] == ["350-401"]
    (lab,) = ada.get("/api/v1/me/practical-exams")["practical_exams"]
    assert (lab["exam"], lab["qualifier"], lab["qualifier_until"], lab["next_allowed_on"]) == (
        "LAB-EI", "350-401", "2029-04-01", "2026-06-04",
    )  # fmt: skip
    refused = ada.ask("GET", "/api/v1/me/exams?sort=colour")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["sort"])


@pytest.mark.feature("F10.9")
def test_an_exam_is_delivered_and_scored_by_the_test_centre(system: System) -> None:
    ada, staff = candidate(system, "Ada", "Lovelace"), member(system, "Grace", "Hopper", "administrator")
    booked = ada.do("POST", "/api/v1/me/appointments", wish(ada))["appointment_id"]
    centre = f"/api/console/v1/test-centre/{booked}"
    assert ada.ask("POST", f"{centre}/score", {"outcome": "pass"}).json()["code"] == "role-missing"
    assert staff.ask("POST", f"{centre}/score", {"outcome": "pass"}).json()["code"] == "appointment-not-there-yet"
    for happening in ("check-in", "start", "deliver"):
        staff.do("POST", f"{centre}/happenings", {"happening": happening})
    assert ada.get("/api/v1/me/exams")["results"][0]["outcome"] == "pending"
    scored = {"outcome": "pass", "score": 850, "domains": [{"name": "IP services", "percent": 81}]}
    result_id = staff.do("POST", f"{centre}/score", scored)["result_id"]
    report = ada.get(f"/api/v1/me/exams/{result_id}/score-report")
    assert (report["outcome"], report["score"], report["domains"]) == ("pass", 850, scored["domains"])
    eventually(lambda: ada.get("/api/v1/me/certifications")["certifications"], bool)


@pytest.mark.feature("F6.4")
@pytest.mark.rule("R-H4")
def test_a_challenge_is_upheld_by_two_reviewers_and_the_corrected_result_certifies(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    one, two = reviewers(system)
    day = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    failed = result(ada.candidate_id, "200-301", day, "fail")
    result_id = provider(system).do("POST", "/api/provider/v1/results", failed)["result_id"]
    upload = httpx.post(
        f"{system.url}/api/v1/me/challenges/files", content=b"%PDF-1.7" + b"x" * 200_000,
        headers={"Authorization": f"Bearer {ada.token}", "File-Name": "letter.pdf"}, timeout=30.0,
    )  # fmt: skip
    objection = {
        "kind": "exam_item", "matter_kind": "result", "matter_id": result_id, "question": 12, "statement": "No answer.",
    }  # fmt: skip
    challenge = ada.do("POST", "/api/v1/me/challenges", objection)["challenge_id"]
    evidence = {"answer": "See the letter.", "files": [upload.json()["file_id"]]}
    ada.do("POST", f"/api/v1/me/challenges/{challenge}/evidence", evidence)
    where = f"/api/console/v1/challenges/{challenge}"
    shown = one.get(where)["messages"][-1]["files"]
    assert [(file["name"], file["size"], file["media_type"]) for file in shown] == [
        ("letter.pdf", 200_008, "application/pdf")
    ]
    one.do("POST", f"{where}/review", {})
    ruling = {"upheld": True, "reason": "scoring-error", "remedy": "correct", "outcome": "pass", "score": 830}
    one.do("POST", f"{where}/ruling", ruling)
    assert one.ask("POST", f"{where}/decision", {"agrees": True}).json()["code"] == "second-person-needed"
    two.do("POST", f"{where}/decision", {"agrees": True})
    (line,) = ada.get("/api/v1/me/exams")["results"]
    assert (line["outcome"], line["score"], line["taken_on"]) == ("pass", 830, day)
    (ccna,) = eventually(lambda: ada.get("/api/v1/me/certifications")["certifications"], bool)
    assert (ccna["certification"], ccna["active_on"]) == ("ccna", day)


@pytest.mark.feature("F10.6")
def test_each_check_before_a_booking_refuses_over_the_api(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    report(system, ada, "200-301", 0, "fail")
    lab = {"exam": "LAB-EI", "site": "brussels-lab", "starts_at": session_of(ada, "LAB-EI", "brussels-lab")}
    online = {"site": "online", "starts_at": session_of(ada, "200-301", "online", 0)}
    for otherwise, code in (
        ({"confirmed_name": "Ada King"}, "name-not-confirmed"),
        (online, "retake-too-early"),
        (lab, "qualifier-missing"),
        ({**online, "exam": "300-425"}, "exam-retired"),
        ({"exam": "350-401", "accommodations": ["extra-time"]}, "accommodation-not-approved"),
    ):
        refused = ada.ask("POST", "/api/v1/me/appointments", wish(ada, **otherwise))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert refused.json()["detail"].endswith(".")
    assert ada.get("/api/v1/me/appointments") == {"appointments": [], "total": 0, "stale": False}


@pytest.mark.feature("F10.2")
@pytest.mark.feature("F10.4")
@pytest.mark.feature("F10.7")
def test_a_day_before_an_appointment_is_not_moved_and_the_providers_help_is_named(system: System) -> None:
    ada, grace = candidate(system, "Ada", "Lovelace"), candidate(system, "Grace", "Hopper")
    one = by_phone(system, ada, "350-401", timedelta(hours=23, minutes=59))
    where = f"/api/v1/me/appointments/{one}"
    late = ada.get(where)
    assert (late["changeable"], late["cancellable"], late["refund_if_cancelled"]) == (False, True, False)
    assert late["self_service"] == ada.get("/api/v1/test-provider")["self_service"]
    assert grace.ask("GET", where).json()["code"] == "unknown-appointment"
    move = {"site": "austin", "starts_at": session_of(ada, "350-401", "austin")}
    refused = ada.ask("POST", f"{where}/move", move)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-late-to-change")
    ada.do("POST", f"{where}/cancellation", {})
    assert (ada.get(where)["status"], ada.get(where)["refunded"]) == ("cancelled", False)


@pytest.mark.feature("F10.5")
def test_scheduled_exams_reports_payments_and_the_providers_profile_are_found_over_the_api(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    booked = by_phone(system, ada, "350-401", timedelta(days=9))
    result_id = report(system, ada, "200-301", 9, "pass")
    assert [one["appointment_id"] for one in ada.get("/api/v1/me/appointments")["appointments"]] == [booked]
    assert [one["receipt_id"] for one in ada.get("/api/v1/me/receipts")["receipts"]] == [booked]
    assert ada.get(f"/api/v1/me/exams/{result_id}/score-report")["outcome"] == "pass"
    assert ada.get("/api/v1/test-provider")["profile"].startswith("https://")
    assert Person(system).ask("GET", "/api/v1/test-provider").json()["code"] == "token-invalid"


@pytest.mark.feature("F6.5")
@pytest.mark.rule("R-T6")
@pytest.mark.rule("R-H2")
def test_a_result_is_reported_missing_over_the_api_once_it_is_late(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    early = report(system, ada, "200-301", 2, "pending", score=None)
    late = report(system, ada, "350-401", 11, "pending", score=None)
    assert {one["result_id"]: one["missing"] for one in ada.get("/api/v1/me/exams")["results"]} == {
        early: False, late: True,
    }  # fmt: skip
    objection = {"kind": "missing_or_wrong_result", "matter_kind": "result", "statement": "Nothing came."}
    refused = ada.ask("POST", "/api/v1/me/challenges", {**objection, "matter_id": early})
    assert (refused.status_code, refused.json()["code"]) == (409, "challenge-too-early")
    ada.do("POST", "/api/v1/me/challenges", {**objection, "matter_id": late})
    assert [one["matter_id"] for one in ada.get("/api/v1/me/challenges")["objections"]] == [late]


@pytest.mark.feature("F6.1")
@pytest.mark.feature("F6.6")
def test_the_history_says_each_result_in_its_word_over_the_api(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    every_word(system, ada)
    assert {one["exam"]: one["outcome"] for one in ada.get("/api/v1/me/exams")["results"]} == {
        "200-301": "pass", "350-401": "fail", "300-410": "pending", "300-415": "held", "300-420": "invalidated",
        "300-435": "no-show",
    }  # fmt: skip
    assert Person(system).ask("GET", "/api/v1/me/exams").json()["code"] == "token-invalid"


@pytest.mark.feature("F10.8")
def test_an_accommodation_is_asked_for_and_denied_over_the_api(system: System) -> None:
    grace = member(system, "Grace", "Hopper", "administrator")
    linus = candidate(system, "Linus", "Berg")
    wish = {"accommodation": "separate-room", "statement": "Noise."}
    one = linus.do("POST", "/api/v1/me/accommodations", wish)["request_id"]
    again = linus.ask("POST", "/api/v1/me/accommodations", wish)
    assert (again.status_code, again.json()["code"]) == (409, "accommodation-asked-before")
    queue = "/api/console/v1/accommodations"
    assert [each["statement"] for each in grace.get(queue)["requests"]] == ["Noise."]
    assert linus.ask("GET", queue).json()["code"] == "role-missing"
    grace.do("POST", f"{queue}/{one}", {"approved": False, "reason": "letter-missing"})
    (told,) = linus.get("/api/v1/me/accommodations")["requests"]
    assert (told["status"], told["reason"]) == ("denied", "letter-missing")
