"""What the worked examples leave open, by the rules' own words."""

import pytest

from tests.certification.examples import (
    balance,
    credits_for,
    emeritus,
    extended,
    failed,
    folded,
    going,
    held,
    passed,
    revoked,
)

CCNP = (passed("350-401", "2023-11-06"), passed("300-410", "2024-02-12"))
CCIE = (passed("350-401", "2022-11-07"), passed("LAB-EI", "2023-04-10"))
EXPERT_FOR_LIFE = (
    passed("350-401", "2020-03-02"),
    passed("LAB-EI", "2020-09-14"),
    passed("LAB-EI", "2023-08-01"),
    passed("LAB-EI", "2026-07-01"),
    passed("LAB-EI", "2029-06-01"),
)


@pytest.mark.rule("R-V5")
def test_an_entry_certification_of_field_technicians_expires_and_is_renewed_by_any_exam_above():
    assert held(passed("800-150", "2023-05-05"), as_of="2026-05-06") == {"cct-field": "expired 2023-05-05 2026-05-05"}
    assert held(passed("800-150", "2023-05-05"), passed("200-301", "2026-05-05"), as_of="2026-05-06") == {
        "cct-field": "active 2023-05-05 2029-05-05",
        "ccna": "active 2026-05-05 2029-05-05",
    }


@pytest.mark.rule("R-C1")
def test_a_stand_alone_specialist_exam_renews_its_own_certification_and_no_other_specialist():
    lines = held(
        passed("500-220", "2024-01-10"),
        passed("820-605", "2024-01-10"),
        passed("500-220", "2026-06-01"),
        as_of="2026-06-01",
    )
    assert lines["spec-meraki"] == "active 2024-01-10 2029-06-01"


@pytest.mark.rule("R-K1")
def test_renewing_a_specialist_by_its_own_exam_renews_every_specialist_and_associate():
    assert held(
        passed("200-301", "2024-03-01"),
        passed("820-605", "2024-01-10"),
        passed("500-220", "2024-01-10"),
        passed("500-220", "2026-06-01"),
        as_of="2026-06-01",
    ) == {
        "ccna": "active 2024-03-01 2029-06-01",
        "spec-customer-success-manager": "active 2024-01-10 2029-06-01",
        "spec-meraki": "active 2024-01-10 2029-06-01",
    }


@pytest.mark.rule("R-C2")
def test_the_same_concentration_twice_is_one_piece_of_evidence():
    again = (passed("300-415", "2025-01-10"), passed("300-415", "2025-08-10"))
    assert held(*CCNP, *again, as_of="2025-08-10")["ccnp-enterprise"] == "active 2024-02-12 2027-02-12"


@pytest.mark.rule("R-C2")
def test_three_concentrations_renew_an_expert():
    three = (passed("300-410", "2024-01-10"), passed("300-710", "2025-01-10"), passed("300-615", "2026-04-10"))
    assert held(*CCIE, *three, as_of="2026-04-10")["ccie-enterprise-infrastructure"] == "active 2023-04-10 2029-04-10"


@pytest.mark.rule("R-K4")
def test_a_retired_certification_is_not_earned_on_the_day_after_its_last():
    assert sorted(held(passed("300-425", "2026-03-18"), as_of="2026-03-18")) == ["spec-enterprise-wireless-design"]
    assert held(passed("300-425", "2026-03-19"), as_of="2026-03-19") == {}


@pytest.mark.rule("R-K5")
def test_a_renewal_during_an_extension_never_shortens():
    lines = held(
        passed("200-301", "2023-05-01"),
        extended(180, "2023-06-01"),
        passed("200-901", "2023-07-01"),
        as_of="2023-07-01",
    )
    assert lines == {"ccna": "active 2023-05-01 2026-10-28", "ccna-automation": "active 2023-07-01 2026-07-01"}


@pytest.mark.rule("R-V6")
def test_an_extension_reaches_only_what_was_active_that_day():
    last_day = held(passed("200-301", "2023-05-01"), extended(180, "2026-05-01"), as_of="2026-05-02")
    too_late = held(passed("200-301", "2023-05-01"), extended(180, "2026-05-02"), as_of="2026-05-02")
    same_day = held(passed("200-301", "2023-05-01"), extended(180, "2023-05-01"), as_of="2023-05-02")
    assert [lines["ccna"] for lines in (last_day, too_late, same_day)] == [
        "active 2023-05-01 2026-10-28",
        "expired 2023-05-01 2026-05-01",
        "active 2023-05-01 2026-05-01",
    ]


