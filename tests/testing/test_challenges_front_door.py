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


def propose(door, action, **arguments):
    asked = door.asked_as().propose(action, "C-ADA", arguments, "A letter of the site.", "S-ONE", RIGHTS)
    return asked["proposal_id"]


def act(door, action, **arguments):
    door.asked_as().approve(propose(door, action, **arguments), "S-TWO", RIGHTS)


RIGHTS = ["results.correct", "sanctions.impose"]


@pytest.mark.feature("F12.2")
@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([("hold-result", {"reason": "score-irregular"})], "held"),
        ([("hold-result", {"reason": "score-irregular"}), ("release-result", {"reason": "review-passed"})], "fail"),
        ([("correct-result", {"reason": "rescored", "outcome": "pass", "score": 830})], "pass"),
        ([("revoke-result", {"reason": "misconduct"})], "invalidated"),
        ([("revoke-result", {"reason": "misconduct"}), ("restore-result", {"reason": "mistake"})], "fail"),
    ],
)
def test_two_people_change_a_result(door, steps, outcome):
    result_id = report(door)
    for action, arguments in steps:
        act(door, action, result_id=result_id, **arguments)
    (line,) = door.asked_as().history("C-ADA")["results"]
    assert line["outcome"] == outcome


@pytest.mark.feature("F12.2")
def test_one_person_alone_changes_nothing(door):
    proposal_id = propose(door, "revoke-result", result_id=report(door), reason="misconduct")
    with pytest.raises(Rejected):
        door.asked_as().approve(proposal_id, "S-ONE", RIGHTS)
    (line,) = door.asked_as().history("C-ADA")["results"]
    assert line["outcome"] == "fail"


@pytest.mark.rule("R-X4")
def test_a_cancelled_score_invalidates_its_result_and_an_upheld_appeal_restores_it(door):
    result_id = report(door, outcome="pass", score=990)
    act(door, "impose-sanction", kind="score-cancelled", reason="item-disclosure", result_id=result_id)
    (line,) = door.asked_as().history("C-ADA")["results"]
    (sanction,) = door.asked_as().sanctions("C-ADA")
    assert (line["outcome"], sanction["reason"], sanction["appeal_until"]) == (
        "invalidated",
        "item-disclosure",
        "2026-12-04",
    )
    appeal = door.asked_as().open_challenge(
        "C-ADA", kind="sanction_appeal", matter_kind="sanction", matter_id=sanction["sanction_id"], statement="No."
    )["challenge_id"]
    door.asked_as().start_review(appeal, "S-THREE")
    door.asked_as().propose_ruling(appeal, "S-THREE", upheld=True, reason="no-evidence", remedy="lift")
    refused("second-person-needed", door.asked_as().decide_challenge, appeal, "S-ONE", agrees=True)
    door.asked_as().decide_challenge(appeal, "S-FOUR", agrees=True)
    (line,) = door.asked_as().history("C-ADA")["results"]
    (sanction,) = door.asked_as().sanctions("C-ADA")
    assert (line["outcome"], sanction["lifted"]) == ("pass", True)


@pytest.mark.feature("F6.4")
def test_evidence_comes_in_sealed_parts_and_goes_with_the_account(door, keys, frame):
    import base64

    import contracts
    from services.testing.projections import files

    one = object_to(door, report(door))
    file_id = door.asked_as().begin_file("C-ADA", "photo.png", "image/png")["file_id"]
    part = base64.b64encode(b"not really a picture").decode()
    door.asked_as().add_file_part("C-ADA", file_id, 0, part)
    with pytest.raises(NotFound):
        door.asked_as().add_file_part("C-GRACE", file_id, 0, part)
    door.asked_as().supply_evidence("C-ADA", one, "See the picture.", [file_id])
    attached = door.asked_as().challenge("C-ADA", one)["messages"][-1]["files"]
    assert attached == [{"file_id": file_id, "name": "photo.png", "media_type": "image/png", "size": 20}]
    assert door.asked_as().file_part(file_id, one, 0) == {"data": part}
    refused("file-is-complete", door.asked_as().add_file_part, "C-ADA", file_id, 1, part)
    with frame.database.read() as connection:
        assert part not in files.part(connection, file_id, 0)
    door.tell(contracts.AccountErased(candidate_id="C-ADA", erased_on=frame.clock.today()))
    with pytest.raises(NotFound):
        door.asked_as().file(file_id, one)


def test_files_are_deleted_three_years_after_the_decision_and_receipts_after_ten(door, frame):
    import base64

    one = object_to(door, report(door, exam="LAB-EI", score=None), "lab_rescore", card=CARD)
    file_id = door.asked_as().begin_file("C-ADA", "photo.png", "image/png")["file_id"]
    door.asked_as().add_file_part("C-ADA", file_id, 0, base64.b64encode(b"x").decode())
    door.asked_as().supply_evidence("C-ADA", one, "See the picture.", [file_id])
    uphold(door, one, remedy="correct", outcome="pass")
    frame.clock.pass_days(1095)
    door.asked_as().forget_what_is_old()
    assert door.asked_as().file(file_id, one)["size"] == 1
    frame.clock.pass_days(2)
    door.asked_as().forget_what_is_old()
    with pytest.raises(NotFound):
        door.asked_as().file(file_id, one)
    assert door.asked_as().receipt("C-ADA", one)["total"] == 100_000
    frame.clock.pass_days(2558)
    door.asked_as().forget_what_is_old()
    with pytest.raises(NotFound):
        door.asked_as().receipt("C-ADA", one)
