"""What two records of one person hold of exams, once one stands for both (F1.13)."""

from datetime import date

import pytest

import contracts
from chassis.errors import NotFound
from tests.testing.test_bookings_front_door import book
from tests.testing.test_testing_front_door import report

DAY = date(2026, 11, 20)
MERGED = contracts.AccountsMerged(candidate_id="C-ADA", absorbed_id="C-GRACE", merged_on=DAY)
SEPARATED = contracts.AccountsSeparated(candidate_id="C-ADA", absorbed_id="C-GRACE", separated_on=DAY)


def exams(asked_as, candidate_id: str) -> list[tuple[str, str]]:
    return [(line["exam"], line["taken_on"]) for line in asked_as().history(candidate_id)["results"]]


@pytest.fixture
def sat(asked_as, known):
    """Ada has passed one exam, and her other record another one and the same one on another day."""
    report(asked_as())
    report(asked_as(), candidate_id="C-GRACE", exam="350-401", provider_reference="VUE-2", outcome="fail")
    report(asked_as(), candidate_id="C-GRACE", taken_on="2025-03-02", provider_reference="VUE-3")
    return known


@pytest.mark.feature("F1.13")
def test_the_history_holds_the_sittings_of_both_each_once(asked_as, sat):
    sat.tell(MERGED)
    assert exams(asked_as, "C-ADA") == [("200-301", "2026-11-02"), ("350-401", "2026-11-02"), ("200-301", "2025-03-02")]
    assert asked_as().history("C-ADA")["total"] == 3
    [report_of_other] = [line for line in asked_as().history("C-ADA")["results"] if line["exam"] == "350-401"]
    assert asked_as().score_report("C-ADA", report_of_other["result_id"])["exam"] == "350-401"


@pytest.mark.feature("F1.13")
def test_a_failed_sitting_of_the_absorbed_record_is_waited_for(asked_as, sat):
    sat.tell(MERGED)
    [line] = [one for one in asked_as().history("C-ADA")["results"] if one["exam"] == "350-401"]
    assert line["next_allowed_on"] == "2026-11-08"


@pytest.mark.feature("F1.13")
def test_undone_each_has_its_own_again_and_what_came_in_between(asked_as, sat):
    sat.tell(MERGED)
    report(asked_as(), candidate_id="C-GRACE", exam="300-410", taken_on="2026-11-10", provider_reference="VUE-4")
    assert len(exams(asked_as, "C-ADA")) == 4
    sat.tell(SEPARATED)
    assert exams(asked_as, "C-ADA") == [("200-301", "2026-11-02")]
    assert ("300-410", "2026-11-10") in exams(asked_as, "C-GRACE")


@pytest.mark.feature("F1.13")
def test_the_person_acts_on_an_appointment_of_the_absorbed_record_and_strangers_do_not(asked_as, known):
    booked = book(known, "C-GRACE", confirmed_name="Grace Hopper")
    with pytest.raises(NotFound):
        asked_as().cancel("C-ADA", booked)
    known.tell(MERGED)
    assert [one["appointment_id"] for one in asked_as().appointments("C-ADA")["appointments"]] == [booked]
    asked_as().cancel("C-ADA", booked)
    assert asked_as().appointment("C-ADA", booked)["status"] == "cancelled"
    with pytest.raises(NotFound):
        asked_as().cancel("C-LINUS", booked)
