"""CSV for spreadsheets: nothing in it is run, nothing in it is lost."""

import csv
import io

import pytest

from contracts.permissions import PERMISSIONS
from gateway.console import record, sheet, words


@pytest.mark.feature("F12.1")
@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "=cmd|' /C calc'!A0"]
)
def test_text_that_looks_like_a_formula_is_written_as_text(text):
    assert sheet.neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "3-1", "Łukasz", "O'Neill", " Ada"])
def test_other_text_stays_as_it_is(text):
    assert sheet.neutral(text) == text


def test_a_record_reads_back_as_it_was_written():
    cells = ['say "hello"', "one, two", "two\nlines", "plain", None, -5, 2.5, ""]
    written = sheet.line(cells)
    assert written.endswith("\r\n")
    assert next(csv.reader(io.StringIO(written, newline=""))) == [
        'say "hello"', "one, two", "two\nlines", "plain", "", "-5", "2.5", "",
    ]  # fmt: skip


def test_negative_numbers_stay_numbers():
    assert sheet.line([-5, "-5"]) == "-5,'-5\r\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", {}),
        ("identity:120,testing:0", {"identity": 120, "testing": 0}),
        ("nobody:1,identity:x,testing:-1,certification:7", {"certification": 7}),
        ("identity:" + "9" * 30, {}),
    ],
)
def test_places_of_a_timeline_are_read_with_care(text, places):
    assert record.read_places(text) == places


def test_details_of_a_fact_leave_out_whom_and_when():
    fields = {"candidate_id": "C-ADA", "exam": "350-401", "score": 842, "reported_at": "2026-11-20T09:00:00+00:00"}
    assert words.details(fields) == "Exam: 350-401, Score: 842"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2026-11-20", "20 November 2026"),
        ("2026-02-30", "2026-02-30"),
        ("pass", "Pass"),
        (True, "Yes"),
        (None, "\N{EN DASH}"),
        (["2026-11-20", "200-301"], "20 November 2026, 200-301"),
        ([], "\N{EN DASH}"),
        ("C-7", "C-7"),
    ],
)
def test_details_of_a_fact_are_told_in_words(value, told):
    assert words.details({"exam": value}) == f"Exam: {told}"


def test_a_value_that_only_looks_like_a_day_stays_as_it_is_written():
    assert words.value("2026-02-30") == "2026-02-30"


def test_a_version_that_is_called_by_a_day_keeps_its_name():
    assert words.details({"version": "2026-11-01"}) == "Version: 2026-11-01"


def test_every_permission_has_words_for_the_groups_page():
    assert words.PERMISSIONS.keys() == PERMISSIONS.keys()
