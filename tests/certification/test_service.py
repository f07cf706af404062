"""The front door: what exam results do to the answers, and what the operators' jobs do."""

from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.decider import Rejected

ADA, GRACE, LINUS = "CAND0000ADA", "CAND00GRACE", "CAND00LINUS"


def passed(exam: str, on: str, candidate_id: str = ADA, ref: str | None = None) -> contracts.ExamPassed:
    return contracts.ExamPassed(**_result(exam, on, candidate_id, ref))


def failed(exam: str, on: str, candidate_id: str = ADA) -> contracts.ExamFailed:
    return contracts.ExamFailed(**_result(exam, on, candidate_id, None))


def _result(exam: str, on: str, candidate_id: str, ref: str | None) -> dict[str, object]:
    return {
        "candidate_id": candidate_id,
        "result_id": ref or f"{exam}/{on}",
        "exam": exam,
        "exam_version": None,
        "title": exam,
        "role": "core",
        "taken_on": date.fromisoformat(on),
        "score": None,
        "attempt": 1,
        "reported_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
    }


def taken_back(ref: str) -> contracts.ExamResultRevoked:
    return contracts.ExamResultRevoked(
        candidate_id=ADA,
        result_id=ref,
        exam="200-301",
        taken_on=date(2026, 1, 14),
        revoked_on=date(2026, 11, 20),
        reason="misconduct",
    )


@pytest.mark.feature("F4.1")
@pytest.mark.feature("F4.4")
def test_a_candidate_sees_what_is_held_and_what_is_in_progress(asked_as, told):
    told(passed("350-401", "2026-01-14"))
    assert asked_as().status(ADA) == {
        "certifications": [
            {
                "certification": "spec-enterprise-core",
                "name": "Cisco Certified Specialist - Enterprise Core",
                "abbreviation": "Specialist Enterprise Core",
                "group": "Specialist",
                "level": "specialist",
                "status": "active",
                "active_on": "2026-01-14",
                "expires_on": "2029-01-14",
                "emeritus_until": None,
                "until": None,
                "reason": None,
            }
        ],
        "in_progress": [
            {
                "certification": "ccnp-enterprise",
                "name": "Cisco Certified Network Professional Enterprise",
                "abbreviation": "CCNP Enterprise",
                "group": "Professional",
                "level": "professional",
                "status": "in_progress",
                "active_on": None,
                "expires_on": None,
                "emeritus_until": None,
                "until": "2029-01-14",
                "reason": None,
            }
        ],
        "waiting": [],
        "ce_balance": 0,
        "as_of": "2026-11-20",
    }


def test_somebody_without_a_record_has_nothing(asked_as):
    assert asked_as().status(GRACE) == {
        "certifications": [],
        "in_progress": [],
        "waiting": [],
        "ce_balance": 0,
        "as_of": "2026-11-20",
    }


@pytest.mark.feature("F4.2")
@pytest.mark.rule("R-V2")
def test_a_status_turns_on_its_day_without_any_job(asked_as, told, clock):
    told(passed("200-301", "2023-11-20"), passed("100-150", "2023-11-20"))
    before = [line["status"] for line in asked_as().status(ADA)["certifications"]]
    clock.go_to("2026-11-21")
    after = [line["status"] for line in asked_as().status(ADA)["certifications"]]
    assert (before, after) == (["active", "never_expires"], ["expired", "never_expires"])


def test_the_same_event_twice_counts_once(asked_as, told):
    told(passed("200-301", "2026-01-14"), passed("200-301", "2026-01-14"))
    assert [line["what"] for line in asked_as().history(ADA)] == ["earned"]


@pytest.mark.rule("R-X1")
def test_a_result_taken_back_revokes(asked_as, told):
    told(passed("200-301", "2026-01-14", ref="r1"), taken_back("r1"))
    assert [line["status"] for line in asked_as().status(ADA)["certifications"]] == ["revoked"]
    assert [(line["what"], line["reason"]) for line in asked_as().history(ADA)] == [
        ("revoked", "misconduct"),
        ("earned", None),
    ]


@pytest.mark.rule("R-Q3")
def test_a_failed_lab_is_an_attempt_and_a_failed_written_exam_is_nothing(asked_as, told):
    told(passed("350-401", "2026-01-14"), failed("300-410", "2026-02-01"))
    assert [line["certification"] for line in asked_as().status(ADA)["in_progress"]] == ["ccnp-enterprise"]
    told(failed("LAB-EI", "2026-03-01"))
    assert [line["certification"] for line in asked_as().status(ADA)["in_progress"]] == [
        "ccie-enterprise-infrastructure",
        "ccnp-enterprise",
    ]


