"""The status view, agreement, history and adviser as candidates see them: by the page, by the API, and refused."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import contracts
from tests.certification.pages import do, press
from tests.certification.test_service import ADA, passed
from tests.gateway.pages import follow

LABS = ("2013-09-14", "2016-08-01", "2019-07-01", "2022-06-01", "2023-12-01")
AGREEMENT = "/certifications/agreement"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'service.sqlite'}"


def expert(told, *labs, qualifier="2013-03-02"):
    told(passed("350-401", qualifier), *(passed("LAB-EI", lab) for lab in labs))


def emeritus(asked_as):
    application = asked_as().apply_for_emeritus(ADA)["application_id"]
    asked_as().record_emeritus_payment(application, "PAY-1", "2026-11-20")


def held(asked_as, reason):
    may, arguments = ["certifications.hold"], {"certification": "ccna", "reason": reason}
    asked = asked_as().propose("certification-hold", ADA, arguments, "as decided", "linus", may)
    asked_as().approve(asked["proposal_id"], "grace", may)


CCIE = "Cisco Certified Internetwork Expert Enterprise Infrastructure"


@pytest.mark.feature("F4.1")
@pytest.mark.feature("F4.2")
@pytest.mark.feature("F4.4")
def test_in_progress_active_and_expired_are_words_of_the_status_page(portal, told):
    told(passed("200-301", "2020-01-14"), passed("350-401", "2026-01-14"))
    page = follow(portal.browser(ADA), "/certifications").text
    assert "AssociateExpired14 January 202014 January 2023" in page
    assert "SpecialistActive14 January 202614 January 2029" in page
    assert "ProfessionalIn Progressmissing part by 14 January 2029" in page


@pytest.mark.feature("F4.1")
@pytest.mark.feature("F4.4")
def test_an_expert_certification_is_in_progress_only_after_an_attempt_at_the_lab(portal, told):
    told(passed("350-401", "2026-01-14"))
    assert CCIE not in follow(portal.browser(ADA), "/certifications").text
    told(contracts.ExamFailed(
        candidate_id=ADA, result_id="R2", exam="LAB-EI", exam_version=None, title="lab", role="lab",
        taken_on=date(2026, 10, 1), score=None, attempt=1, reported_at=datetime(2026, 11, 20, tzinfo=UTC),
    ))  # fmt: skip
    lines = portal.client(ADA).get("/api/v1/me/certifications").json()["in_progress"]
    assert [line["certification"] for line in lines] == ["ccie-enterprise-infrastructure", "ccnp-enterprise"]
    assert "ExpertIn Progress" in follow(portal.browser(ADA), "/certifications").text


@pytest.mark.feature("F4.2")
@pytest.mark.rule("R-V5")
def test_never_expires_is_a_word_of_the_status_page(portal, told):
    told(passed("100-150", "2020-01-14"))
    assert "EntryNever expires14 January 2020Never" in follow(portal.browser(ADA), "/certifications").text


@pytest.mark.feature("F4.2")
def test_on_hold_is_a_word_of_the_status_page_with_its_reason(portal, told, asked_as):
    told(passed("200-301", "2025-01-14"))
    held(asked_as, "investigation")
    assert "AssociateOn HoldInvestigation14 January 2025" in follow(portal.browser(ADA), "/certifications").text


@pytest.mark.feature("F4.2")
@pytest.mark.rule("R-X1")
def test_revoked_is_a_word_of_the_status_page_with_its_reason(portal, told):
    told(passed("200-301", "2025-01-14", ref="R1"))
    told(contracts.ExamResultRevoked(
        candidate_id=ADA, result_id="R1", exam="200-301", taken_on=date(2025, 1, 14), revoked_on=date(2026, 11, 20),
        reason="misconduct",
    ))  # fmt: skip
    assert "AssociateRevokedMisconduct14 January 2025" in follow(portal.browser(ADA), "/certifications").text


@pytest.mark.feature("F4.2")
@pytest.mark.feature("F4.8")
def test_emeritus_and_the_term_ahead_are_words_of_the_pages(portal, told, asked_as, clock):
    expert(told, *LABS)
    emeritus(asked_as)
    assert "ExpertActivethen Emeritus until 1 December 2027" in follow(portal.browser(ADA), "/certifications").text
    clock.go_to("2026-12-02")
    assert "ExpertEmeritusuntil 1 December 2027" in follow(portal.browser(ADA), "/certifications").text
    assert "Emeritus14 September 20131 December 20261 December 2027" in (
        follow(portal.browser(ADA), "/certifications/expert").text.replace("\n", "")
    )


@pytest.mark.feature("F4.2")
@pytest.mark.rule("R-E3")
def test_lifetime_emeritus_is_a_word_of_the_pages(portal, told):
    expert(told, *(f"{year}-03-02" for year in range(2003, 2024, 3)), qualifier="2002-09-02")
    page = follow(portal.browser(ADA), "/certifications").text
    assert "ExpertLifetime Emeritus2 March 2003" in page


# -- the agreement -----------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(told, clock):
    """An exam of before the newest agreement, that is known only when new earnings need it."""
    told(passed("350-401", "2026-09-01"))
    clock.go_to("2027-01-05")
    told(passed("300-410", "2026-10-20"))


@pytest.mark.feature("F4.6")
@pytest.mark.rule("R-Q1")
def test_what_is_earned_and_waits_is_told_on_the_status_page_and_comes_with_the_acceptance(portal, waiting):
    ada = portal.browser(ADA)
    page = follow(ada, "/certifications")
    told = "Cisco Certified Network Professional Enterprise is earned and waits for the agreement"
    assert told in page.text
    assert "Its date, 20 October 2026, stands." in page.text
    assert "ProfessionalIn Progress" in page.text
    assert AGREEMENT in page.links
    accepted = press(ada, AGREEMENT, AGREEMENT)
    assert "Thank you. The agreement is accepted." in accepted.text
    after = follow(ada, "/certifications").text
    assert told not in after
    assert "ProfessionalActive20 October 202620 October 2029" in after


@pytest.mark.feature("F4.6")
@pytest.mark.rule("R-Q1")
def test_what_waits_is_told_by_the_api_and_only_known_versions_are_accepted(portal, waiting):
    ada = portal.client(ADA)
    waits = ada.get("/api/v1/me/certifications").json()["waiting"]
    assert [(one["certification"], one["earned_on"]) for one in waits] == [
        ("ccnp-enterprise", "2026-10-20"),
        ("spec-enterprise-advanced-infrastructure", "2026-10-20"),
    ]
    refused = do(ada, "POST", "/api/v1/me/agreement", {"version": "1999-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (409, "agreement-version-unknown")
    assert do(ada, "POST", "/api/v1/me/agreement", {"version": "2026-11-01"}).status_code == 200
    assert ada.get("/api/v1/me/certifications").json()["waiting"] == []


@pytest.mark.feature("F4.6")
def test_an_outdated_agreement_is_something_to_do_until_the_newest_version_is_accepted(told, asked_as):
    assert not asked_as().overview(ADA)["agreement_due"]
    told(passed("350-401", "2026-09-01"))
    assert asked_as().overview(ADA)["agreement_due"]
    asked_as().accept_agreement(ADA, "2026-11-01")
    assert not asked_as().overview(ADA)["agreement_due"]


# -- history, requirements, adviser ------------------------------------------------------------------------------------


@pytest.mark.feature("F4.5")
def test_the_history_page_has_both_dates_and_the_reason_of_each_fact(portal, told):
    told(passed("200-301", "2024-05-29"), passed("350-401", "2026-01-14"))
    page = follow(portal.browser(ADA), "/certifications/history").text
    assert (
        "14 January 2026Cisco Certified Network AssociateCertification renewed29 May 202714 January 2029Exams" in page
    )
    lines = portal.client(ADA).get("/api/v1/me/certifications/history").json()["history"]
    assert [
        (line["what"], line["old_expires_on"], line["expires_on"]) for line in lines if line["what"] == "renewed"
    ] == [("renewed", "2027-05-29", "2029-01-14")]
    assert portal.client(ADA, role="provider").get("/api/v1/me/certifications/history").status_code == 403


@pytest.mark.feature("F4.3")
def test_the_requirement_page_says_what_fills_which_part_and_the_last_day_of_the_other(portal, told):
    told(passed("350-401", "2026-01-14"))
    page = follow(portal.browser(ADA), "/certifications/requirements/ccnp-enterprise").text
    assert "Last day for the missing part:" in page
    assert "14 January 2029" in page
    tree = portal.client(ADA).get("/api/v1/me/certifications/ccnp-enterprise/requirements").json()
    assert (tree["parts"][0]["filled_by"], tree["missing_until"]) == ("350-401", "2029-01-14")
    unknown = portal.client(ADA).get("/api/v1/me/certifications/ccnx/requirements")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-certification")


@pytest.mark.feature("F4.7")
def test_the_adviser_shows_options_and_what_an_exam_would_bring(portal, told):
    told(passed("200-301", "2025-01-14"))
    page = follow(portal.browser(ADA), "/certifications/renewal?exam=350-701&on=2026-12-20").text
    assert "Options, cheapest first" in page
    assert "Cisco Certified Specialist - Security Core" in page
    changes = portal.client(ADA).get("/api/v1/me/certifications/what-if?exam=350-701&on=2026-12-20").json()
    assert [line["certification"] for line in changes["certifications"] if line["changes"]] == [
        "ccna",
        "ccnp-security",
        "spec-security-core",
    ]
    unknown = portal.client(ADA).get("/api/v1/me/certifications/what-if?exam=999-999&on=2026-12-20")
    assert (unknown.status_code, unknown.json()["code"]) == (409, "unknown-exam")
