"""What the dashboard is told of the record: what expires soon, how to renew it, what results have brought."""

from datetime import UTC, date, datetime

import pytest

import contracts

ADA = "CAND0000ADA"


def passed(exam: str, on: str, ref: str) -> contracts.ExamPassed:
    return contracts.ExamPassed(
        candidate_id=ADA,
        result_id=ref,
        exam=exam,
        exam_version=None,
        title=exam,
        role="core",
        taken_on=date.fromisoformat(on),
        score=None,
        attempt=1,
        reported_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )


@pytest.mark.feature("F3.5")
@pytest.mark.parametrize(("taken_on", "expected"), [("2024-05-19", [("ccna", 180)]), ("2024-05-20", [])])
def test_what_expires_in_180_days_is_shown_and_in_181_is_not(asked_as, told, taken_on, expected):
    told(passed("200-301", taken_on, "R1"))
    shown = asked_as().overview(ADA)["expirations"]
    assert [(one["certification"], one["days_left"]) for one in shown] == expected


@pytest.mark.feature("F3.5")
@pytest.mark.rule("R-C1")
def test_the_cheapest_renewal_stands_beside_it(asked_as, told):
    told(passed("200-301", "2024-05-19", "R1"))
    asked_as().record_claim(ADA, "course", 24, "2026-10-01", "2026-10-02", "2026-10-03")
    renewal = asked_as().overview(ADA)["expirations"][0]["renewal"]
    assert (renewal["credits"], renewal["exams"], renewal["price_usd"]) == (6, [], 0)
    assert [one["certification"] for one in renewal["renews"]] == ["ccna"]


@pytest.mark.feature("F3.4")
def test_a_result_is_followed_to_all_that_it_brought(asked_as, told):
    told(passed("200-301", "2024-05-19", "R1"), passed("350-401", "2026-11-18", "R2"))
    outcomes = asked_as().overview(ADA)["outcomes"]
    assert {result: brought_by(outcome) for result, outcome in outcomes.items()} == {
        "R1": [("earned", "ccna")],
        "R2": [("earned", "spec-enterprise-core"), ("progressed", "ccnp-enterprise"), ("recertified", "ccna")],
    }
    assert [line["details"].get("kit") for line in outcomes["R1"]["brought"]] == ["certificate"]


def brought_by(outcome):
    return sorted(
        (line["code"], line["details"]["certification"])
        for line in outcome["brought"]
        if line["details"]["certification"] in {"ccna", "spec-enterprise-core", "ccnp-enterprise"}
    )


@pytest.mark.feature("F3.4")
def test_activity_tells_changes_of_certifications_and_not_that_a_result_was_matched(asked_as, told):
    told(passed("200-301", "2024-05-19", "R1"))
    told(contracts.ExamResultRevoked(
        candidate_id=ADA, result_id="R1", exam="200-301", taken_on=date(2024, 5, 19), revoked_on=date(2026, 11, 20),
        reason="misconduct",
    ))  # fmt: skip
    assert [line["code"] for line in asked_as().activity(ADA)] == ["revoked", "earned"]
    assert [line["code"] for line in asked_as().activity(ADA, 1)] == ["revoked"]
