from datetime import timedelta

import pytest
from marshmallow import ValidationError

from chassis.errors import NotFound, Rejected
from services.testing import schemas
from services.testing.projections import history

PASS = {
    "candidate_id": "C-ADA",
    "exam": "200-301",
    "taken_on": "2026-11-02",
    "outcome": "pass",
    "score": 880,
    "provider_reference": "VUE-1",
}


def report(testing, **otherwise):
    return testing.report_result(**{**PASS, **otherwise})


def refused(code, call, **named):
    with pytest.raises(Rejected) as refusal:
        call(**named)
    assert refusal.value.code == code


@pytest.mark.feature("F6.1")
def test_a_reported_result_stands_in_the_history(asked_as):
    result_id = report(asked_as())["result_id"]
    assert asked_as().history("C-ADA") == {
        "results": [
            {
                "result_id": result_id,
                "exam": "200-301",
                "acronym": "CCNA",
                "title": "Implementing and Administering Cisco Solutions",
                "exam_version": "1.1",
                "taken_on": "2026-11-02",
                "attempt": 1,
                "outcome": "pass",
                "score": 880,
                "next_allowed_on": "2027-02-03",
                "language": None,
                "delivery": None,
                "site": None,
                "score_report": True,
                "missing_from": None,
                "missing": False,
            }
        ],
        "total": 1,
        "years": [2026],
    }


def test_the_same_record_under_another_key_is_the_same_result(asked_as):
    first = report(asked_as("provider|report|1"))
    again = report(asked_as("provider|report|2"))
    assert again == {"result_id": first["result_id"], "written": None}
    assert asked_as().history("C-ADA")["total"] == 1


def test_a_retry_gives_the_first_answer(asked_as):
    assert report(asked_as("provider|report|1")) == report(asked_as("provider|report|1"))


def test_a_record_cannot_move_to_another_candidate(asked_as):
    report(asked_as())
    refused("provider-record-contradicts", asked_as().report_result, **{**PASS, "candidate_id": "C-GRACE"})
    assert asked_as().history("C-GRACE") == {"results": [], "total": 0, "years": []}


def test_an_unknown_exam_is_refused(asked_as):
    refused("unknown-exam", asked_as().report_result, **{**PASS, "exam": "999-999"})


@pytest.mark.feature("F10.9")
@pytest.mark.parametrize("score", [299, 1001, "880"])
def test_a_score_off_the_scale_is_malformed(asked_as, score):
    with pytest.raises(ValidationError) as invalid:
        report(asked_as(), score=score)
    assert list(invalid.value.messages) == ["score"]


@pytest.mark.rule("R-X1")
def test_a_revoked_result_stays_in_the_history_as_invalidated(asked_as):
    result_id = report(asked_as())["result_id"]
    asked_as().revoke_result(result_id, "score-irregular")
    (line,) = asked_as().history("C-ADA")["results"]
    assert (line["outcome"], line["next_allowed_on"]) == ("invalidated", "2026-11-08")


def test_a_reason_is_a_code_because_events_hold_no_free_text(asked_as):
    with pytest.raises(ValidationError):
        asked_as().revoke_result("R-1", "Ada cheated")


def test_an_unknown_result_is_not_found(asked_as):
    with pytest.raises(NotFound):
        asked_as().revoke_result("R-1", "score-irregular")


@pytest.fixture
def three_results(asked_as):
    report(asked_as())
    report(asked_as(), exam="350-401", taken_on="2026-11-09", outcome="fail", score=None, provider_reference="VUE-2")
    report(asked_as(), exam="100-150", taken_on="2026-10-01", score=700, provider_reference="VUE-3")


@pytest.mark.feature("F6.2")
@pytest.mark.parametrize(
    ("sort", "descending", "exams"),
    [
        ("taken_on", True, ["350-401", "200-301", "100-150"]),
        ("taken_on", False, ["100-150", "200-301", "350-401"]),
        ("exam", False, ["100-150", "200-301", "350-401"]),
        ("title", False, ["100-150", "200-301", "350-401"]),
        ("outcome", False, ["350-401", "200-301", "100-150"]),
        ("score", True, ["200-301", "100-150", "350-401"]),
        ("score", False, ["100-150", "200-301", "350-401"]),
    ],
)
def test_the_history_sorts_by_each_key(asked_as, three_results, sort, descending, exams):
    found = asked_as().history("C-ADA", sort=sort, descending=descending)
    assert [line["exam"] for line in found["results"]] == exams


@pytest.mark.feature("F6.2")
def test_whatever_may_be_asked_for_can_be_sorted_by():
    assert set(schemas.SORT_KEYS) == set(history.SORT_KEYS)


@pytest.mark.feature("F6.2")
def test_the_history_comes_in_pages(asked_as, three_results):
    second = asked_as().history("C-ADA", page=2, page_size=2)
    assert ([line["exam"] for line in second["results"]], second["total"]) == (["100-150"], 3)


@pytest.mark.feature("F6.2")
def test_a_page_beyond_the_last_still_tells_how_many_there_are(asked_as, three_results):
    assert asked_as().history("C-ADA", page=3, page_size=2) == {"results": [], "total": 3, "years": [2026]}


@pytest.mark.feature("F6.7")
def test_a_line_says_the_same_on_a_page_of_its_own(asked_as, three_results):
    together = asked_as().history("C-ADA")["results"]
    alone = [asked_as().history("C-ADA", page=page, page_size=1)["results"][0] for page in (1, 2, 3)]
    assert alone == together


@pytest.mark.feature("F3.4")
def test_the_dashboard_is_told_which_results_came_in_and_what_became_of_them(asked_as):
    kept, taken = report(asked_as())["result_id"], report(asked_as(), provider_reference="VUE-2", taken_on="2026-11-09")
    asked_as().revoke_result(taken["result_id"], "misconduct")

    told = asked_as().overview("C-ADA")

    assert [(one["result_id"], one["outcome"]) for one in told["received"]] == [
        (taken["result_id"], "invalidated"),
        (kept, "pass"),
    ]
    assert [line["code"] for line in told["activity"]] == ["result-revoked", "result-received", "result-received"]
    assert asked_as().activity("C-ADA", 1) == told["activity"][:1]
    assert told["history"] == asked_as().history("C-ADA")


def test_a_result_that_came_in_more_than_60_days_ago_is_no_longer_followed(asked_as, monkeypatch):
    report(asked_as())
    monkeypatch.setattr("services.testing.service.overview.RECENT", timedelta(0))
    told = asked_as().overview("C-ADA")
    assert (told["received"], len(told["activity"])) == ([], 1)