@pytest.mark.rule("R-Q3")
def test_a_lab_before_its_qualifier_earns_nothing():
    assert "ccie-enterprise-infrastructure" not in held(
        passed("LAB-EI", "2024-01-10"), passed("350-401", "2024-02-10"), as_of="2024-02-10"
    )


@pytest.mark.rule("R-Q3")
@pytest.mark.rule("R-O2")
def test_qualifier_and_lab_of_one_day_earn_together():
    lines = held(passed("LAB-EI", "2024-01-10"), passed("350-401", "2024-01-10"), as_of="2024-01-10")
    assert lines["ccie-enterprise-infrastructure"] == "active 2024-01-10 2027-01-10"


@pytest.mark.rule("R-Q3")
def test_an_earlier_qualifier_counts_when_only_its_first_attempt_came_in_time():
    lines = held(
        passed("350-401", "2023-01-15"),
        failed("LAB-EI", "2023-06-15"),
        passed("350-401", "2024-01-15"),
        passed("LAB-EI", "2025-12-20"),
        as_of="2025-12-20",
    )
    assert lines["ccie-enterprise-infrastructure"] == "active 2025-12-20 2028-12-20"


@pytest.mark.rule("R-Q6")
def test_an_expert_certification_is_earned_again_only_with_a_new_qualifier_and_a_new_lab():
    again = (*CCIE, passed("LAB-EI", "2026-05-10"))
    assert held(*again, as_of="2026-05-10")["ccie-enterprise-infrastructure"] == "expired 2023-04-10 2026-04-10"
    new = (*CCIE, passed("350-401", "2026-05-01"), passed("LAB-EI", "2026-05-10"))
    assert held(*new, as_of="2026-05-10")["ccie-enterprise-infrastructure"] == "active 2026-05-10 2029-05-10"


@pytest.mark.feature("F4.4")
def test_what_is_held_is_not_in_progress_until_the_day_after_it_expired():
    history = (*CCNP, passed("300-415", "2025-03-01"))
    assert going(*history, as_of="2027-02-12") == []
    assert going(*history, as_of="2027-02-13") == ["ccnp-enterprise"]


@pytest.mark.feature("F4.4")
def test_progress_ends_with_the_last_day_for_the_missing_part():
    core = passed("350-401", "2024-01-10")
    assert going(core, as_of="2027-01-10") == ["ccnp-enterprise"]
    assert going(core, as_of="2027-01-11") == []


@pytest.mark.rule("R-CE8")
def test_credits_die_with_the_last_certification_they_could_renew():
    history = (passed("200-301", "2024-01-15"), credits_for("LIVE-8H", 8, "2024-06-05"))
    assert balance(*history, as_of="2027-01-15") == 8
    assert balance(*history, as_of="2027-01-16") == 0


@pytest.mark.rule("R-CE8")
def test_a_credit_lives_three_years():
    history = (
        passed("200-301", "2024-01-15"),
        credits_for("LIVE-8H", 8, "2024-06-05"),
        extended(730, "2024-07-01"),
    )
    assert balance(*history, as_of="2027-06-05") == 8
    assert balance(*history, as_of="2027-06-06") == 0


@pytest.mark.rule("R-CE3")
def test_a_claim_of_day_90_is_in_time():
    ccna = passed("200-301", "2024-01-15")
    assert balance(ccna, credits_for("WS-AUTO", 16, "2024-03-01", submitted="2024-05-30"), as_of="2024-06-01") == 16
    assert balance(ccna, credits_for("WS-AUTO", 16, "2024-03-01", submitted="2024-05-31"), as_of="2024-06-01") == 0


@pytest.mark.rule("R-CE5")
def test_an_item_counts_again_in_the_next_cycle():
    history = (
        passed("200-301", "2024-01-15"),
        credits_for("DL-CCNA", 30, "2024-06-05"),
        credits_for("DL-CCNA", 30, "2025-06-05"),
    )
    assert held(*history, as_of="2025-06-05") == {"ccna": "active 2024-01-15 2028-06-05"}


@pytest.mark.rule("R-CE5")
def test_a_late_claim_does_not_use_up_its_item():
    history = (
        passed("200-301", "2024-01-15"),
        credits_for("WS-AUTO", 16, "2024-03-01", submitted="2024-12-01"),
        credits_for("WS-AUTO", 16, "2024-04-01"),
    )
    assert balance(*history, as_of="2024-12-31") == 16


@pytest.mark.rule("R-CE4")
def test_credits_completed_before_a_renewal_and_approved_after_it_are_lost():
    history = (
        passed("200-301", "2024-01-15"),
        credits_for("WS-AUTO", 16, "2024-06-01", decided="2024-08-01"),
        passed("200-301", "2024-07-01"),
    )
    assert balance(*history, as_of="2024-08-01") == 0


