from datetime import date

import pytest

from services.testing.adapters.exam_catalogue import exam_catalogue
from services.testing.domain.exam import ExamName

EXAMS = exam_catalogue().exams


def test_every_exam_of_the_programme_is_there():
    assert len(EXAMS) == 63


@pytest.mark.feature("F6.1")
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 2), ("DEVCOR", "Developing Applications using Cisco Core Platforms and APIs")),
        (date(2026, 2, 3), ("AUTOCOR", "Designing Deploying and Managing Network Automation Systems")),
    ],
)
def test_an_exam_is_called_as_on_the_exam_date(day, name):
    starts_on = None if name[0] == "DEVCOR" else date(2026, 2, 3)
    assert EXAMS["350-901"].name_on(day) == ExamName(starts_on=starts_on, acronym=name[0], title=name[1])


@pytest.mark.feature("F6.1")
@pytest.mark.parametrize(
    ("code", "day", "version"),
    [
        ("350-701", date(2026, 8, 26), "1.1"),
        ("350-701", date(2026, 8, 27), "2.0"),
        ("300-410", date(2026, 8, 27), None),
    ],
)
def test_the_version_is_the_one_of_the_day(code, day, version):
    assert EXAMS[code].version_on(day) == version


@pytest.mark.parametrize(
    ("code", "day", "offered"),
    [
        ("300-425", date(2026, 3, 18), True),
        ("300-425", date(2026, 3, 19), False),
        ("350-101", date(2026, 3, 18), False),
        ("350-101", date(2026, 3, 19), True),
    ],
)
def test_first_and_last_test_day_are_inclusive(code, day, offered):
    assert EXAMS[code].can_be_taken_on(day) is offered
