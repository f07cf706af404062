"""Exams through the real API: a provider's feed that survives a kill, and everything a candidate and a centre do."""

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from deploy.environment import ROOT
from tests.system import Person, System, candidate, eventually, member, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

RECORDS = int(os.environ.get("CERTTRACK_FEED_RECORDS", "3000"))
"""100000 takes some minutes: `CERTTRACK_FEED_RECORDS=100000`."""
CARD = "4242 4242 4242 4242"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("exams"), "sqlite") as running:
        yield running


def feed(system: System, body: bytes, *, key: str = "") -> httpx.Response:
    headers = {
        "Authorization": f"Bearer {provider(system).token}",
        "Content-Type": "application/x-ndjson",
        "Idempotency-Key": key or uuid.uuid4().hex,
    }
    return httpx.post(f"{system.url}/api/provider/v1/records", content=body, headers=headers, timeout=1800.0)


def record(number: int, **otherwise: Any) -> dict[str, Any]:
    return {
        "kind": "result", "id": f"FEED-{number}", "candidate_id": f"C-{number % 500}", "exam": "200-301",
        "taken_on": "2026-09-01", "outcome": "fail", "score": 640, **otherwise,
    }  # fmt: skip


def lines(records: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def facts(system: System, like: str) -> int:
    engine = create_engine(system.installation.database_urls["testing"])
    try:
        with engine.connect() as connection:
            statement = text("SELECT count(*) FROM events WHERE name LIKE 'exam-%' AND data LIKE :like")
            return int(connection.execute(statement, {"like": like}).scalar_one())
    finally:
        engine.dispose()


@pytest.mark.feature("F12.2")
def test_a_feed_survives_the_death_of_its_service_with_one_fact_per_record(system: System) -> None:
    killer = threading.Timer(2.0, lambda: system.kill("testing"))
    killer.start()
    answer = feed(system, lines([record(number) for number in range(RECORDS)]))
    killer.join()
    told = answer.json()
    assert answer.status_code == 200, told
    assert (told["lines"], told["recorded"] + told["known"], told["refused"]) == (RECORDS, RECORDS, 0)
    assert facts(system, '%"FEED-%') == RECORDS
    again = feed(system, lines([record(number) for number in range(RECORDS)])).json()
    assert (again["recorded"], again["known"]) == (0, RECORDS)
    assert facts(system, '%"FEED-%') == RECORDS
    assert system.differences() == {}


@pytest.mark.feature("F12.2")
def test_every_kind_of_bad_record_is_answered_by_its_line_and_the_good_ones_are_kept(system: System) -> None:
    good = {"id": "GOOD-1", "candidate_id": "C-GOOD"}
    future = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()
    body = b"\n".join(
        [
            lines([record(1, **good)]).strip(),
            lines([record(1, **good)]).strip(),
            lines([record(1, **good, score=650)]).strip(),
            lines([record(1, id="BAD-1", exam="999-999")]).strip(),
            lines([record(1, id="BAD-2", taken_on=future)]).strip(),
            b'{"id": "' + b"x" * 5 * 1024 * 1024 + b'"}',
            b'{"id": "\xff\xfe"}',
            b"not json",
            lines([record(1, id="GOOD-2", candidate_id="C-GOOD", exam="350-401")]).strip(),
        ]
    )
    told = feed(system, body).json()
    assert (told["lines"], told["recorded"], told["known"], told["refused"]) == (9, 2, 1, 6)
    assert [(one["line"], one["code"]) for one in sorted(told["refusals"], key=lambda one: one["line"])] == [
        (3, "provider-record-contradicts"),
        (4, "unknown-exam"),
        (5, "exam-date-in-future"),
        (6, "line-too-long"),
        (7, "line-not-utf8"),
        (8, "line-not-json"),
    ]
    assert facts(system, '%"GOOD-%') == 2


@pytest.mark.feature("F10.2")
@pytest.mark.feature("F1.9")
def test_a_strangers_phone_booking_waits_for_the_account_and_can_be_moved(system: System) -> None:
    email = f"grace.{uuid.uuid4().hex[:8]}@example.org"
    person = {"provider_id": f"VUE-{email}", "first_name": "Grace", "last_name": "Hopper", "email": email}
    booking = phone_booking("PHONE-1", candidate=person)
    told = feed(system, lines([booking, booking]))
    assert (told.json()["recorded"], told.json()["known"]) == (1, 1)
    bad = lines(
        [
            phone_booking("PHONE-2", candidate={**person, "email": "nobody"}),
            phone_booking("PHONE-3", candidate=person, candidate_id="C-ADA"),
        ]
    )
    refusals = feed(system, bad).json()["refusals"]
    assert [(one["line"], one["code"], list(one["details"]["fields"])) for one in refusals] == [
        (1, "record-invalid", ["candidate"]),
        (2, "record-invalid", ["candidate"]),
    ]
    grace = candidate(system, "Grace", "Hopper", email)
    (listed,) = grace.get("/api/v1/me/appointments")["appointments"]
    assert (listed["channel"], listed["site_name"], listed["changeable"]) == ("phone", "Lisbon 1", True)
    move = {"site": "austin", "starts_at": free_time(grace, site="austin")}
    grace.do("POST", f"/api/v1/me/appointments/{listed['appointment_id']}/move", move)
    assert grace.get("/api/v1/me/appointments")["appointments"][0]["site"] == "austin"


@pytest.mark.feature("F12.2")
def test_a_result_may_come_before_its_booking(system: System) -> None:
    ada = candidate(system, "Ada", "Lovelace")
    early = record(1, id="EARLY-1", candidate_id=ada.candidate_id, taken_on="2026-11-03", outcome="pass", score=900)
    booking = phone_booking("EARLY-2", candidate_id=ada.candidate_id, starts_at="2026-11-03T09:00:00+00:00")
    told = feed(system, lines([early, booking, early])).json()
    assert (told["recorded"], told["known"], told["refused"]) == (2, 1, 0)
    assert [line["outcome"] for line in ada.get("/api/v1/me/exams")["results"]] == ["pass"]


def phone_booking(id: str, **more: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "kind": "appointment", "id": id, "exam": "200-301", "starts_at": (now + timedelta(days=20)).isoformat(),
        "booked_at": now.isoformat(), "time_zone": "Europe/Lisbon", "delivery": "centre", "site": "lis-1",
        "site_name": "Lisbon 1", "channel": "phone", "price_cents": 30_000, **more,
    }  # fmt: skip


@pytest.mark.feature("F12.2")
def test_a_file_is_imported_by_the_operators_command(system: System, tmp_path: Path) -> None:
    file = tmp_path / "results.ndjson"
    file.write_bytes(lines([record(1, id="FILE-1"), record(2, id="FILE-2"), record(3, id="FILE-3", exam="999-999")]))
    command = [sys.executable, "-m", "deploy.cli", "--data", str(system.folder), "import", "results", str(file)]
    first = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (first.returncode, first.stdout.splitlines()) == (
        1,
        [
            "3 lines: 2 recorded, 0 known, 1 refused",
            "line 3: FILE-3 unknown-exam: The catalogue has no exam with this code.",
        ],
    )
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert again.stdout.splitlines()[0] == "3 lines: 0 recorded, 2 known, 1 refused"


def test_the_feed_is_for_the_provider_alone(system: System) -> None:
    answer = httpx.post(f"{system.url}/api/provider/v1/records", content=b"{}", timeout=5.0)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    ada = candidate(system, "Ada", "Lovelace")
    assert ada.ask("POST", "/api/provider/v1/records").json()["code"] == "role-missing"


def free_time(person: Person, exam: str = "200-301", site: str = "amsterdam") -> str:
    found = person.get(f"/api/v1/exams/{exam}/sessions?site={site}&days=20")["sessions"]
    return str(found[-1]["starts_at"])


def wish(person: Person, **otherwise: Any) -> dict[str, Any]:
    return {
        "exam": "200-301", "site": "amsterdam", "starts_at": free_time(person), "confirmed_name": "Ada Lovelace",
        "card": CARD, **otherwise,
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
    one, two = (member(system, name, "Berg", "administrator") for name in ("Linus", "Grace"))
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