def test_a_renamed_certification_is_shown_under_its_new_name_and_keeps_the_old_one_in_its_history(asked_as, told):
    told(passed("200-901", "2025-01-14"))
    assert asked_as().status(ADA)["certifications"][0]["name"] == "CCNA Automation"
    assert asked_as().history(ADA)[0]["name"] == "Cisco Certified DevNet Associate"


@pytest.mark.feature("F3.5")
def test_upcoming_expirations_tell_the_days_left(asked_as, told):
    told(passed("200-301", "2024-01-10"))
    assert asked_as().expirations(ADA, within_days=51) == [
        {
            "certification": "ccna",
            "name": "Cisco Certified Network Associate",
            "expires_on": "2027-01-10",
            "days_left": 51,
        }
    ]
    assert asked_as().expirations(ADA, within_days=50) == []


@pytest.mark.feature("F5.2")
@pytest.mark.rule("R-CE5")
def test_an_approved_claim_fills_the_balance_once(asked_as, told):
    told(passed("200-301", "2025-01-14"))
    claim = {
        "candidate_id": ADA,
        "item": "LIVE-8H",
        "credits": 8,
        "completed_on": "2026-10-05",
        "submitted_on": "2026-10-10",
        "decided_on": "2026-10-12",
    }
    first = asked_as("ada|claim|1").record_claim(**claim)
    assert first["candidate_id"] == ADA
    assert asked_as("ada|claim|1").record_claim(**claim) == first
    with pytest.raises(Rejected, match="repeated-in-cycle"):
        asked_as().record_claim(**{**claim, "completed_on": "2026-10-06"})
    assert asked_as().status(ADA)["ce_balance"] == 8


@pytest.mark.rule("R-E1")
def test_emeritus_is_granted_by_command(asked_as, told):
    labs = ("2013-09-14", "2016-08-01", "2019-07-01", "2022-06-01", "2023-12-01")
    told(passed("350-401", "2013-03-02"), *(passed("LAB-EI", lab) for lab in labs))
    asked_as().grant_emeritus(ADA, "2026-11-20")
    expert = asked_as().status(ADA)["certifications"][0]
    assert (expert["status"], expert["expires_on"], expert["emeritus_until"]) == ("active", "2026-12-01", "2027-12-01")


@pytest.mark.rule("R-V6")
def test_an_extension_reaches_everybody_page_by_page(asked_as, told):
    for candidate_id in (ADA, GRACE, LINUS):
        told(passed("200-301", "2025-01-14", candidate_id))
    first = asked_as().extend_all(days=180, on="2026-11-20", limit=2)
    second = asked_as().extend_all(days=180, on="2026-11-20", after=first["next"], limit=2)
    again = asked_as().extend_all(days=180, on="2026-11-20")
    assert (first, second, again) == (
        {"candidates": 2, "next": GRACE},
        {"candidates": 1, "next": None},
        {"candidates": 3, "next": None},
    )
    held = [asked_as().status(candidate_id)["certifications"][0] for candidate_id in (ADA, GRACE, LINUS)]
    assert [line["expires_on"] for line in held] == ["2028-07-12"] * 3


def test_the_daily_job_tells_what_time_has_brought_and_then_finds_nothing(asked_as, told, clock):
    told(passed("200-301", "2025-01-14"), passed("200-301", "2026-01-14", GRACE))
    clock.go_to("2028-01-15")
    assert asked_as().review_all() == {"candidates": 1, "next": None}
    assert asked_as().review_all() == {"candidates": 0, "next": None}
    assert [line["what"] for line in asked_as().history(ADA)] == ["expired", "earned"]
    assert [line["what"] for line in asked_as().history(GRACE)] == ["earned"]


def test_the_daily_job_does_not_run_ahead_of_the_day(asked_as):
    with pytest.raises(Rejected, match="day-in-future"):
        asked_as().review_all(today="2026-11-21")


