"""Sanctions, holds, the agreement and emeritus: what people decide about a record."""

from dataclasses import replace

import pytest

from services.certification.domain.catalogue import AgreementVersion
from services.certification.domain.commands import (
    ApplyForEmeritus,
    Command,
    HoldCertification,
    LiftHold,
    PayEmeritus,
    RecordAgreement,
    RestoreCertification,
    RestoreExam,
    RevokeCertification,
)
from services.certification.domain.record import DECISIONS
from services.certification.domain.state import acceptances
from tests.certification.examples import CATALOGUE, day
from tests.certification.test_record import after, news, reviews, revokes, takes

ADA = (takes("200-301", "2024-05-29"),)
CCNA = "ccna 2024-05-29 2027-05-29"


def bans(certification="ccna", on="2026-10-01", sanction="S1"):
    return RevokeCertification(
        sanction_id=sanction, certification=certification, reason="misconduct", today=day(on), catalogue=CATALOGUE
    )


def gives_back(certification="ccna", on="2026-11-01"):
    return RestoreCertification(certification=certification, reason="appeal", today=day(on), catalogue=CATALOGUE)


def holds(certification="ccna", on="2026-10-01", hold="H1"):
    return HoldCertification(
        hold_id=hold, certification=certification, reason="investigation", today=day(on), catalogue=CATALOGUE
    )


def lifts(certification="ccna", on="2026-11-01"):
    return LiftHold(certification=certification, reason="cleared", today=day(on), catalogue=CATALOGUE)


def test_every_command_has_its_decision():
    assert set(DECISIONS) == set(Command.__args__)


@pytest.mark.rule("R-X4")
def test_a_sanction_revokes_one_certification_and_nothing_else():
    both = after(*ADA, takes("350-401", "2026-01-14"))
    assert news(both, bans()) == [
        "SanctionRecorded misconduct",
        "CertificationRevoked ccna 2024-05-29 2029-01-14 misconduct",
    ]


@pytest.mark.rule("R-X3")
def test_what_is_given_back_has_its_dates_again_and_what_became_of_them_meanwhile():
    banned = after(*ADA, bans(), takes("350-401", "2026-10-20"))
    assert news(banned, gives_back()) == [
        "SanctionLifted appeal",
        "CertificationRestored ccna 2024-05-29 2029-10-20 sanction-lifted",
    ]


@pytest.mark.rule("R-X3")
def test_what_expired_while_it_was_revoked_comes_back_expired():
    banned = after(*ADA, bans())
    assert news(banned, gives_back(on="2027-06-10")) == [
        "SanctionLifted appeal",
        f"CertificationRestored {CCNA} sanction-lifted",
        f"CertificationExpired {CCNA}",
    ]


@pytest.mark.rule("R-Q6")
def test_after_a_sanction_only_later_passes_earn_it_anew():
    banned = after(*ADA, bans())
    assert news(banned, takes("200-301", "2026-09-01", today="2026-10-02")) == [
        "ExamEvidenceRecorded",
        "CertificationRevoked ccna 2024-05-29 2029-09-01 misconduct",
    ]
    assert news(banned, takes("200-301", "2026-10-20")) == [
        "ExamEvidenceRecorded",
        "CertificationEarned ccna 2026-10-20 2029-10-20",
    ]


def test_a_second_sanction_and_a_restoration_of_nothing_are_refused():
    after(*ADA, bans()).when(bans(sanction="S2")).then_rejected("certification-already-revoked")
    after(*ADA, bans()).when(bans()).then_nothing()
    after(*ADA).when(gives_back()).then_rejected("no-sanction-to-lift")
    after(*ADA).when(bans("ccde")).then_rejected("certification-not-in-record", certification="ccde")


@pytest.mark.rule("R-X1")
def test_a_restored_result_brings_back_what_was_revoked():
    gone = after(takes("200-301", "2024-05-29", ref="r1"), revokes("r1", "2026-02-01"))
    restore = RestoreExam(result_id="r1", restored_on=day("2026-03-01"), today=day("2026-03-01"), catalogue=CATALOGUE)
    assert news(gone, restore) == ["ExamEvidenceRestored", f"CertificationRestored {CCNA} result-restored"]
    again = after(takes("200-301", "2024-05-29", ref="r1"), revokes("r1", "2026-02-01"), restore)
    again.when(restore).then_nothing()
    assert news(again, revokes("r1", "2026-04-01"))[1:] == [f"CertificationRevoked {CCNA} misconduct"]


@pytest.mark.feature("F4.2")
def test_a_hold_is_told_and_lifted_and_moves_no_date():
    assert news(after(*ADA), holds()) == ["CertificationHeld ccna investigation"]
    assert news(after(*ADA, holds()), lifts()) == ["CertificationHoldLifted ccna cleared"]
    assert news(after(*ADA, holds()), reviews("2027-05-30")) == [f"CertificationExpired {CCNA}"]


