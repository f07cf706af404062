from datetime import date, timedelta

import pytest

from chassis.errors import StartRefused
from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.retakes import Sat, next_allowed_on

CATALOGUE = exam_catalogue()


def next_day(code, taken_on, outcome, *, version=None, earlier=()):
    exam = CATALOGUE.exams[code]
    sat = Sat(exam_version=version or exam.version_on(taken_on), taken_on=taken_on, outcome=outcome)
    return next_allowed_on(CATALOGUE.retakes, exam, sat, [*earlier, taken_on])


@pytest.mark.feature("F6.7")
@pytest.mark.rule("R-T1")
@pytest.mark.parametrize(
    ("code", "taken_on", "earliest"),
    [
        pytest.param("200-301", date(2026, 3, 2), date(2026, 3, 8), id="T01"),
        pytest.param("350-401", date(2028, 2, 26), date(2028, 3, 3), id="T02"),
        pytest.param("300-410", date(2027, 12, 30), date(2028, 1, 5), id="T06"),
    ],
)
def test_five_days_lie_between_a_failed_written_exam_and_the_next(code, taken_on, earliest):
    assert next_day(code, taken_on, "fail") == earliest


@pytest.mark.rule("R-T2")
def test_fifteen_days_lie_after_a_failed_design_written():
    assert next_day("400-007", date(2026, 3, 2), "fail") == date(2026, 3, 18)  # T03


@pytest.mark.rule("R-T2")
def test_the_fifth_design_written_waits_until_the_first_is_a_year_ago():
    earlier = [date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10)]
    assert next_day("400-007", date(2026, 4, 10), "fail", earlier=earlier) == date(2027, 1, 10)


@pytest.mark.rule("R-T2")
def test_a_fourth_design_written_within_a_year_is_allowed():
    earlier = [date(2026, 1, 10), date(2026, 2, 10)]
    assert next_day("400-007", date(2026, 3, 10), "fail", earlier=earlier) == date(2026, 3, 26)


@pytest.mark.rule("R-T3")
def test_thirty_days_lie_after_a_failed_lab():
    assert next_day("LAB-EI", date(2026, 1, 30), "fail") == date(2026, 3, 2)  # T04


@pytest.mark.rule("R-T3")
@pytest.mark.parametrize(("failures", "days"), [(1, 30), (2, 90), (5, 90), (6, 180), (9, 180)])
def test_the_ladder_of_2014_is_an_option_of_the_operator(failures, days):
    lab, sat = CATALOGUE.exams["LAB-EI"], date(2026, 1, 30)
    failed = Sat(exam_version=None, taken_on=sat, outcome="fail")
    ladder = exam_catalogue("lab-ladder-2014").retakes
    assert next_allowed_on(ladder, lab, failed, [sat], failures=failures) == sat + timedelta(days=days + 1)


@pytest.mark.rule("R-T3")
def test_a_profile_that_the_programme_does_not_have_stops_the_start():
    with pytest.raises(StartRefused, match="lab-flat, lab-ladder-2014"):
        exam_catalogue("lab-soft")


@pytest.mark.rule("R-T6")
@pytest.mark.parametrize(
    ("code", "late_from"),
    [("200-301", date(2026, 11, 13)), ("LAB-EI", date(2026, 11, 8)), ("LAB-DE", date(2027, 1, 29))],
)
def test_results_are_late_after_five_business_days_labs_after_two_days_design_practicals_after_twelve_weeks(
    code, late_from
):
    exam = CATALOGUE.exams[code]
    assert CATALOGUE.posting.missing_from(exam.role, exam.track, date(2026, 11, 5)) == late_from


@pytest.mark.rule("R-T4")
def test_a_passed_version_rests_for_180_days():
    assert next_day("200-301", date(2026, 3, 2), "pass") == date(2026, 8, 30)  # T05


@pytest.mark.rule("R-T4")
def test_a_new_version_may_be_taken_at_once():
    assert next_day("200-301", date(2027, 1, 15), "pass") == date(2027, 2, 3)


@pytest.mark.rule("R-T4")
def test_a_passed_lab_has_no_next_day():
    assert next_day("LAB-EI", date(2026, 1, 30), "pass") is None


@pytest.mark.rule("R-X1")
def test_an_invalidated_pass_waits_like_a_failed_exam():
    assert next_day("200-301", date(2026, 3, 2), "invalidated") == date(2026, 3, 8)


@pytest.mark.feature("F6.7")
def test_an_exam_that_closes_during_the_wait_has_no_next_day():
    assert next_day("300-425", date(2026, 3, 17), "fail") is None