@pytest.mark.rule("R-CE1")
@pytest.mark.rule("R-CE2")
def test_credits_never_renew_an_entry_certification():
    history = (passed("800-150", "2024-01-15"), credits_for("ILT-ENCOR", 64, "2024-06-01"))
    assert held(*history, as_of="2024-06-01") == {"cct-field": "active 2024-01-15 2027-01-15"}
    assert dict(folded(*history, as_of="2024-06-01").refused) == {
        ("ILT-ENCOR", history[1].completed_on): "completed-without-active-certification"
    }


@pytest.mark.rule("R-X1")
def test_a_pass_that_was_repeated_before_it_was_revoked_earns_by_the_repetition():
    history = (
        passed("200-301", "2024-01-15", ref="r1"),
        passed("200-301", "2025-06-01"),
        revoked("r1", "2026-01-01"),
    )
    assert held(*history, as_of="2026-01-01") == {"ccna": "active 2025-06-01 2028-06-01"}


@pytest.mark.rule("R-X1")
def test_what_is_earned_anew_after_a_revocation_is_active():
    history = (
        passed("200-301", "2024-01-15", ref="r1"),
        revoked("r1", "2025-01-01"),
        passed("200-301", "2025-06-01"),
    )
    assert held(*history, as_of="2025-05-31") == {"ccna": "revoked 2024-01-15 2027-01-15"}
    assert held(*history, as_of="2025-06-01") == {"ccna": "active 2025-06-01 2028-06-01"}


@pytest.mark.rule("R-X1")
def test_later_passes_earn_nothing_with_a_void_pass_and_a_revoked_title_shows_what_an_appeal_would_bring_back():
    history = (
        passed("350-401", "2025-06-01", ref="r1"),
        revoked("r1", "2026-02-01"),
        passed("300-410", "2026-05-01"),
    )
    assert held(*history, as_of="2026-05-01") == {
        "spec-enterprise-advanced-infrastructure": "active 2026-05-01 2029-05-01",
        "spec-enterprise-core": "revoked 2025-06-01 2029-05-01",
    }


@pytest.mark.rule("R-X1")
def test_revoking_twice_or_an_unknown_result_changes_nothing():
    history = (passed("200-301", "2024-01-15", ref="r1"), revoked("r1", "2025-01-01"))
    more = (revoked("r1", "2025-03-01"), revoked("r9", "2025-02-01"))
    assert held(*history, *more, as_of="2025-04-01") == held(*history, as_of="2025-04-01")


@pytest.mark.rule("R-E1")
def test_emeritus_is_granted_from_the_tenth_anniversary_on():
    history = (*EXPERT_FOR_LIFE[:3], passed("LAB-EI", "2026-07-01"), passed("LAB-EI", "2027-09-10"))
    too_early, in_time = emeritus("2030-09-09"), emeritus("2030-09-14")
    title = "ccie-enterprise-infrastructure"
    assert held(*history, too_early, as_of="2030-09-20")[title] == "expired 2020-09-14 2030-09-10"
    assert held(*history, in_time, as_of="2030-09-20")[title] == "emeritus 2020-09-14 2030-09-10"


@pytest.mark.rule("R-E1")
def test_another_term_may_be_granted_in_the_last_three_months():
    title = "ccie-enterprise-infrastructure"
    first = (*EXPERT_FOR_LIFE, emeritus("2032-05-20"))
    assert held(*first, emeritus("2033-03-01"), as_of="2034-06-01")[title] == "emeritus 2020-09-14 2032-06-01"
    assert held(*first, emeritus("2033-02-28"), as_of="2034-06-01")[title] == "expired 2020-09-14 2032-06-01"


@pytest.mark.rule("R-E1")
def test_a_grant_long_after_the_expire_date_starts_no_term():
    title = "ccie-enterprise-infrastructure"
    assert held(*EXPERT_FOR_LIFE, emeritus("2033-06-01"), as_of="2033-06-01")[title].startswith("emeritus")
    assert held(*EXPERT_FOR_LIFE, emeritus("2033-06-02"), as_of="2033-06-02")[title].startswith("expired")


@pytest.mark.rule("R-E2")
def test_emeritus_keeps_nothing_below_alive():
    lines = held(*EXPERT_FOR_LIFE, emeritus("2032-05-20"), as_of="2032-06-02")
    assert lines["spec-enterprise-core"] == "expired 2020-03-02 2032-06-01"
