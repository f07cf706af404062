"""The report of pass rates: results of a year, without what has no result."""

import pytest


@pytest.fixture
def reported(asked_as):
    """Results of an exam: (candidate, day, outcome)."""

    def report(exam: str, *results: tuple[str, str, str]) -> list[str]:
        return [
            asked_as().report_result(
                candidate_id=candidate_id, exam=exam, taken_on=day, outcome=outcome,
                provider_reference=f"{candidate_id}/{exam}/{day}",
            )["result_id"]
            for candidate_id, day, outcome in results
        ]  # fmt: skip

    return report


@pytest.mark.feature("F12.1")
def test_passes_are_told_as_a_share_of_sittings(reported, asked_as):
    reported("350-401", ("C-ADA", "2026-03-01", "pass"), ("C-GRACE", "2026-03-02", "fail"))
    reported("350-401", ("C-LINUS", "2026-04-01", "pass"), ("C-GRACE", "2025-11-19", "pass"))
    reported("200-301", ("C-ADA", "2026-01-01", "fail"))
    report = asked_as().report_pass_rates()
    assert [(row["exam"], row["taken"], row["passed"], row["percent"]) for row in report["rows"]] == [
        ("200-301", 1, 0, 0),
        ("350-401", 3, 2, 67),
    ]
    assert report["next"] is None


def test_a_result_that_was_taken_back_does_not_count(reported, asked_as):
    (result_id,) = reported("350-401", ("C-ADA", "2026-03-01", "pass"))
    asked_as().revoke_result(result_id, "score-irregular")
    assert asked_as().report_pass_rates()["rows"] == []
