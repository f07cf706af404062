"""The decider of a candidate's record: evidence in, differences out."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.decider import Decider
from chassis.testing import Given, given
from services.certification.domain import facts
from services.certification.domain.commands import (
    Command,
    Extend,
    GrantEmeritus,
    RecordClaim,
    RecordExam,
    Review,
    RevokeExam,
)
from services.certification.domain.heading import Heading
from services.certification.domain.record import record
from services.certification.domain.standing import BalanceStep
from tests.certification.examples import CATALOGUE, day

VERSION = CATALOGUE.version
CCNA = Heading(
    certification="ccna",
    name="Cisco Certified Network Associate",
    abbreviation="CCNA",
    group="Associate",
    level="associate",
    rank=1,
    track="networking",
)
ENTERPRISE_CORE = Heading(
    certification="spec-enterprise-core",
    name="Cisco Certified Specialist - Enterprise Core",
    abbreviation="Specialist Enterprise Core",
    group="Specialist",
    level="specialist",
    rank=2,
    track="enterprise",
)
CCNP_ENTERPRISE = Heading(
    certification="ccnp-enterprise",
    name="Cisco Certified Network Professional Enterprise",
    abbreviation="CCNP Enterprise",
    group="Professional",
    level="professional",
    rank=3,
    track="enterprise",
)


def takes(exam: str, on: str, *, today: str | None = None, passed: bool = True, ref: str | None = None) -> RecordExam:
    return RecordExam(
        result_id=ref or f"{exam}/{on}",
        exam=exam,
        taken_on=day(on),
        passed=passed,
        today=day(today or on),
        catalogue=CATALOGUE,
    )


def claims(item: str, amount: int, completed: str, decided: str | None = None) -> RecordClaim:
    decided_on = day(decided or completed)
    return RecordClaim(
        item=item,
        credits=amount,
        completed_on=day(completed),
        submitted_on=day(completed),
        decided_on=decided_on,
        today=decided_on,
        catalogue=CATALOGUE,
    )


def revokes(ref: str, on: str) -> RevokeExam:
    return RevokeExam(result_id=ref, revoked_on=day(on), reason="misconduct", today=day(on), catalogue=CATALOGUE)


def grants(on: str, today: str | None = None) -> GrantEmeritus:
    return GrantEmeritus(granted_on=day(on), today=day(today or on), catalogue=CATALOGUE)


def extends(days: int, on: str) -> Extend:
    return Extend(days=days, extended_on=day(on), today=day(on), catalogue=CATALOGUE)


def reviews(today: str) -> Review:
    return Review(today=day(today), catalogue=CATALOGUE)


def after(*commands: Command) -> Given:
    """The history that these commands leave."""
    history: list[facts.Event] = []
    for command in commands:
        history += given(record, *history).when(command).outcome
    return given(record, *history)


def news(outcome: Given, command: Command) -> list[str]:
    """What the command tells, each fact in a few words."""
    told = outcome.when(command).outcome
    assert isinstance(told, list), told
    return [in_words(fact) for fact in told]


def in_words(fact: facts.Event) -> str:
    heading = getattr(fact, "heading", None)
    words = [type(fact).__name__, *([heading.certification] if heading else [])]
    names = ("active_on", "old_expires_on", "expires_on", "until", "option", "reason", "credits")
    return " ".join([*words, *(str(getattr(fact, name)) for name in names if getattr(fact, name, None) is not None)])


ENARSI = "spec-enterprise-advanced-infrastructure"
ADA = (takes("200-301", "2024-05-29"),)
LINUS = (takes("350-401", "2020-03-02"), takes("LAB-EI", "2020-09-14"))
LINUS_LATER = (
    *LINUS,
    takes("LAB-EI", "2023-08-01"),
    takes("LAB-EI", "2026-07-01"),
    takes("LAB-EI", "2029-06-01"),
)


@pytest.mark.rule("R-V1")
@pytest.mark.rule("R-Q1")
def test_a_first_pass_earns_a_certification():
    given(record).when(takes("200-301", "2024-05-29", ref="r1")).then(
        facts.ExamEvidenceRecorded(
            result_id="r1",
            exam="200-301",
            taken_on=date(2024, 5, 29),
            passed=True,
            recorded_on=date(2024, 5, 29),
        ),
        facts.CertificationEarned(
            heading=CCNA,
            kit="certificate",
            pdf=True,
            active_on=date(2024, 5, 29),
            expires_on=date(2027, 5, 29),
            evidence=("r1",),
            catalogue=VERSION,
        ),
    )


@pytest.mark.rule("R-C1")
@pytest.mark.rule("R-K2")
@pytest.mark.feature("F4.4")
def test_a_core_pass_renews_below_earns_its_specialist_and_starts_a_professional():
    after(*ADA).when(takes("350-401", "2026-01-14", ref="r2")).then(
        facts.ExamEvidenceRecorded(
            result_id="r2",
            exam="350-401",
            taken_on=date(2026, 1, 14),
            passed=True,
            recorded_on=date(2026, 1, 14),
        ),
        facts.CertificationRecertified(
            heading=CCNA,
            active_on=date(2024, 5, 29),
            old_expires_on=date(2027, 5, 29),
            expires_on=date(2029, 1, 14),
            renewed_on=date(2026, 1, 14),
            option="exam",
            catalogue=VERSION,
        ),
        facts.CertificationEarned(
            heading=ENTERPRISE_CORE,
            kit="none",
            pdf=True,
            active_on=date(2026, 1, 14),
            expires_on=date(2029, 1, 14),
            evidence=("r2",),
            catalogue=VERSION,
        ),
        facts.CertificationProgressed(
            heading=CCNP_ENTERPRISE,
            since=date(2026, 1, 14),
            until=date(2029, 1, 14),
            catalogue=VERSION,
        ),
    )


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (ADA, ADA[0]),
        ((*ADA, revokes("200-301/2024-05-29", "2025-01-01")), revokes("200-301/2024-05-29", "2025-01-01")),
        ((*ADA, claims("WS-AUTO", 16, "2025-01-01")), claims("WS-AUTO", 16, "2025-01-01")),
        ((*ADA, extends(180, "2025-01-01")), extends(180, "2025-01-01")),
        ((*LINUS_LATER, grants("2032-05-20")), grants("2032-05-20")),
        ((*ADA, reviews("2027-05-30")), reviews("2027-05-30")),
    ],
)
def test_the_same_command_again_changes_nothing(history, command):
    after(*history).when(command).then_nothing()


def test_the_same_result_on_a_later_day_changes_nothing():
    after(*ADA).when(takes("200-301", "2024-05-29", today="2026-01-01")).then_nothing()


@pytest.mark.rule("R-V2")
def test_expiry_is_told_on_the_day_after_the_last_day():
    assert news(after(*ADA), reviews("2027-05-29")) == ["ExpiryReminderDue ccna 2024-05-29 2027-05-29"]
    after(*ADA).when(reviews("2027-05-30")).then(
        facts.CertificationExpired(
            heading=CCNA,
            active_on=date(2024, 5, 29),
            expires_on=date(2027, 5, 29),
            expired_on=date(2027, 5, 30),
            catalogue=VERSION,
        )
    )


@pytest.mark.rule("R-O1")
def test_a_late_result_earns_on_its_exam_date_and_may_be_over_already():
    assert news(given(record), takes("200-301", "2023-05-01", today="2026-06-01")) == [
        "ExamEvidenceRecorded",
        "CertificationEarned ccna 2023-05-01 2026-05-01",
        "CertificationExpired ccna 2023-05-01 2026-05-01",
    ]


@pytest.mark.rule("R-O3")
def test_a_late_result_reinstates_what_had_expired():
    expired = after(*ADA, reviews("2027-06-01"))
    assert news(expired, takes("200-901", "2027-05-20", today="2027-06-10")) == [
        "ExamEvidenceRecorded",
        "CertificationReinstated ccna 2024-05-29 2027-05-29 2030-05-20 late-evidence",
        "CertificationEarned ccna-automation 2027-05-20 2030-05-20",
    ]


@pytest.mark.rule("R-O3")
def test_an_expiry_that_no_timer_told_is_told_before_the_late_result_that_repairs_it():
    assert news(after(*ADA), takes("200-901", "2027-05-20", today="2027-06-10")) == [
        "ExamEvidenceRecorded",
        "CertificationExpired ccna 2024-05-29 2027-05-29",
        "CertificationReinstated ccna 2024-05-29 2027-05-29 2030-05-20 late-evidence",
        "CertificationEarned ccna-automation 2027-05-20 2030-05-20",
    ]


@pytest.mark.rule("R-CE7")
def test_a_claim_pending_at_expiry_reinstates_once_approved():
    expired = after(takes("200-301", "2023-06-30"), reviews("2026-07-10"))
    assert news(expired, claims("DL-CCNA", 30, "2026-06-20", decided="2026-07-20")) == [
        "CreditsRecorded 30",
        "CertificationReinstated ccna 2023-06-30 2026-06-30 2029-06-20 late-evidence",
        "CreditsRedeemed",
    ]


@pytest.mark.rule("R-V3")
def test_an_expired_certification_is_earned_anew_with_a_new_active_date():
    assert news(after(*ADA), takes("200-301", "2027-06-10")) == [
        "ExamEvidenceRecorded",
        "CertificationExpired ccna 2024-05-29 2027-05-29",
        "CertificationEarned ccna 2027-06-10 2030-06-10",
    ]


@pytest.mark.rule("R-O3")
def test_late_evidence_between_two_renewals_changes_no_date_and_is_not_told():
    renewed = after(*ADA, takes("200-901", "2025-05-29"), takes("200-201", "2026-05-29"))
    assert news(renewed, takes("200-301", "2025-10-01", today="2026-06-01")) == ["ExamEvidenceRecorded"]


@pytest.mark.rule("R-X1")
@pytest.mark.rule("R-X2")
def test_a_revoked_result_takes_away_what_rested_on_it_and_corrects_what_it_renewed():
    history = (
        takes("200-301", "2022-12-01"),
        takes("300-410", "2024-03-01"),
        takes("350-401", "2025-06-01", ref="r1"),
    )
    assert news(after(*history), revokes("r1", "2026-02-01")) == [
        "ExamEvidenceRevoked misconduct",
        "CertificationExpiryCorrected ccna 2022-12-01 2028-06-01 2027-03-01 result-revoked",
        f"CertificationExpiryCorrected {ENARSI} 2024-03-01 2028-06-01 2027-03-01 result-revoked",
        "CertificationRevoked spec-enterprise-core 2025-06-01 2028-06-01 misconduct",
        "CertificationRevoked ccnp-enterprise 2025-06-01 2028-06-01 misconduct",
        "CertificationProgressed ccnp-enterprise 2027-03-01",
    ]


@pytest.mark.rule("R-X2")
def test_a_corrected_certification_may_turn_out_to_have_expired():
    history = (takes("200-301", "2022-12-01"), takes("350-401", "2024-06-01", ref="r1"))
    assert news(after(*history), revokes("r1", "2026-02-01")) == [
        "ExamEvidenceRevoked misconduct",
        "CertificationExpiryCorrected ccna 2022-12-01 2027-06-01 2025-12-01 result-revoked",
        "CertificationExpired ccna 2022-12-01 2025-12-01",
        "CertificationRevoked spec-enterprise-core 2024-06-01 2027-06-01 misconduct",
        "CertificationProgressLapsed ccnp-enterprise",
    ]


@pytest.mark.rule("R-X1")
def test_when_a_second_earning_is_revoked_the_first_one_is_shown_again_as_expired():
    history = (takes("200-301", "2020-05-01"), takes("200-301", "2024-05-01", ref="r2"))
    assert news(after(*history), revokes("r2", "2025-01-01")) == [
        "ExamEvidenceRevoked misconduct",
        "CertificationRevoked ccna 2024-05-01 2027-05-01 result-revoked",
        "CertificationEarned ccna 2020-05-01 2023-05-01",
        "CertificationExpired ccna 2020-05-01 2023-05-01",
    ]


@pytest.mark.rule("R-X1")
def test_a_revocation_that_comes_before_its_result_ends_as_revoked_too():
    early = after(revokes("r1", "2025-01-01"))
    assert news(early, takes("200-301", "2024-05-29", today="2025-01-01", ref="r1")) == [
        "ExamEvidenceRecorded",
        "CertificationRevoked ccna 2024-05-29 2027-05-29 misconduct",
    ]


@pytest.mark.rule("R-V6")
def test_an_extension_moves_the_expire_date():
    after(takes("200-301", "2023-05-01")).when(extends(180, "2026-04-01")).then(
        facts.ExtensionRecorded(days=180, extended_on=date(2026, 4, 1), recorded_on=date(2026, 4, 1)),
        facts.CertificationExtended(
            heading=CCNA,
            active_on=date(2023, 5, 1),
            old_expires_on=date(2026, 5, 1),
            expires_on=date(2026, 10, 28),
            extended_on=date(2026, 4, 1),
            reason="blanket-extension",
            catalogue=VERSION,
        ),
    )


@pytest.mark.rule("R-CE1")
@pytest.mark.rule("R-CE4")
def test_credits_fill_the_balance_then_renew_and_are_used_up():
    ccnp = (takes("350-401", "2023-11-06"), takes("300-410", "2024-02-12"))
    first = claims("ILT-ENCOR", 64, "2025-03-03")
    after(*ccnp).when(first).then(
        facts.CreditsRecorded(
            item="ILT-ENCOR",
            credits=64,
            completed_on=date(2025, 3, 3),
            submitted_on=date(2025, 3, 3),
            decided_on=date(2025, 3, 3),
            recorded_on=date(2025, 3, 3),
        ),
        facts.CreditBalanceChanged(
            on=date(2025, 3, 3), credits=64, later=(BalanceStep(date(2027, 2, 13), 0),), catalogue=VERSION
        ),
    )
    assert news(after(*ccnp, first), claims("DL-SDWAN", 24, "2025-10-07")) == [
        "CreditsRecorded 24",
        "CertificationRecertified spec-enterprise-advanced-infrastructure 2024-02-12 2027-02-12 2028-10-07 cascade",
        "CertificationRecertified spec-enterprise-core 2023-11-06 2027-02-12 2028-10-07 cascade",
        "CertificationRecertified ccnp-enterprise 2024-02-12 2027-02-12 2028-10-07 credits",
        "CreditBalanceChanged 0",
        "CreditsRedeemed",
        "CreditsRedeemed",
    ]


@pytest.mark.rule("R-C1")
def test_credits_and_a_concentration_renew_together():
    ccnp = (takes("350-401", "2023-11-06"), takes("300-410", "2024-02-12"), claims("ILT-ENARSI", 40, "2025-06-16"))
    told = news(after(*ccnp), takes("300-420", "2026-05-11"))
    assert "CertificationRecertified ccnp-enterprise 2024-02-12 2027-02-12 2029-05-11 mixed" in told


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(claims("X", 8, "2025-01-01"), submitted_on=day("2025-04-02"), decided_on=day("2025-04-02"),
                 today=day("2025-04-02")), "submitted-late"),
        (claims("X", 8, "2024-05-01"), "completed-without-active-certification"),
        (claims("WS-AUTO", 16, "2025-01-03"), "repeated-in-cycle"),
        (claims("WS-AUTO", 24, "2025-01-02"), "repeated-in-cycle"),
        (replace(claims("X", 8, "2025-01-01"), submitted_on=day("2024-12-31")), "submitted-before-completion"),
        (replace(claims("X", 8, "2025-01-01"), decided_on=day("2024-12-31")), "decided-before-submission"),
        (replace(claims("X", 8, "2025-01-01"), decided_on=day("2025-01-02")), "decided-in-future"),
    ],
)  # fmt: skip
@pytest.mark.feature("F5.6")
def test_a_claim_that_can_never_count_is_refused_with_its_reason(command, code):
    after(*ADA, claims("WS-AUTO", 16, "2025-01-02")).when(command).then_rejected(code)


@pytest.mark.rule("R-E1")
@pytest.mark.rule("R-E2")
def test_a_granted_term_of_emeritus_is_foreseen_begins_after_the_expire_date_and_lapses_at_its_end():
    title = "ccie-enterprise-infrastructure 2020-09-14 2032-06-01"
    assert news(after(*LINUS_LATER), grants("2032-05-20")) == [
        "EmeritusRecorded",
        f"EmeritusForeseen {title} 2033-06-01",
        "EmeritusEligibilityReached",
    ]
    granted = (*LINUS_LATER, grants("2032-05-20"))
    assert news(after(*granted), reviews("2032-06-01")) == [
        f"ExpiryReminderDue {title}",
        "ExpiryReminderDue spec-enterprise-core 2020-03-02 2032-06-01",
    ]
    assert news(after(*granted), reviews("2032-06-02")) == [
        "CertificationExpired spec-enterprise-core 2020-03-02 2032-06-01",
        f"EmeritusGranted {title} 2033-06-01",
    ]
    assert news(after(*granted, reviews("2032-06-02")), reviews("2033-06-02")) == [f"EmeritusLapsed {title}"]


@pytest.mark.rule("R-E1")
def test_a_term_that_no_timer_told_is_told_with_its_end():
    title = "ccie-enterprise-infrastructure 2020-09-14 2032-06-01"
    granted = after(*LINUS_LATER, grants("2032-05-20"))
    assert news(granted, reviews("2033-06-02"))[1:] == [
        f"EmeritusGranted {title} 2033-06-01",
        f"EmeritusLapsed {title}",
    ]


@pytest.mark.rule("R-E1")
def test_a_renewal_after_the_grant_calls_the_term_off():
    title = "ccie-enterprise-infrastructure 2020-09-14"
    granted = (*LINUS_LATER, grants("2032-05-20"))
    renewal = takes("LAB-EI", "2032-05-25")
    assert news(after(*granted), renewal)[-1] == (f"CertificationRecertified {title} 2032-06-01 2035-05-25 exam")
    assert news(after(*granted, renewal), reviews("2035-05-26"))[-1] == f"CertificationExpired {title} 2035-05-25"


@pytest.mark.rule("R-E1")
def test_a_grant_after_the_expiry_turns_an_expired_title_into_emeritus():
    expired = after(*LINUS_LATER, reviews("2032-06-02"))
    title = "ccie-enterprise-infrastructure 2020-09-14 2032-06-01"
    assert news(expired, grants("2032-08-01")) == ["EmeritusRecorded", f"EmeritusGranted {title} 2033-06-01"]
    emeritus = after(*LINUS_LATER, reviews("2032-06-02"), grants("2032-08-01"))
    assert news(emeritus, reviews("2033-06-02")) == [f"EmeritusLapsed {title}"]


@pytest.mark.rule("R-E1")
@pytest.mark.parametrize(
    ("history", "command", "code"),
    [
        (ADA, grants("2032-05-20"), "no-expert-certification"),
        (LINUS, grants("2030-09-13"), "emeritus-too-early"),
        (LINUS, grants("2030-09-14"), "emeritus-term-not-open"),
        ((*LINUS_LATER, grants("2032-05-20")), grants("2032-05-21"), "emeritus-term-not-open"),
        (LINUS_LATER, grants("2032-05-21", today="2032-05-20"), "granted-in-future"),
    ],
)
def test_emeritus_is_refused_with_a_reason(history, command, code):
    after(*history).when(command).then_rejected(code)


@pytest.mark.feature("F4.4")
def test_progress_that_an_expiry_will_bring_is_foreseen_and_told_when_it_comes():
    grace = after(takes("350-401", "2023-11-06"), takes("300-410", "2024-02-12"))
    assert news(grace, takes("300-415", "2025-03-01"))[-1] == "CertificationProgressForeseen ccnp-enterprise 2028-03-01"
    with_more = after(takes("350-401", "2023-11-06"), takes("300-410", "2024-02-12"), takes("300-415", "2025-03-01"))
    assert news(with_more, reviews("2027-02-13")) == [
        "CertificationExpired ccnp-enterprise 2024-02-12 2027-02-12",
        "CertificationProgressed ccnp-enterprise 2028-03-01",
    ]


@pytest.mark.feature("F4.4")
def test_a_later_part_moves_the_last_day_of_progress():
    started = after(takes("300-410", "2024-02-12"))
    assert news(started, takes("300-415", "2025-03-01"))[-1] == "CertificationProgressMoved ccnp-enterprise 2028-03-01"


@pytest.mark.feature("F4.4")
def test_progress_lapses_when_the_time_for_the_missing_part_is_over():
    started = after(takes("350-401", "2024-01-10"))
    assert news(started, reviews("2027-01-11")) == [
        "CertificationExpired spec-enterprise-core 2024-01-10 2027-01-10",
        "CertificationProgressLapsed ccnp-enterprise",
    ]


def test_an_exam_nobody_knows_is_kept_for_a_later_catalogue():
    assert news(given(record), takes("999-999", "2025-01-01")) == ["ExamEvidenceRecorded"]


def test_a_clock_that_goes_back_takes_nothing_away():
    future = after(takes("200-301", "2030-01-01"))
    assert news(future, reviews("2026-01-01")) == []


def test_streams_are_called_after_the_record():
    assert isinstance(record, Decider)
    assert record.stream("C0042") == "record-C0042"
