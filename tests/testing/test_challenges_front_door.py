"""Challenges from the first word to what an upheld one brings, at the front door of the service."""

import pytest

from chassis.errors import NotFound, Rejected

CARD = "4242424242424242"


def report(door, exam="350-401", day="2026-11-16", outcome="fail", score=790):
    return door.asked_as().report_result(
        candidate_id="C-ADA", exam=exam, taken_on=day, outcome=outcome, score=score, provider_reference=f"{exam}/{day}"
    )["result_id"]


def object_to(door, result_id, kind="exam_item", **more):
    about = {"kind": kind, "matter_kind": "result", "matter_id": result_id, "statement": "Question 12 has no answer."}
    wish = {**about, "question": 12 if kind == "exam_item" else None, **more}
    return door.asked_as().open_challenge("C-ADA", **wish)["challenge_id"]


def uphold(door, challenge_id, **ruling):
    door.asked_as().start_review(challenge_id, "S-ONE")
    door.asked_as().propose_ruling(challenge_id, "S-ONE", upheld=True, reason="scoring-error", **ruling)
    door.asked_as().decide_challenge(challenge_id, "S-TWO", agrees=True)


def refused(code, call, *positional, **named):
    with pytest.raises(Rejected) as refusal:
        call(*positional, **named)
    assert refusal.value.code == code


@pytest.mark.feature("F6.4")
def test_a_challenge_is_opened_answered_and_listed(door):
    one = object_to(door, report(door))
    door.asked_as().start_review(one, "S-ONE")
    door.asked_as().request_evidence(one, "S-ONE", "Which answer did you expect?")
    assert door.asked_as().challenge("C-ADA", one)["status"] == "waiting"
    door.asked_as().supply_evidence("C-ADA", one, "The second one.")
    shown = door.asked_as().challenge("C-ADA", one)
    assert (shown["status"], [(said["by"], said["text"]) for said in shown["messages"]]) == (
        "under-review",
        [
            ("candidate", "Question 12 has no answer."),
            ("reviewer", "Which answer did you expect?"),
            ("candidate", "The second one."),
        ],
    )
    (listed,) = door.asked_as().challenges("C-ADA")["objections"]
    assert (listed["challenge_id"], listed["kind"], listed["exam"]) == (one, "exam_item", "350-401")
    with pytest.raises(NotFound):
        door.asked_as().challenge("C-GRACE", one)


@pytest.mark.rule("R-H4")
def test_an_upheld_challenge_corrects_the_result_with_its_exam_date(door):
    result_id = report(door)
    uphold(door, object_to(door, result_id), remedy="correct", outcome="pass", score=835)
    (line,) = door.asked_as().history("C-ADA")["results"]
    assert (line["outcome"], line["score"], line["taken_on"]) == ("pass", 835, "2026-11-16")
    (listed,) = door.asked_as().challenges("C-ADA")["objections"]
    assert (listed["status"], listed["reason"]) == ("upheld", "scoring-error")


@pytest.mark.rule("R-H3")
def test_a_rescore_is_paid_and_its_fee_goes_back_when_it_is_upheld(door):
    result_id = report(door, exam="LAB-EI", score=None)
    refused("test-card-needed", object_to, door, result_id, "lab_rescore")
    one = object_to(door, result_id, "lab_rescore", card=CARD)
    assert door.asked_as().receipt("C-ADA", one)["total"] == 100_000
    uphold(door, one, remedy="correct", outcome="pass")
    assert door.asked_as().receipt("C-ADA", one)["refunded_at"] is not None


def test_a_ruling_that_cannot_be_carried_out_decides_nothing(door):
    result_id = report(door)
    one = object_to(door, result_id)
    door.asked_as().start_review(one, "S-ONE")
    door.asked_as().propose_ruling(one, "S-ONE", upheld=True, reason="scoring-error", remedy="restore")
    refused("result-not-invalidated", door.asked_as().decide_challenge, one, "S-TWO", agrees=True)
    assert door.asked_as().review(one)["proposed_remedy"] == "restore"


def test_testing_conditions_bring_a_free_retake(door):
    one = object_to(door, report(door), "testing_conditions")
    uphold(door, one, remedy="retake")
    assert door.asked_as().quote("C-ADA", "350-401", "amsterdam")["total"] == 0


@pytest.mark.feature("F6.4")
def test_what_can_be_challenged_is_offered_with_its_last_day(door):
    result_id = report(door)
    offered = {one["kind"]: one["closes_on"] for one in door.asked_as().challengeable("C-ADA")}
    assert offered == {"exam_item": "2026-12-01", "testing_conditions": "2026-11-21"}
    refused("nothing-to-challenge", object_to, door, "R-unknown")
    object_to(door, result_id)
    refused("challenge-made-before", object_to, door, result_id)


def test_the_queue_shows_what_waits_and_forgets_what_ended(door):
    one = object_to(door, report(door))
    assert [waiting["challenge_id"] for waiting in door.asked_as().challenge_queue()] == [one]
    door.asked_as().withdraw_challenge("C-ADA", one)
    assert door.asked_as().challenge_queue() == []
