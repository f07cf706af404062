"""The programme's worked examples a third time: history in and state out through the HTTP API, on their days.

The provider reports and takes back results, the candidate claims credits that a reviewer approves, two people extend,
the candidate applies for emeritus and the fee is paid. Testing and certification are the real ones; what testing
announces is handed on as it stands in its log.
"""

from datetime import date, timedelta
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import select

import contracts
from chassis import serialization
from chassis.tables import outbox
from tests.certification.pages import PDF, do
from tests.certification.test_vectors import VECTORS, on_the_wire
from tests.certification.test_vectors_through_the_door import ADA, ANSWERED, known_on, result
from tests.certification.world import World

TERMS = "/api/v1/me/credits/terms"
CLAIMS = "/api/v1/me/credits/claims"
EXPERT = "ccie-enterprise-infrastructure"


# -- a history as acts on their days -----------------------------------------------------------------------------------


def acts(history: list[dict[str, Any]]) -> list[tuple[date, int, dict[str, Any]]]:
    """Each entry on the day on which it is done; a claim is handed in on one day and decided on another."""
    found = []
    for entry in history:
        if "ce" in entry:
            found.append((entry["submitted"], 0, {"submit": entry}))
            found.append((known_on(entry), 1, {"approve": entry}))
        else:
            found.append((known_on(entry), 0, entry))
    return sorted(found, key=lambda act: act[:2])


def perform(act: dict[str, Any], world: World, known: dict[str, str]) -> None:
    match act:
        case {"exam": exam}:
            report(act, exam, world, known)
        case {"revoke": ref}:
            where = f"/api/provider/v1/results/{known[str(ref)]}/revocation"
            assert do(world.provider(), "POST", where, {"reason": "misconduct"}).status_code == httpx.codes.ACCEPTED
            world.hand_on()
        case {"submit": entry}:
            submit(entry, world, known)
        case {"approve": entry}:
            approve(entry, world, known)
        case {"extend_days": days}:
            extend(days, act["date"], world)
        case {"emeritus": True}:
            become_emeritus(act["date"], world)


def report(entry: dict[str, Any], exam: str, world: World, known: dict[str, str]) -> None:
    ref = str(entry.get("ref") or f"{exam}/{entry['date']}")
    body = {
        "candidate_id": ADA, "exam": exam, "taken_on": entry["date"].isoformat(), "outcome": entry["result"],
        "provider_reference": ref,
    }  # fmt: skip
    answer = do(world.provider(), "POST", "/api/provider/v1/results", body)
    assert answer.status_code == httpx.codes.CREATED, answer.text
    known[ref] = answer.json()["result_id"]
    world.hand_on()


def submit(entry: dict[str, Any], world: World, known: dict[str, str]) -> None:
    """A claim that can never count is refused when it is made (F5.6)."""
    ada = world.candidate()
    do(ada, "POST", TERMS, {"version": ada.get("/api/v1/me/credits").json()["terms"]})
    lines = [{"item": entry["item"], "completed_on": entry["completed"].isoformat()}]
    drafted = do(ada, "POST", CLAIMS, {"lines": lines})
    if drafted.status_code == httpx.codes.CONFLICT:
        return
    claim = known[name_of(entry)] = drafted.json()["claim_id"]
    headers = {"Content-Type": "application/pdf", "Idempotency-Key": f"file-{claim}"}
    ada.post(f"{CLAIMS}/{claim}/files?name=course.pdf", content=PDF, headers=headers)
    assert do(ada, "POST", f"{CLAIMS}/{claim}/submission").status_code == httpx.codes.OK


def approve(entry: dict[str, Any], world: World, known: dict[str, str]) -> None:
    """Refused where another claim of the same item was approved meanwhile."""
    if name_of(entry) in known:
        where = f"/api/console/v1/claims/{known[name_of(entry)]}/approval"
        assert do(world.staff("GRACE"), "POST", where).status_code in {httpx.codes.OK, httpx.codes.CONFLICT}


def name_of(entry: dict[str, Any]) -> str:
    return f"{entry['item']}/{entry['completed']}"


