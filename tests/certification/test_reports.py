"""Reports over all candidates, on both databases: numbers that follow exams, moves and erasure."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

import contracts
from chassis.command_handling import Unit
from chassis.decider import Fact
from services.certification.domain.claim_facts import ClaimLine, CreditClaimSubmitted
from services.certification.projections import claims
from services.certification.service import PLAN, CertificationService
from services.certification.service.reporting import same_month_next_year
from tests.front_door import Door, KeyRing, opened

ADA, GRACE, LINUS = "CAND0000ADA", "CAND00GRACE", "CAND00LINUS"
SPECIALIST = {
    "certification": "spec-enterprise-core",
    "name": "Cisco Certified Specialist - Enterprise Core",
}


@pytest.fixture
def door(database_url, tmp_path) -> Iterator[Door]:
    with opened(PLAN, database_url, tmp_path, KeyRing()) as frame:
        yield Door(CertificationService, frame)


@pytest.fixture
def earned(door) -> Callable[..., None]:
    """Somebody of a country passes an exam on a day."""

    def earn(candidate_id: str, country: str, exam: str = "350-401", on: str = "2026-01-14") -> None:
        door.tell(contracts.AccountRegistered(candidate_id=candidate_id, country=country))
        door.tell(
            contracts.ExamPassed(
                candidate_id=candidate_id, result_id=f"{candidate_id}-{exam}", exam=exam, exam_version=None,
                title=exam, role="core", taken_on=date.fromisoformat(on), score=None, attempt=1,
                reported_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            )
        )  # fmt: skip

    return earn


@pytest.mark.feature("F12.1")
def test_holders_are_counted_by_certification_and_country(door, earned):
    for candidate_id, country in ((ADA, "GB"), (GRACE, "US"), (LINUS, "GB")):
        earned(candidate_id, country)
    assert door.asked_as().report_active() == {
        "rows": [{**SPECIALIST, "country": "GB", "holders": 2}, {**SPECIALIST, "country": "US", "holders": 1}],
        "next": None,
    }


def test_a_move_and_an_erasure_change_the_countries(door, earned):
    earned(ADA, "GB")
    earned(GRACE, "US")
    door.tell(
        contracts.AddressChanged(candidate_id=ADA, country="FR", address="c2VhbGVk"),
        contracts.AccountErased(candidate_id=GRACE, erased_on=date(2026, 11, 20)),
    )
    rows = door.asked_as().report_active()["rows"]
    assert sorted(((row["country"], row["holders"]) for row in rows), key=str) == [("FR", 1), (None, 1)]


def test_what_has_expired_is_not_active(door, earned):
    earned(ADA, "GB", on="2022-01-14")
    assert door.asked_as().report_active()["rows"] == []


@pytest.mark.feature("F12.1")
def test_ends_are_counted_by_month_for_a_year(door, earned):
    earned(ADA, "GB", on="2023-12-14")
    earned(GRACE, "US", on="2023-12-20")
    earned(LINUS, "NO", on="2026-01-14")
    assert door.asked_as().report_expiring() == {
        "rows": [{"month": "2026-12", **SPECIALIST, "holders": 2}],
        "next": None,
    }


@pytest.mark.parametrize(
    ("day", "end"), [(date(2028, 2, 29), date(2029, 2, 1)), (date(2026, 12, 31), date(2027, 12, 1))]
)
def test_a_year_of_months_ends_before_the_same_month(day, end):
    assert same_month_next_year(day) == end


@pytest.mark.feature("F12.1")
def test_claims_that_wait_are_counted_by_the_day_they_came(door):
    def submitted(claim_id: str, day: int) -> None:
        line = ClaimLine(item="item", credits=10, completed_on=date(2026, 10, 1))
        event = CreditClaimSubmitted(claim_id=claim_id, lines=(line,), submitted_on=date(2026, 11, day))
        fact = Fact(
            event=event, source="certification", subject=ADA, number=1, recorded_at=datetime(2026, 11, 20, tzinfo=UTC)
        )
        door.frame.committer.perform(Unit(writes=[lambda rows: claims.project(rows, fact)]), timeout=5.0)

    for claim_id, day in (("K1", 10), ("K2", 10), ("K3", 18)):
        submitted(claim_id, day)
    assert door.asked_as().report_claims_waiting() == {
        "rows": [
            {"submitted_on": "2026-11-10", "waiting": 2, "days": 10},
            {"submitted_on": "2026-11-18", "waiting": 1, "days": 2},
        ],
        "next": None,
    }
