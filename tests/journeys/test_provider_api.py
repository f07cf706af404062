"""The provider's API: a token of its own, a feed that survives a kill, and an answer for everything that is wrong."""

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
from tests.corner import Corner
from tests.journeys.exams import FEED, feed, lines, phone_booking, session_of
from tests.system import System, candidate, eventually

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

RECORDS = int(os.environ.get("CERTTRACK_FEED_RECORDS", "3000"))
"""100000 takes some minutes: `CERTTRACK_FEED_RECORDS=100000`."""
MACHINE = {"name": "Test provider", "redirect_uris": [], "scopes": ["provider"]}


@pytest.fixture(scope="module")
def system(place: Corner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """An installation of its own, because one of its services is killed; its gateway has fetched identity's keys."""
    with System(tmp_path_factory.mktemp("provider"), "sqlite", place=place) as running:
        eventually(lambda: feed(running, b"").status_code, lambda status: status == httpx.codes.OK)
        yield running


def record(number: int, **otherwise: Any) -> dict[str, Any]:
    return {
        "kind": "result", "id": f"FEED-{number}", "candidate_id": f"C-{number % 500}", "exam": "200-301",
        "taken_on": "2026-09-01", "outcome": "fail", "score": 640, **otherwise,
    }  # fmt: skip


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
    move = {"site": "austin", "starts_at": session_of(grace, "200-301", "austin")}
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


def ask_for_token(system: System, client: dict[str, str], **more: str) -> httpx.Response:
    asked = {"grant_type": "client_credentials", "scope": "provider", **more}
    known = (client["client_id"], client["client_secret"])
    return httpx.post(f"{system.url}/oauth/token", data=asked, auth=known, timeout=10.0)


@pytest.mark.feature("F12.2")
def test_a_machine_sends_records_with_a_token_of_its_own_until_it_is_removed(system: System) -> None:
    machine = system.call("identity", "clients_add", **MACHINE)
    told = ask_for_token(system, machine).json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 600, "provider")
    sent = feed(system, lines([record(1, id="TOKEN-1"), record(2, id="TOKEN-2")]), token=told["access_token"])
    assert (sent.status_code, sent.json()["recorded"], facts(system, '%"TOKEN-%')) == (200, 2, 2)
    system.call("identity", "clients_remove", client_id=machine["client_id"])
    refused = ask_for_token(system, machine)
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})


@pytest.mark.feature("F12.2")
def test_no_token_comes_for_a_wrong_secret_another_scope_or_an_app_of_people(system: System) -> None:
    machine = system.call("identity", "clients_add", **MACHINE)
    app = {"name": "Ada's app", "redirect_uris": ["https://app.example/back"], "scopes": ["openid"]}
    people = system.call("identity", "clients_add", **app)
    for client, more, status, error in (
        ({**machine, "client_secret": "guess"}, {}, 401, "invalid_client"),
        (machine, {"scope": "operator"}, 400, "invalid_scope"),
        (people, {"scope": "openid"}, 400, "unauthorized_client"),
    ):
        refused = ask_for_token(system, client, **more)
        assert (refused.status_code, refused.json()) == (status, {"error": error})


@pytest.mark.feature("F12.2")
def test_the_feed_is_for_the_provider_alone(system: System) -> None:
    for headers in ({}, {"Authorization": "Bearer forged.token.here"}):
        answer = httpx.post(f"{system.url}{FEED}", content=b"{}", headers=headers, timeout=5.0)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    ada = candidate(system, "Ada", "Lovelace")
    refused = feed(system, lines([record(1, id="ADA-1")]), token=ada.token)
    assert (refused.status_code, refused.json()["code"]) == (403, "role-missing")
    assert facts(system, '%"ADA-%') == 0


def run(program: list[str], **variables: str) -> tuple[int, list[str]]:
    """Exit code and printed lines."""
    command, environment = [sys.executable, *program], {**os.environ, **variables}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


@pytest.mark.feature("F12.2")
def test_the_documented_example_and_the_import_print_what_the_guide_says(system: System) -> None:
    machine = system.call("identity", "clients_add", **MACHINE)
    named = {"CLIENT_ID": machine["client_id"], "CLIENT_SECRET": machine["client_secret"]}
    guide, records = (ROOT / "docs/provider.md").read_text(), "docs/provider_records.ndjson"
    refusal = "line 5: R-79 unknown-exam: The catalogue has no exam with this code."
    sent = run(["docs/provider_example.py", system.url, records], **named)
    assert sent == (1, ["5 lines: 4 recorded, 0 known, 1 refused", refusal])
    imported = run(["-m", "deploy.cli", "--data", str(system.folder), "import", "results", records])
    assert imported == (1, ["5 lines: 0 recorded, 4 known, 1 refused", refusal])
    assert all("\n".join(printed) in guide for _, printed in (sent, imported))


@pytest.mark.feature("F12.2")
def test_a_file_without_fault_is_imported_with_a_bar_and_ends_well(system: System, tmp_path: Path) -> None:
    file = tmp_path / "results.ndjson"
    file.write_bytes(lines([record(1, id="FILE-1"), record(2, id="FILE-2")]))
    command = ["-m", "deploy.cli", "--data", str(system.folder), "import", "results"]
    assert run([*command, str(file)]) == (0, ["2 lines: 2 recorded, 0 known, 0 refused"])
    assert run([*command, str(tmp_path / "missing")]) == (2, [])
