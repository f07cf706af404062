"""What databases do differently: records that become one and two again, and an erasure, on PostgreSQL."""

import uuid
from pathlib import Path

import pytest

from deploy import backup
from tests.journeys.people import complete, log_in, named_everywhere, unique
from tests.system import Person, System, eventually, member, provider, result, signed_up

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]


@pytest.mark.feature("F1.13")
@pytest.mark.feature("F12.2")
def test_two_records_become_one_and_two_again_in_every_service(on_postgresql: System) -> None:
    system = on_postgresql
    ada, twin = (signed_up(system, "Ada", "King", unique(name)) for name in ("ada", "twin"))
    complete(ada)
    complete(twin)
    vendor = provider(system)
    for person, exam, day in ((ada, "350-401", "2026-08-03"), (twin, "300-410", "2026-09-07"),
                              (twin, "200-301", "2026-02-02")):  # fmt: skip
        vendor.do("POST", "/api/provider/v1/results", result(person.candidate_id, exam, day))
    eventually(lambda: kits_of(system, twin), lambda kits: kits == {"ccna": "pending"})
    transcript = system.call("verification", "create_transcript", candidate_id=twin.candidate_id)["transcript_id"]
    link = {"candidate_id": twin.candidate_id, "transcript_id": transcript}
    code = system.call("verification", "disclose_transcript", **link)["code"]
    before = [(held_by(system, one), kits_of(system, one)) for one in (ada, twin)]

    case_id = ada.do("POST", "/api/v1/me/cases", {"kind": "merge", "text": "Both are me."})["case_id"]
    vera, omar = member(system, "Vera", "Lind", "support"), member(system, "Omar", "Reyes", "reviewer")
    merge = {"action": "records-merge", "reason": "Passport seen.", "values": {"absorbed_id": twin.candidate_id}}
    asked = vera.do("POST", f"/api/console/v1/cases/{case_id}/proposals", merge)
    omar.do("POST", f"/api/console/v1/approvals/identity/{asked['proposal_id']}/approve", {})
    eventually(lambda: held_by(system, ada).keys(), lambda held: {"ccna", "ccnp-enterprise"} <= held)
    eventually(lambda: kits_of(system, ada), lambda kits: kits == {"ccna": "pending", "ccnp-enterprise": "pending"})
    assert exams_of(ada) == {"350-401", "300-410", "200-301"}
    eventually(lambda: {"ccna", "ccnp-enterprise"} <= shown_by(system, code), bool)
    assert log_in(Person(system), twin.email)["candidate_id"] == ada.candidate_id
    both = (ada.email, twin.email)
    eventually(lambda: [told(system, one, "two records of yours are one") for one in both], all)

    undo = {"service": "identity", "action": "records-separate", "subject": ada.candidate_id, "reason": "Two people.",
            "arguments": {"absorbed_id": twin.candidate_id}}  # fmt: skip
    asked = vera.do("POST", "/api/console/v1/approvals", undo)
    omar.do("POST", f"/api/console/v1/approvals/identity/{asked['proposal_id']}/approve", {})
    eventually(lambda: held_by(system, ada), lambda held: held == before[0][0])
    eventually(lambda: kits_of(system, ada), lambda kits: kits == before[0][1])
    assert (held_by(system, twin), kits_of(system, twin)) == before[1]
    assert log_in(twin)["candidate_id"] == twin.candidate_id
    assert (exams_of(ada), exams_of(twin)) == ({"350-401"}, {"300-410", "200-301"})
    eventually(
        lambda: shown_by(system, code), lambda shown: shown == {"ccna", "spec-enterprise-advanced-infrastructure"}
    )
    eventually(lambda: [told(system, one, "the merge of two records was undone") for one in both], all)
    assert system.settled()
    assert system.differences() == {}


def told(system: System, email: str, words: str) -> bool:
    return any(words in text for text in system.letters_to(email))


def exams_of(person: Person) -> set[str]:
    return {line["exam"] for line in person.get("/api/v1/me/exams")["results"]}


def held_by(system: System, person: Person) -> dict[str, tuple[str, str]]:
    found = system.call("certification", "status", candidate_id=person.candidate_id)["certifications"]
    return {line["certification"]: (line["status"], line["expires_on"]) for line in found}


def kits_of(system: System, person: Person) -> dict[str, str]:
    found = system.call("fulfillment", "kits", candidate_id=person.candidate_id)
    return {kit["certification"]: kit["status"] for kit in found if kit["why_not"] != "certification-not-active"}


def shown_by(system: System, code: str) -> set[str]:
    found = system.call("verification", "public_transcript", code=code)["certifications"]
    return {line["certification"] for line in found}


@pytest.mark.feature("F2.11")
@pytest.mark.rule("R-P1")
def test_no_dump_of_any_database_knows_somebody_who_was_erased(on_postgresql: System, tmp_path: Path) -> None:
    name = f"Zq{uuid.uuid4().hex[:10]}"
    eve = named_everywhere(on_postgresql, name)
    eve.do("PUT", "/api/v1/me/company", {"company": f"{name} Ltd"})
    eve.do("PUT", "/api/v1/me/local-script", {"name": name, "lines": [name]})
    assert on_postgresql.settled()
    assert dumps_with(on_postgresql, tmp_path, name) == {"identity", "verification"}

    on_postgresql.call("identity", "erase", candidate_id=eve.candidate_id)
    assert on_postgresql.settled()
    eventually(lambda: dumps_with(on_postgresql, tmp_path, name), lambda found: found == set())
    assert files_with(on_postgresql, name) == set()


def dumps_with(system: System, folder: Path, word: str) -> set[str]:
    """Services whose whole database, written out as text, has the word."""
    found = set()
    for service, url in system.installation.database_urls.items():
        file = folder / f"{service}.sql"
        backup.run("pg_dump", url, "--format=plain", f"--file={file}")
        if word.lower() in file.read_text("utf-8").lower():
            found.add(service)
    return found


def files_with(system: System, word: str) -> set[str]:
    """Logs, mails and the broker's queues that have it; the database's own pages are vacuumed in their time."""
    files = (file for file in system.folder.rglob("*") if file.is_file() and "postgres" not in file.parts)
    return {file.name for file in files if word.lower().encode() in file.read_bytes().lower()}