@pytest.mark.feature("F4.7")
def test_the_adviser_names_exams_prices_and_what_is_renewed(asked_as, told):
    told(passed("200-301", "2024-05-29"))
    answer = asked_as().advice(ADA)["advice"][0]
    assert (answer["certification"], answer["days_left"], answer["retired"]) == ("ccna", 190, False)
    assert answer["options"][0] == {
        "option": "RC-A1",
        "exams": [
            {
                "count": 1,
                "choices": 3,
                "exams": [
                    {
                        "exam": "200-301",
                        "acronym": "CCNA",
                        "title": "Implementing and Administering Cisco Solutions",
                        "price_usd": 300,
                    },
                    {
                        "exam": "200-201",
                        "acronym": "CCNACBR",
                        "title": "Understanding Cisco Cybersecurity Operations Fundamentals",
                        "price_usd": 300,
                    },
                    {
                        "exam": "200-901",
                        "acronym": "CCNAAUTO",
                        "title": "Automating Networks Using Cisco Platforms",
                        "price_usd": 300,
                    },
                ],
            }
        ],
        "credits": 0,
        "price_usd": 300,
        "renews": [{"certification": "ccna", "name": "Cisco Certified Network Associate", "expires_on": "2029-11-20"}],
        "earns": [],
    }


@pytest.mark.feature("F4.7")
def test_what_if_is_answered_without_changing_anything(asked_as, told):
    told(passed("200-301", "2024-05-29"))
    before = asked_as().status(ADA)
    answer = asked_as().what_if(ADA, [{"exam": "350-701", "on": "2027-01-15"}])
    assert [(line["certification"], line["changes"]) for line in answer["certifications"]] == [
        ("ccna", True),
        ("ccnp-security", True),
        ("spec-security-core", True),
    ]
    assert asked_as().status(ADA) == before


@pytest.mark.feature("F4.7")
@pytest.mark.parametrize(
    ("exam", "on", "code"),
    [
        ("999-999", "2027-01-15", "unknown-exam"),
        ("200-301", "2026-11-19", "what-if-day-out-of-range"),
        ("200-301", "2029-12-01", "what-if-day-out-of-range"),
        ("300-730", "2027-01-15", "exam-not-available"),
    ],
)
def test_an_impossible_what_if_is_refused(asked_as, exam, on, code):
    with pytest.raises(Rejected, match=code):
        asked_as().what_if(ADA, [{"exam": exam, "on": on}])


@pytest.mark.rule("R-O3")
def test_the_record_of_a_day_is_read_by_what_was_known_then(asked_as, told, clock):
    told(passed("200-301", "2023-11-20"))
    clock.go_to("2026-12-20")
    told(passed("200-301", "2026-11-19", ref="late"))
    statuses = [
        [(line["status"], line["expires_on"]) for line in asked_as().record_on(ADA, **asked)["certifications"]]
        for asked in (
            {"on": "2026-11-25", "known_on": "2026-11-25"},
            {"on": "2026-11-25"},
            {"on": "2023-11-19"},
        )
    ]
    assert statuses == [[("expired", "2026-11-20")], [("active", "2029-11-19")], []]
    with pytest.raises(Rejected, match="day-in-future"):
        asked_as().record_on(ADA, "2026-11-25", "2026-12-21")


@pytest.mark.rule("R-E6")
@pytest.mark.feature("F4.8")
def test_experts_get_their_numbers_in_the_order_of_their_earnings(asked_as, told):
    for candidate_id, lab in ((GRACE, "2026-05-01"), (ADA, "2026-02-01"), (LINUS, "2026-06-01")):
        told(passed("350-401", "2026-01-14", candidate_id), passed("LAB-EI", lab, candidate_id, ref=candidate_id))
    assert asked_as().assign_expert_numbers() == {"assigned": 3}
    assert asked_as().assign_expert_numbers() == {"assigned": 0}
    numbers = [asked_as().expert(one)["numbers"][0]["number"] for one in (ADA, GRACE, LINUS)]
    assert numbers == [70001, 70002, 70003]
    told(passed("350-701", "2026-07-01", ADA), passed("LAB-SEC", "2026-08-01", ADA))
    assert asked_as().assign_expert_numbers() == {"assigned": 0}


def test_a_job_that_was_down_catches_up_day_by_day_and_then_has_nothing_to_do(asked_as, told, clock):
    told(passed("200-301", "2024-11-25"), passed("200-301", "2024-11-23", GRACE))
    assert asked_as().catch_up() == {"days": 1, "done_through": "2026-11-20"}
    clock.go_to("2027-11-27")
    assert asked_as().catch_up() == {"days": 372, "done_through": "2027-11-27"}
    assert asked_as().catch_up() == {"days": 1, "done_through": "2027-11-27"}
    assert asked_as().history(GRACE)[0]["on"] == "2027-11-24"
    assert asked_as().review_all() == {"candidates": 0, "next": None}