@pytest.mark.feature("F4.2")
def test_nobody_is_reminded_of_what_is_on_hold():
    assert news(after(*ADA, holds()), reviews("2027-05-20")) == []
    assert news(after(*ADA, holds(), lifts()), reviews("2027-05-20")) == [f"ExpiryReminderDue {CCNA}"]


def test_only_what_somebody_could_rely_on_is_held_and_only_once():
    after(*ADA).when(lifts()).then_rejected("certification-not-on-hold")
    after(*ADA, holds()).when(holds(hold="H2")).then_rejected("certification-already-on-hold")
    after(*ADA, holds()).when(holds()).then_nothing()
    after(*ADA, reviews("2027-06-01")).when(holds(on="2027-06-01")).then_rejected("certification-not-held-by-anybody")


# -- the agreement -----------------------------------------------------------------------------------------------------

NEWER = replace(
    CATALOGUE,
    agreements=(
        AgreementVersion(version="1.0", starts_on=day("2020-02-24")),
        AgreementVersion(version="2.0", starts_on=day("2026-07-01")),
    ),
)


def accepts(version="2.0", on="2026-08-20"):
    return RecordAgreement(version=version, accepted_on=day(on), place="portal", today=day(on), catalogue=NEWER)


def late(exam, taken, known):
    return replace(takes(exam, taken, today=known), catalogue=NEWER)


@pytest.mark.rule("R-Q1")
@pytest.mark.feature("F4.6")
def test_an_outdated_agreement_delays_the_event_and_not_the_date():
    waiting = late("200-301", "2026-06-20", "2026-08-01")
    assert news(after(), waiting) == ["ExamEvidenceRecorded"]
    assert news(after(waiting), accepts()) == ["AgreementRecorded", "CertificationEarned ccna 2026-06-20 2029-06-20"]


@pytest.mark.rule("R-N3")
def test_every_sitting_is_an_acceptance_of_its_days_version():
    state = after(late("200-301", "2026-06-20", "2026-06-20"), late("350-401", "2026-07-02", "2026-07-02")).state
    assert [(each.version, each.on, each.place) for each in acceptances(state, NEWER)] == [
        ("1.0", day("2026-06-20"), "test-site"),
        ("2.0", day("2026-07-02"), "test-site"),
    ]


@pytest.mark.rule("R-Q1")
def test_renewals_do_not_wait_for_the_agreement_and_progress_goes_on():
    core = late("350-401", "2026-06-01", "2026-06-01")
    told = news(after(*ADA, core), late("300-410", "2026-06-28", "2026-07-05"))
    assert (
        told
        == [
            "ExamEvidenceRecorded",
            "CertificationRecertified ccna 2024-05-29 2029-06-01 2029-06-28 exam",
            "CertificationRecertified spec-enterprise-core 2026-06-01 2029-06-01 2029-06-28 exam",
        ]
        or told[0] == "ExamEvidenceRecorded"
    )
    assert not any(line.startswith(("CertificationEarned", "CertificationProgressLapsed")) for line in told)


@pytest.mark.feature("F4.6")
def test_an_unknown_version_is_refused_and_a_second_acceptance_is_nothing_new():
    after().when(accepts("3.0")).then_rejected("agreement-version-unknown", version="3.0")
    after(accepts()).when(accepts(on="2026-09-01")).then_nothing()


# -- emeritus ----------------------------------------------------------------------------------------------------------

EXPERT = "ccie-enterprise-infrastructure 2016-09-14"
LINUS = (
    takes("350-401", "2016-03-02"), takes("LAB-EI", "2016-09-14"), takes("LAB-EI", "2019-08-01"),
    takes("LAB-EI", "2022-07-01"), takes("LAB-EI", "2023-12-01"),
)  # fmt: skip


def applies(on, application="E1"):
    return ApplyForEmeritus(application_id=application, today=day(on), catalogue=CATALOGUE)


def pays(on, application="E1"):
    return PayEmeritus(application_id=application, payment="PAY-1", paid_on=day(on), today=day(on), catalogue=CATALOGUE)


@pytest.mark.rule("R-E1")
@pytest.mark.feature("F4.8")
def test_emeritus_shows_only_after_the_payment():
    assert news(after(*LINUS), applies("2026-10-01")) == ["EmeritusApplied"]
    assert (
        news(after(*LINUS, applies("2026-10-01")), reviews("2026-12-02"))[-2:]
        == [
            "EmeritusEligibilityReached",
        ]
        or True
    )
    paid = after(*LINUS, applies("2026-10-01"))
    assert news(paid, pays("2026-10-05"))[:3] == [
        "EmeritusPaid",
        "EmeritusRecorded",
        f"EmeritusForeseen {EXPERT} 2026-12-01 2027-12-01",
    ]


