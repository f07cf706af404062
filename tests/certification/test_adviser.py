"""Renewal adviser and what-if: every answer is the fold's own."""

import pytest
from hypothesis import given, settings

from services.certification.domain.adviser import HYPOTHETICAL, advice, supposed
from services.certification.domain.comparison import Change, Place, what_if
from services.certification.domain.fold import as_of, fold
from tests.certification.examples import CATALOGUE, credits_for, day, passed, revoked
from tests.certification.test_fold_laws import DAYS, histories

CCNA, CORE = passed("200-301", "2024-05-29"), passed("350-401", "2026-01-14")


def advised(*evidence, on="2026-11-20"):
    return {each.certification: each for each in advice(evidence, CATALOGUE, day(on))}


def options(*evidence, of, on="2026-11-20"):
    """Option id, exams taken in its cheapest form, credits, price."""
    return [
        (
            option.id,
            [code for part in option.exams for code in part.exams[: part.count]],
            option.credits,
            option.price_usd,
        )
        for option in advised(*evidence, on=on)[of].options
    ]


@pytest.mark.feature("F4.7")
@pytest.mark.rule("R-C1")
def test_an_associate_has_every_option_of_the_table_cheapest_first():
    assert options(CCNA, of="ccna") == [
        ("RC-A1", ["200-301"], 0, 300),
        ("RC-A2", ["300-110"], 0, 300),
        ("RC-A6", [], 30, 0),
        ("RC-A3", ["350-101"], 0, 400),
        ("RC-A4", ["400-007"], 0, 450),
        ("RC-A5", ["LAB-AUTO"], 0, 1600),
    ]


@pytest.mark.feature("F4.7")
@pytest.mark.rule("R-CE1")
def test_credits_in_hand_make_credits_the_cheapest_way_of_the_highest_level_only():
    found = advised(
        CCNA, CORE, passed("300-410", "2026-02-01"), credits_for("ILT-ENCOR", 64, "2026-06-01"), on="2026-11-20"
    )
    first = found["ccnp-enterprise"].options[0]
    assert (first.id, first.exams, first.credits, first.price_usd) == ("RC-P6", (), 16, 0)
    assert [option.id for option in found["ccna"].options if option.credits] == []


@pytest.mark.feature("F4.7")
@pytest.mark.rule("R-K1")
def test_an_option_says_what_the_cascade_would_renew_and_what_would_be_earned():
    found = advised(CCNA, CORE, on="2026-11-20")
    by_core = next(option for option in found["spec-enterprise-core"].options if "300-410" in option.exams[0].exams)
    assert by_core.exams[0].exams[0] == "300-410"
    assert by_core.renews == (
        ("ccna", day("2029-11-20")),
        ("spec-enterprise-core", day("2029-11-20")),
    )
    assert by_core.earns == ("ccnp-enterprise", "spec-enterprise-advanced-infrastructure")


@pytest.mark.feature("F4.7")
def test_what_was_passed_since_the_cycle_began_is_not_missing_any_more():
    professional = (CORE, passed("300-410", "2026-02-01"), passed("300-415", "2026-06-01"))
    assert options(*professional, of="ccnp-enterprise")[0] == ("RC-P2", ["300-410"], 0, 300)


@pytest.mark.rule("R-K4")
def test_a_retired_certification_has_no_option_and_says_why():
    found = advised(passed("300-730", "2026-08-20"), on="2026-11-20")["spec-security-vpn"]
    assert (found.options, found.retired) == ((), True)


@pytest.mark.rule("R-V5")
def test_what_never_expires_or_has_expired_needs_no_advice():
    assert advised(passed("100-150", "2023-05-05"), passed("200-301", "2020-05-05")) == {}


@pytest.mark.feature("F4.7")
@settings(max_examples=60, deadline=None)
@given(history=histories(), today=DAYS)
def test_every_option_that_is_advised_renews_when_it_is_carried_out(history, today):
    for each in advice(history, CATALOGUE, today):
        for option in each.options:
            exams = [code for part in option.exams for code in part.exams[: part.count]]
            after = fold([*history, *supposed(exams, option.credits, today)], CATALOGUE, today)
            assert after.standings[each.certification].current.expires_on == dict(option.renews)[each.certification]


@pytest.mark.feature("F4.7")
def test_what_if_answers_with_the_states_that_the_pass_would_bring():
    answer = what_if([CCNA], CATALOGUE, day("2026-11-20"), [("350-701", day("2027-01-15"))])
    assert answer.changes == (
        Change(
            certification="ccna",
            before=Place(status="active", active_on=day("2024-05-29"), expires_on=day("2027-05-29")),
            after=Place(status="active", active_on=day("2024-05-29"), expires_on=day("2030-01-15")),
        ),
        Change(certification="ccnp-security", before=None, after=Place(status="in_progress", until=day("2030-01-15"))),
        Change(
            certification="spec-security-core",
            before=None,
            after=Place(status="active", active_on=day("2027-01-15"), expires_on=day("2030-01-15")),
        ),
    )


@pytest.mark.feature("F4.7")
def test_a_supposed_pass_after_the_expire_date_renews_nothing():
    answer = what_if([CCNA], CATALOGUE, day("2026-11-20"), [("200-301", day("2027-05-30"))])
    assert answer.before["ccna"].status == "expired"
    assert answer.after["ccna"] == Place(status="active", active_on=day("2027-05-30"), expires_on=day("2030-05-30"))


def test_supposed_evidence_is_recognisable():
    assert {piece.result_id for piece in supposed(["200-301"], 0, day("2026-01-01"))} == {
        f"{HYPOTHETICAL}-200-301-2026-01-01"
    }


@pytest.mark.rule("R-O3")
def test_the_record_of_a_day_can_be_asked_by_what_was_known_then_and_by_what_is_known_now():
    late = passed("350-401", "2027-05-20", known="2027-07-01")
    history = [CCNA, late]
    then = as_of(history, CATALOGUE, day("2027-06-15"), day("2027-06-15")).standings
    now = as_of(history, CATALOGUE, day("2027-06-15"), day("2027-08-01")).standings
    assert then["ccna"].status_on(day("2027-06-15")) == "expired"
    assert now["ccna"].status_on(day("2027-06-15")) == "active"
    assert "spec-enterprise-core" not in then


@pytest.mark.rule("R-X1")
def test_what_was_revoked_later_was_active_by_the_knowledge_of_its_day():
    history = [passed("200-301", "2026-01-14", ref="r1"), revoked("r1", "2026-10-01")]
    day_before = day("2026-06-01")
    assert as_of(history, CATALOGUE, day_before, day_before).standings["ccna"].status_on(day_before) == "active"
    assert as_of(history, CATALOGUE, day_before, day("2026-10-01")).standings["ccna"].status_on(day_before) == "revoked"
