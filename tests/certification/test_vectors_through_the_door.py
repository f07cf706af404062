"""The programme's worked examples once more, told as events and commands on their days and read back as a candidate.

No job runs before the answer is read: rows hold dates, so what is shown on any day is right. Then the job runs, and the
answer is the same.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

import contracts
from chassis import serialization
from chassis.decider import Rejected
from chassis.tables import outbox
from tests.certification.test_vectors import VECTORS, on_the_wire

ADA = "CAND0000ADA"
ANSWERED = {"never_expires": "active"}
"""Readers see another word for what has no end."""


def known_on(entry: dict[str, Any]) -> date:
    happened = entry.get("date") or entry["submitted"]
    return max(entry.get("recorded") or entry.get("decided") or happened, happened)


def result(entry: dict[str, Any]) -> dict[str, Any]:
    ref = entry.get("ref") or f"{entry['exam']}/{entry['date']}"
    return {
        "candidate_id": ADA, "result_id": str(ref), "exam": entry["exam"], "exam_version": None, "title": entry["exam"],
        "role": "core", "taken_on": entry["date"], "score": None, "attempt": 1,
        "reported_at": datetime(2026, 11, 20, tzinfo=UTC),
    }  # fmt: skip


def tell(entry: dict[str, Any], asked_as: Any, told: Any) -> None:
    """One entry of a history, by the door through which it comes in real life."""
    match entry:
        case {"exam": _, "result": "pass"}:
            told(contracts.ExamPassed(**result(entry)))
        case {"exam": _, "result": "fail"}:
            told(contracts.ExamFailed(**result(entry)))
        case {"revoke": ref}:
            told(
                contracts.ExamResultRevoked(
                    candidate_id=ADA, result_id=str(ref), exam="-", taken_on=entry["date"], revoked_on=entry["date"],
                    reason="misconduct",
                )
            )  # fmt: skip
        case {"ce": amount}:
            asked_as().record_claim(
                ADA, entry["item"], amount, entry["completed"].isoformat(), entry["submitted"].isoformat(),
                known_on(entry).isoformat(),
            )  # fmt: skip
        case {"extend_days": days}:
            asked_as().extend_all(days=days, on=entry["date"].isoformat())
        case {"emeritus": True}:
            asked_as().grant_emeritus(ADA, entry["date"].isoformat())


def shown(asked_as: Any) -> dict[str, Any]:
    found = asked_as().status(ADA)
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
@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in VECTORS])
def test_a_history_told_by_events_is_shown_as_the_programme_expects(vector, asked_as, told, clock):
    entries = sorted(vector["history"], key=known_on)
    for check in vector["checks"]:
        while entries and known_on(entries[0]) <= check["as_of"]:
            entry = entries.pop(0)
            clock.go_to(known_on(entry).isoformat())
            try:
                tell(entry, asked_as, told)
            except Rejected:  # a claim that can never count is refused at the door
                assert "ce" in entry
        clock.go_to(check["as_of"].isoformat())
        wanted = {key: on_the_wire(value) for key, value in check.items() if key != "as_of"}
        assert shown(asked_as) == wanted
        asked_as().review_all()
        assert shown(asked_as) == wanted


# -- anniversaries -----------------------------------------------------------------------------------------------------


def sittings(first: date, reached_on: date) -> list[tuple[str, date]]:
    """The core exam and the lab on the first day, and since then a lab in every second year but the last."""
    later = [date(year, first.month, min(first.day, 28)) for year in range(first.year + 2, reached_on.year, 2)]
    return [("350-401", first), *(("LAB-EI", day) for day in (first, *later))]


@pytest.mark.thorough
@pytest.mark.rule("R-E5")
@pytest.mark.parametrize(
    ("first", "reached_on"),
    [pytest.param(date(2001, 10, 8), date(2026, 10, 8), id="A01"),
     pytest.param(date(2004, 2, 29), date(2029, 2, 28), id="A02"),
     pytest.param(date(2000, 2, 29), date(2025, 2, 28), id="A03")],
)  # fmt: skip
def test_the_anniversary_told_by_events_on_their_days_is_reached_on_its_day_and_told_once(
    first, reached_on, frame, asked_as, told, clock
):
    for number, (exam, day) in enumerate(sittings(first, reached_on)):
        clock.go_to(day.isoformat())
        told(contracts.ExamPassed(**result({"ref": f"r{number}", "exam": exam, "date": day})))
    clock.go_to((reached_on - timedelta(days=1)).isoformat())
    asked_as().catch_up()
    assert anniversaries(frame) == []
    found = asked_as().expert(ADA)
    assert (found["first_expert_on"], found["anniversary_on"]) == (first.isoformat(), reached_on.isoformat())
    clock.go_to(reached_on.isoformat())
    for _ in range(2):
        asked_as().catch_up()
    assert anniversaries(frame) == [(25, reached_on)]


def anniversaries(frame: Any) -> list[tuple[int, date]]:
    """The anniversaries that others were told of."""
    with frame.database.read() as connection:
        rows = connection.execute(select(outbox.c.data).where(outbox.c.name == "ExpertAnniversaryReached")).scalars()
        events = [serialization.from_plain(contracts.ExpertAnniversaryReached, orjson.loads(data)) for data in rows]
    return [(one.years, one.reached_on) for one in events]