def extend(days: int, on: date, world: World) -> None:
    arguments = {"days": days, "on": on.isoformat(), "reason": "centres-closed"}
    wanted = {"service": "certification", "action": "certifications-extend", "reason": "All.", "arguments": arguments}
    asked = do(world.staff("GRACE"), "POST", "/api/console/v1/approvals", wanted).json()["proposal_id"]
    granted = do(world.staff("LINUS"), "POST", f"/api/console/v1/approvals/certification/{asked}/approve")
    assert granted.status_code == httpx.codes.OK
    assert world.certification.asked_as().extend_some() == {"candidates": 1}


def become_emeritus(on: date, world: World) -> None:
    applied = do(world.candidate(), "POST", "/api/v1/me/expert/emeritus")
    assert applied.status_code == httpx.codes.OK, applied.text
    body = {"application_id": applied.json()["application_id"], "payment": "PAY-1", "paid_on": on.isoformat()}
    assert do(world.provider(), "POST", "/api/provider/v1/emeritus-payments", body).status_code == httpx.codes.OK


def shown(world: World) -> dict[str, Any]:
    found = world.candidate().get("/api/v1/me/certifications").json()
    return {
        "certifications": {
            line["certification"]: [
                ANSWERED.get(line["status"], line["status"]), line["active_on"], line["expires_on"],
                *([line["emeritus_until"]] if line["status"] == "emeritus" else []),
            ]
            for line in found["certifications"]
        },
        "in_progress": sorted(line["certification"] for line in found["in_progress"]),
        "ce_balance": found["ce_balance"],
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.rule("R-F")
@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in VECTORS])
def test_a_history_told_through_the_api_is_shown_by_the_api_as_the_programme_expects(vector, world):
    waiting, known = acts(vector["history"]), {}
    for check in vector["checks"]:
        while waiting and waiting[0][0] <= check["as_of"]:
            day, _, act = waiting.pop(0)
            world.go_to(day)
            perform(act, world, known)
        world.go_to(check["as_of"])
        assert shown(world) == {key: on_the_wire(value) for key, value in check.items() if key != "as_of"}


# -- anniversaries -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-E5")
@pytest.mark.parametrize(
    ("first", "reached_on"),
    [pytest.param(date(2001, 10, 8), date(2026, 10, 8), id="A01"),
     pytest.param(date(2004, 2, 29), date(2029, 2, 28), id="A02"),
     pytest.param(date(2000, 2, 29), date(2025, 2, 28), id="A03")],
)  # fmt: skip
def test_the_anniversary_of_an_expert_is_announced_by_the_api_and_reached_on_its_day(first, reached_on, world):
    """The sittings come as events: today's exams were not offered then, and the provider's API says so."""
    world.go_to(reached_on - timedelta(days=1))
    labs = [first, *(first.replace(year=first.year + years, day=28 if first.day == 29 else first.day)
                     for years in range(2, 25, 2))]  # fmt: skip
    for number, (exam, day) in enumerate([("350-401", first), *(("LAB-EI", lab) for lab in labs)]):
        world.certification.tell(contracts.ExamPassed(**result({"ref": f"r{number}", "exam": exam, "date": day})))
    world.certification.asked_as().catch_up()
    assert announced(world) == []
    found = world.candidate().get("/api/v1/me/expert").json()
    assert (found["first_expert_on"], found["anniversary_on"]) == (first.isoformat(), reached_on.isoformat())
    world.go_to(reached_on)
    for _ in range(2):
        world.certification.asked_as().catch_up()
    assert announced(world) == [(25, reached_on.isoformat())]


def announced(world: World) -> list[tuple[int, str]]:
    with world.certification.frame.database.read() as connection:
        rows = connection.execute(select(outbox.c.data).where(outbox.c.name == "ExpertAnniversaryReached")).scalars()
        told = [serialization.from_plain(contracts.ExpertAnniversaryReached, orjson.loads(data)) for data in rows]
    return [(one.years, one.reached_on.isoformat()) for one in told]
