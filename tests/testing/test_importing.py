"""Results from a file, by two people at the front door: all lines or none (F12.2)."""

import pytest
from marshmallow import ValidationError

from chassis.decider import Rejected

RIGHTS = ["results.import"]
ADA = {
    "kind": "result", "id": "SITE-1", "candidate_id": "C-ADA", "exam": "200-301", "taken_on": "2026-11-02",
    "outcome": "fail", "score": 700, "site": "Amsterdam",
}  # fmt: skip
AGAIN = {**ADA, "id": "SITE-2", "taken_on": "2026-11-18", "outcome": "pass", "score": 880}
GRACE = {**AGAIN, "id": "SITE-3", "candidate_id": "C-GRACE"}


def ask(door, *records):
    found = door.asked_as().propose(
        "import-results", "", {"records": list(records)}, "The site was off line.", "S-ONE", RIGHTS
    )
    return found["proposal_id"]


def outcomes(door, candidate_id):
    return [(line["exam"], line["outcome"]) for line in door.asked_as().history(candidate_id)["results"]]


@pytest.mark.feature("F12.2")
def test_a_second_person_takes_a_file_of_results_over(door):
    proposal_id = ask(door, ADA, AGAIN, GRACE)
    shown = door.asked_as().proposal(proposal_id)["changes"]
    assert [(line["what"], line["before"], line["after"]) for line in shown] == [
        ("C-ADA: 200-301 2026-11-02", None, "fail"),
        ("C-ADA: 200-301 2026-11-18", None, "pass"),
        ("C-GRACE: 200-301 2026-11-18", None, "pass"),
    ]
    assert outcomes(door, "C-ADA") == []
    door.asked_as().approve(proposal_id, "S-TWO", RIGHTS)
    assert outcomes(door, "C-ADA") == [("200-301", "pass"), ("200-301", "fail")]
    assert outcomes(door, "C-GRACE") == [("200-301", "pass")]


@pytest.mark.feature("F12.2")
def test_what_is_known_already_is_shown_as_before_and_taken_once(door):
    door.asked_as().approve(ask(door, ADA), "S-TWO", RIGHTS)
    proposal_id = ask(door, ADA, AGAIN)
    assert [line["before"] for line in door.asked_as().proposal(proposal_id)["changes"]] == ["fail", None]
    door.asked_as().approve(proposal_id, "S-TWO", RIGHTS)
    assert outcomes(door, "C-ADA") == [("200-301", "pass"), ("200-301", "fail")]
    with pytest.raises(Rejected, match="nothing-would-change"):
        ask(door, ADA, AGAIN)


@pytest.mark.feature("F12.2")
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"exam": "999-999"}, "unknown-exam"),
        ({"taken_on": "2026-11-25"}, "exam-date-in-future"),
        ({"id": "SITE-1", "candidate_id": "C-GRACE"}, "provider-record-contradicts"),
        ({"id": "SITE-1", "score": 701}, "provider-record-contradicts"),
    ],
)
def test_one_wrong_line_refuses_the_file_and_is_named(door, wrong, why):
    with pytest.raises(Rejected) as refusal:
        ask(door, ADA, {**AGAIN, **wrong})
    assert (refusal.value.code, refusal.value.details) == ("import-line-refused", {"line": 2, "why": why})


@pytest.mark.feature("F12.2")
def test_one_person_alone_takes_nothing_over_nor_does_a_line_of_another_kind(door):
    proposal_id = ask(door, ADA)
    with pytest.raises(Rejected, match="second-person-needed"):
        door.asked_as().approve(proposal_id, "S-ONE", RIGHTS)
    with pytest.raises(ValidationError):
        ask(door, {**ADA, "kind": "payment"})
    assert outcomes(door, "C-ADA") == []