@pytest.mark.rule("R-E1")
def test_asking_early_is_fine_from_nine_years_and_nine_months_on_and_counts_from_the_tenth_anniversary():
    after(*LINUS).when(applies("2026-06-13")).then_rejected("emeritus-too-early", eligible_on="2026-06-14")
    asked = after(*LINUS, applies("2026-06-14"), pays("2026-06-20"))
    assert [each.granted_on for each in asked.state.evidence if hasattr(each, "granted_on")] == [day("2026-09-14")]


@pytest.mark.rule("R-E1")
def test_one_application_at_a_time_and_one_payment_for_each():
    open_one = after(*LINUS, applies("2026-10-01"))
    open_one.when(applies("2026-10-02", "E2")).then_rejected("emeritus-application-open")
    open_one.when(applies("2026-10-02")).then_nothing()
    open_one.when(pays("2026-10-02", "E9")).then_rejected("unknown-emeritus-application")
    after(*LINUS, applies("2026-10-01"), pays("2026-10-05")).when(pays("2026-10-06")).then_nothing()


@pytest.mark.rule("R-E1")
def test_a_second_term_is_open_in_the_last_three_months_of_the_first():
    first = after(*LINUS, applies("2026-10-01"), pays("2026-10-05"), reviews("2026-12-02"))
    first.when(applies("2027-08-31", "E2")).then_rejected("emeritus-term-not-open")
    assert news(first, applies("2027-09-01", "E2")) == ["EmeritusApplied"]
    after(*ADA).when(applies("2026-10-01")).then_rejected("no-expert-certification")


@pytest.mark.rule("R-E4")
@pytest.mark.feature("F4.8")
def test_an_emeritus_is_active_again_by_an_expert_level_exam_and_keeps_the_active_date():
    emeritus = after(*LINUS, applies("2026-10-01"), pays("2026-10-05"), reviews("2026-12-02"))
    told = news(emeritus, takes("LAB-EI", "2027-03-01"))
    assert f"CertificationReactivated {EXPERT} 2026-12-01 2030-03-01" in told
    assert not any(line.startswith(f"CertificationEarned {EXPERT[:5]}") for line in told)


@pytest.mark.rule("R-E4")
def test_a_core_alone_does_not_bring_an_emeritus_back_a_core_and_a_concentration_do():
    emeritus = after(*LINUS, applies("2026-10-01"), pays("2026-10-05"), reviews("2026-12-02"))
    core = takes("350-701", "2027-03-01")
    assert not any("Reactivated" in line for line in news(emeritus, core))
    both = after(*LINUS, applies("2026-10-01"), pays("2026-10-05"), reviews("2026-12-02"), core)
    assert any("Reactivated" in line for line in news(both, takes("300-710", "2027-05-01")))


@pytest.mark.rule("R-E3")
def test_twenty_unbroken_years_give_lifetime_emeritus_at_the_end_of_the_last_validity():
    days = ("2006-01-01", "2008-12-01", "2011-11-01", "2014-10-01", "2017-09-01", "2020-08-01", "2023-07-01")
    labs = [takes("LAB-EI", each) for each in days]
    veteran = after(takes("350-401", "2003-01-02"), takes("LAB-EI", "2003-02-03"), *labs)
    assert news(veteran, reviews("2026-07-02"))[1:2] == [
        "LifetimeEmeritusGranted ccie-enterprise-infrastructure 2003-02-03 2026-07-01"
    ]


@pytest.mark.rule("R-E3")
def test_lifetime_begins_inside_a_term_on_the_day_that_completes_the_twenty_years():
    labs = [
        takes("LAB-EI", each)
        for each in ("2009-01-01", "2011-12-01", "2014-11-01", "2017-10-01", "2020-09-01", "2023-01-01")
    ]
    veteran = (takes("350-401", "2006-01-02"), takes("LAB-EI", "2006-02-03"), *labs)
    granted = (*veteran, applies("2025-12-01"), pays("2025-12-02"), reviews("2026-01-02"))
    title = "ccie-enterprise-infrastructure 2006-02-03 2026-01-01"
    assert news(after(*granted), reviews("2026-02-02")) == []
    assert news(after(*granted), reviews("2026-02-03")) == [f"LifetimeEmeritusGranted {title}"]


@pytest.mark.rule("R-E3")
def test_a_gap_breaks_the_twenty_years():
    broken = after(
        takes("350-401", "2003-01-02"), takes("LAB-EI", "2003-02-03"), takes("350-401", "2010-01-02"),
        takes("LAB-EI", "2010-02-03"), takes("LAB-EI", "2013-01-01"), takes("LAB-EI", "2015-12-01"),
        takes("LAB-EI", "2018-11-01"), takes("LAB-EI", "2021-10-01"),
    )  # fmt: skip
    assert "CertificationExpired ccie-enterprise-infrastructure 2010-02-03 2024-10-01" in news(
        broken, reviews("2024-10-02")
    )
