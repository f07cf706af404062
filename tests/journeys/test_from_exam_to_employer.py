"""A reported exam becomes a certification, a kit, and a page that an employer opens."""

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from deploy.environment import ROOT
from tests.system import Person, System, candidate, eventually, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    if request.param == "postgresql":
        yield request.getfixturevalue("on_postgresql")
        return
    with System(tmp_path_factory.mktemp("journey"), request.param) as running:
        yield running


def partner(system: System, name: str, *, start: str) -> subprocess.Popen[str]:
    """The partner's script from the documentation, with a broker user of its own."""
    types = "ExamPassed,CertificationEarned,KitClaimed,TranscriptDisclosed"
    command = [sys.executable, "-m", "deploy.cli", "--data", str(system.folder), "partners", "add", name]
    told = subprocess.run(
        [*command, "--events", types, "--from", start], cwd=ROOT, check=True, capture_output=True, text=True
    )
    told_words = dict(line.split(None, 1) for line in told.stdout.splitlines() if line.startswith(("uri", "queue")))
    assert {one["state"] for one in system.call("identity", "partners_list")} == {"ready"}
    return subprocess.Popen(
        [sys.executable, "docs/partner_example.py", told_words["uri"], told_words["queue"], "4", "20"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )


def passed_ccna(system: System, person: Person) -> None:
    provider(system).do("POST", "/api/provider/v1/results", result(person.candidate_id, "200-301", "2026-09-01"))


def pending_kit(person: Person) -> dict[str, str]:
    kits = eventually(lambda: person.get("/api/v1/me/kits")["kits"], lambda kits: len(kits) == 1)
    return dict(kits[0])


@pytest.mark.feature("F13.1")
@pytest.mark.feature("F8.2")
@pytest.mark.feature("F9.7")
def test_a_reported_exam_reaches_the_employer_and_the_partner_hears_of_each_step(system: System) -> None:
    listening = partner(system, f"acme-{system.database}", start="now")
    ada = candidate(system, "Ada", "Lovelace")

    passed_ccna(system, ada)
    status = eventually(lambda: ada.get("/api/v1/me/certifications"), lambda told: told["certifications"])
    kit = pending_kit(ada)
    claimed = ada.do("POST", f"/api/v1/me/kits/{kit['kit_id']}/claim", {"printed_name": "Ada Lovelace"})
    transcript = ada.do("POST", "/api/v1/me/transcripts", {"show_dates": True})["transcript_id"]
    code = ada.do("POST", f"/api/v1/me/transcripts/{transcript}/disclosures")["code"]
    page = httpx.get(f"{system.url}/api/v1/public/transcripts/{code}").json()

    assert [(line["certification"], line["status"]) for line in status["certifications"]] == [("ccna", "active")]
    assert kit["status"] == "pending"
    assert pending_kit(ada)["status"] == "ordered"
    assert pending_kit(ada)["order_number"] == claimed["order_number"]
    assert page["holder"] == "Ada Lovelace"
    assert [(line["certification"], line["expires_on"]) for line in page["certifications"]] == [("ccna", "2029-09-01")]
    told = listening.communicate(timeout=30)[0].splitlines()
    assert [line.split()[0] for line in told] == [
        "certtrack.testing.ExamPassed.v1",
        "certtrack.certification.CertificationEarned.v1",
        "certtrack.fulfillment.KitClaimed.v1",
        "certtrack.verification.TranscriptDisclosed.v1",
    ]
    assert all(ada.candidate_id in line for line in told)


@pytest.mark.feature("F9.9")
def test_a_disabled_transcript_is_refused_from_the_moment_of_the_answer(system: System) -> None:
    grace = candidate(system, "Grace", "Hopper")
    transcript = grace.do("POST", "/api/v1/me/transcripts", {})["transcript_id"]
    code = grace.do("POST", f"/api/v1/me/transcripts/{transcript}/disclosures")["code"]
    url = f"{system.url}/api/v1/public/transcripts/{code}"
    assert [httpx.get(url).status_code for _ in range(3)] == [200, 200, 200]

    grace.do("POST", f"/api/v1/me/transcripts/{transcript}/disable")

    assert [httpx.get(url).status_code for _ in range(3)] == [404, 404, 404]


@pytest.mark.feature("F11.2")
@pytest.mark.rule("R-X1")
def test_a_revoked_certification_is_no_longer_valid_from_the_moment_of_the_answer(system: System) -> None:
    linus = candidate(system, "Linus", "Torvalds")
    vendor = provider(system)
    reported = vendor.do("POST", "/api/provider/v1/results", result(linus.candidate_id, "200-301", "2026-09-01"))
    codes = eventually(lambda: linus.get("/api/v1/me/certifications/codes")["codes"], lambda codes: len(codes) == 1)
    url = f"{system.url}/api/v1/public/verify/{codes[0]['code']}"
    assert eventually(lambda: httpx.get(url).json()["answer"], lambda answer: answer != "unknown") == "valid-until"

    answer = vendor.ask(
        "POST", f"/api/provider/v1/results/{reported['result_id']}/revocation", {"reason": "misconduct"}
    )

    assert answer.status_code == httpx.codes.OK
    assert [httpx.get(url).json()["answer"] for _ in range(3)] == ["revoked", "revoked", "revoked"]


@pytest.mark.rule("R-P1")
def test_an_erased_candidate_is_gone_from_public_pages(system: System) -> None:
    eve = candidate(system, "Eve", "Example")
    passed_ccna(system, eve)
    pending_kit(eve)
    codes = eventually(lambda: eve.get("/api/v1/me/certifications/codes")["codes"], lambda codes: len(codes) == 1)
    transcript = eve.do("POST", "/api/v1/me/transcripts", {})["transcript_id"]
    code = eve.do("POST", f"/api/v1/me/transcripts/{transcript}/disclosures")["code"]
    urls = [f"{system.url}/api/v1/public/transcripts/{code}", f"{system.url}/api/v1/public/verify/{codes[0]['code']}"]
    assert [httpx.get(url).status_code for url in urls] == [200, 200]

    assert eve.ask("DELETE", "/api/v1/me").status_code == httpx.codes.ACCEPTED
    assert [httpx.get(url).status_code for url in urls] == [200, 200]  # two weeks to think
    system.call("identity", "erase", candidate_id=eve.candidate_id)

    eventually(lambda: httpx.get(urls[0]).status_code, lambda code: code == httpx.codes.NOT_FOUND)
    eventually(lambda: httpx.get(urls[1]).json()["answer"], lambda answer: answer == "withdrawn")


@pytest.mark.rule("R-G1")
def test_twenty_clicks_on_claim_make_one_order(system: System) -> None:
    ada = candidate(system, "Ada", "Twice")
    passed_ccna(system, ada)
    kit = pending_kit(ada)

    answers = [
        ada.ask("POST", f"/api/v1/me/kits/{kit['kit_id']}/claim", {"printed_name": "Ada Twice"}, key="one-click")
        for _ in range(20)
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["order_number"] for answer in answers}) == 1


def test_replaying_everything_gives_what_is_live(system: System) -> None:
    assert system.settled()
    assert system.differences() == {}


def test_no_personal_data_stands_in_facts_logs_or_effects(system: System) -> None:
    words = (b"Lovelace", b"Hopper", b"Torvalds", b"Box Hill", b"correct horse")
    files = [file for file in (system.folder / "log").glob("*.log") if file.is_file()]

    found = {(file.name, word) for file in files for word in words if word in file.read_bytes()}

    assert found == set()
