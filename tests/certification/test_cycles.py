"""Certifications that are renewed together go on in one cycle; what parts them again."""

import pytest

from services.certification.domain.evidence import Sanction
from services.certification.domain.fold import fold, walked
from tests.certification.examples import CATALOGUE, credits_for, day, held, passed

SPECIALISTS = ("spec-enterprise-advanced-infrastructure", "spec-enterprise-sd-wan")
TOGETHER = (passed("300-410", "2024-01-10"), passed("300-415", "2024-02-10"), passed("300-420", "2025-01-10"))


def struck(certification, on):
    return Sanction(
        sanction_id="s1", certification=certification, revoked_on=day(on), reason="misconduct", known_on=day(on)
    )


def dates(*evidence, on):
    standings = fold(evidence, CATALOGUE, day(on)).standings
    return {name: [move.expires_on.isoformat() for move in each.current.moves] for name, each in standings.items()}


@pytest.mark.rule("R-F")
def test_certifications_of_a_level_that_were_renewed_on_one_day_share_a_cycle():
    end = walked((*TOGETHER, passed("300-710", "2025-06-10")), CATALOGUE, day("2025-06-10"))
    older, newer = (end.titles[name] for name in SPECIALISTS)
    assert older.cycle is newer.cycle
    assert [[move.on.isoformat() for move in title.moves] for title in (older, newer)] == [
        ["2024-02-10", "2025-01-10", "2025-06-10"],
        ["2025-01-10", "2025-06-10"],
    ]


@pytest.mark.rule("R-X4")
@pytest.mark.rule("R-F")
def test_what_is_taken_away_keeps_its_dates_while_the_others_of_its_cycle_go_on():
    history = (*TOGETHER, passed("300-710", "2025-06-10"), struck(SPECIALISTS[0], "2025-07-01"))
    after = dates(*history, passed("300-620", "2026-02-10"), on="2026-02-10")
    assert [after[name] for name in SPECIALISTS] == [
        ["2027-02-10", "2028-01-10", "2028-06-10"],
        ["2028-01-10", "2028-06-10", "2029-02-10"],
    ]


@pytest.mark.rule("R-X4")
@pytest.mark.rule("R-CE1")
def test_with_the_highest_taken_away_credits_renew_the_next_level():
    history = (passed("200-301", "2024-01-15"), passed("500-220", "2024-02-01"))
    thirty = credits_for("DL-CCNA", 30, "2025-06-05")
    assert held(*history, thirty, as_of="2025-06-05")["ccna"] == "active 2024-01-15 2027-02-01"
    alone = held(*history, struck("spec-meraki", "2025-01-10"), thirty, as_of="2025-06-05")
    assert alone["ccna"] == "active 2024-01-15 2028-06-05"
