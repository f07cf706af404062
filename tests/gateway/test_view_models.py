"""What pages make of the services' answers, without any server."""

from datetime import date

import pytest

from gateway import wording
from gateway.api.exams import neighbours
from gateway.language.saying import clock, day
from gateway.pages.forms import fit
from gateway.pages.page import local
from gateway.pages.personal_info import refused_field


@pytest.mark.feature("F2.2")
@pytest.mark.parametrize(("line", "field"), [(1, "line_1"), (2, "line_3"), ("city", "city"), ("state", "state")])
def test_a_refused_address_line_is_found_among_the_fields_that_were_filled_in(line, field):
    entered = {"line_1": "Ada", "line_2": "", "line_3": "PO Box 12"}
    assert refused_field(line, entered) == field


def test_dates_are_read_by_people_and_machines():
    assert day("2028-05-21") == '<time datetime="2028-05-21">21 May 2028</time>'
    assert day(date(2024, 2, 29)) == '<time datetime="2024-02-29">29 February 2024</time>'
    assert clock("2026-11-23T09:05:00+00:00").endswith(">23 November 2026, 09:05 UTC</time>")
    assert clock("2026-11-23").endswith(">23 November 2026</time>")


def test_a_missing_date_is_a_dash():
    assert day(None) == '<span class="none">&ndash;</span>'


@pytest.mark.parametrize(
    ("target", "path"),
    [("/kits", "/kits"), ("//evil", "/home"), ("https://evil", "/home"), ("/\\evil", "/home"), ("/a\nb", "/home")],
)
def test_only_paths_of_this_site_are_followed(target, path):
    assert local(target) == path


def test_the_only_page_has_no_neighbours():
    assert neighbours({"page": 1, "page_size": 50}, total=50) == ""


def test_codes_without_words_are_still_readable():
    assert wording.sentence("some-new-code") == "This is not possible right now."
    assert wording.status("on_appeal") == "On appeal"
    assert wording.fact("emeritus_granted") == "Emeritus status granted"


def test_a_date_field_comes_back_empty_where_no_date_was_entered():
    assert (fit("soon", "datetime-local"), fit("2026-11-27T09:00", "datetime-local")) == ("", "2026-11-27T09:00")
    assert (fit("31.12.", "date"), fit("", "date"), fit("soon", "text")) == ("", "", "soon")
