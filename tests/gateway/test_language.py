"""How pages speak to their readers: language, words, days and moments, without any server."""

import asyncio
from datetime import UTC, datetime

import pytest
from markupsafe import escape

from chassis.languages import LANGUAGES
from gateway import wording
from gateway.language import Reader, counted, say, saying, words
from gateway.language.choosing import accepted, chosen_by
from gateway.language.reader import DATE_FORMS, address, addressing, reader
from gateway.pages.render import ENVIRONMENT
from gateway.problems import Problem
from gateway.public_cache import PublicCache
from tests.gateway.test_door import ask
from tests.gateway.test_public_cache import START

EARLIEST, LATEST = "Pacific/Kiritimati", "Etc/GMT+12"
"""The zones where a day begins first and last: UTC+14 and UTC-12."""


# -- which language ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (b"", "en"),
        (b"es", "es"),
        (b"es-MX,es;q=0.9,en;q=0.8", "es"),
        (b"fr-CH, fr;q=0.9, ja;q=0.7, en;q=0.8", "en"),
        (b"de, ar-EG;q=0.5", "ar"),
        (b"ja;q=0, ar;q=0.1", "ar"),
        (b"JA", "ja"),
        (b"*", "en"),
        (b"fr, de", "en"),
        (b"es;q=high, ja;q=0.2", "ja"),
        (b"\xff\xfe;;;,,,;q=", "en"),
    ],
)
def test_the_browsers_best_language_of_ours_is_spoken(header, language):
    assert accepted(header) == language


@pytest.mark.parametrize(
    ("cookie", "language"),
    [
        (b"language=ar", "ar"),
        (b"session=x; language=es; token=y", "es"),
        (b"language=xx", "ja"),
        (b"mylanguage=ar", "ja"),
        (b"language=", "ja"),
    ],
)
def test_a_language_chosen_on_a_page_comes_before_the_browsers(cookie, language):
    assert chosen_by({"headers": [(b"cookie", cookie), (b"accept-language", b"ja")]}) == language


@pytest.mark.feature("F1.3")
def test_a_choice_in_the_address_is_spoken_at_once_and_kept():
    answer = ask("GET", "/login?language=ar", headers={"Accept-Language": "es"})
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert answer.headers["content-language"] == "ar"
    assert answer.headers["vary"] == "Cookie, Accept-Language"
    assert answer.headers["set-cookie"].startswith("language=ar; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax")


def test_a_language_that_we_do_not_speak_changes_nothing():
    answer = ask("GET", "/login?language=tlh", headers={"Accept-Language": "es"})
    assert answer.headers["content-language"] == "es"
    assert "language=" not in answer.headers.get("set-cookie", "")


def test_an_error_page_outside_of_every_route_speaks_the_language_too():
    answer = ask("GET", "/nothing-here", headers={"Accept-Language": "ja"})
    assert answer.status_code == 404
    assert answer.headers["content-language"] == "ja"


def test_the_api_speaks_in_codes_and_english_whatever_the_browser_wants():
    answer = ask("GET", "/api/v1/me", headers={"Accept-Language": "ja"})
    assert answer.json()["detail"] == "The access token is missing, expired or not ours."


def test_a_public_page_is_kept_for_each_language_by_itself():
    cache = PublicCache()
    for language in ("en", "ar"):
        cache.keep("/t/A", sent_at=1e12, lease=0.4, start=START, body=language.encode(), language=language)
    found = [cache.find("/t/A", language) for language in ("en", "ar", "es")]
    assert [kept and kept.body["body"] for kept in found] == [b"en", b"ar", None]


# -- words -------------------------------------------------------------------------------------------------------------


def test_words_are_said_when_they_are_shown():
    active = words("Active")
    assert str(active) == "Active"
    with addressing(Reader("es")):
        assert str(active) == f"{active}" == "Activa"
    with addressing(Reader("ja")):
        assert wording.status("active") == "有効"


def test_words_with_values_are_escaped_as_a_whole():
    assert escape(words("Exam %(code)s %(title)s: %(outcome)s", code="<b>", title="A", outcome="B")) == (
        "Exam &lt;b&gt; A: B"
    )


def test_values_keep_their_direction_in_a_sentence_from_right_to_left(monkeypatch):
    monkeypatch.setitem(wording.REJECTIONS, "retake-too-early", words("This person already belongs to {group}."))
    with addressing(Reader("ar")):
        said = say("Exam %(code)s %(title)s: %(outcome)s", code="200-301", title="CCNA", outcome="اجتاز")
        assert "\u2068200-301\u2069" in said
        assert "\u2068QA\u2069" in wording.sentence("retake-too-early", {"group": "QA"})
        assert saying.day("2027-05-21") == '<time datetime="2027-05-21" dir="auto">21 مايو 2027</time>'
    assert say("Transcript %(number)s", number="1") == "Transcript 1"


@pytest.mark.parametrize(("number", "said"), [(1, "1 page"), (2, "2 pages")])
def test_a_number_has_its_plural(number, said):
    assert counted("%(num)s page", "%(num)s pages", number) == said


def test_a_problem_is_told_to_whoever_reads_it():
    problem = Problem(401, "log-in-needed")
    with addressing(Reader("es")):
        assert problem.detail == "Inicie sesión."
    assert problem.detail == "Please log in."


def test_days_that_a_service_tells_beside_a_code_are_said_like_other_days(monkeypatch):
    monkeypatch.setitem(wording.REJECTIONS, "too-early", words("Not before {day}."))
    assert wording.sentence("too-early", {"day": "2028-02-29"}) == "Not before 29 February 2028."
    assert wording.sentence("too-early") == "Not before ."


def test_a_filter_on_a_constant_is_not_said_in_the_language_of_the_first_reader():
    template = ENVIRONMENT.from_string('{{ "active" | status }}')
    said = []
    for language in ("en", "es"):
        with addressing(Reader(language)):
            said.append(template.render())
    assert said == ["Active", "Activa"]


def test_readers_of_requests_at_the_same_time_do_not_mix():
    async def request(language: str) -> str:
        address(Reader(language))
        await asyncio.sleep(0)
        return reader().language

    async def both() -> list[str]:
        return list(await asyncio.gather(*(asyncio.create_task(request(language)) for language in LANGUAGES)))

    assert asyncio.run(both()) == list(LANGUAGES)
    assert reader() == Reader()


# -- days and moments --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("en", "language", "29 February 2028"),
        ("es", "language", "29 de febrero de 2028"),
        ("ja", "language", "2028年2月29日"),
        ("ar", "language", "29 فبراير 2028"),
        ("es", "iso", "2028-02-29"),
        ("ja", "day-first", "29/02/2028"),
        ("en", "month-first", "02/29/2028"),
    ],
)
def test_a_day_is_written_as_the_reader_writes_it(language, form, said):
    apart = ' dir="auto"' if language == "ar" else ""
    with addressing(Reader(language, dates=form)):
        assert saying.day("2028-02-29") == f'<time datetime="2028-02-29"{apart}>{said}</time>'


@pytest.mark.parametrize("zone", ["UTC", EARLIEST, LATEST, "America/New_York", "Australia/Lord_Howe"])
def test_a_day_of_the_programme_is_the_same_day_everywhere(zone):
    with addressing(Reader(zone=zone)):
        assert saying.day("2028-05-21") == '<time datetime="2028-05-21">21 May 2028</time>'
        assert saying.clock("2028-05-21") == '<time datetime="2028-05-21">21 May 2028</time>'


@pytest.mark.feature("F2.11")
def test_what_is_stored_is_told_as_people_read_it():
    with addressing(Reader(zone="UTC")):
        assert saying.stored('{"city":"Boston","lines":["1 Station Street"]}') == {
            "city": "Boston", "lines": ["1 Station Street"]
        }  # fmt: skip
        assert "27 November 2026, 22:29 UTC" in saying.stored("2026-11-27T22:29:52.727348+00:00")
        assert "1 April 1985" in saying.stored("1985-04-01")


@pytest.mark.feature("F2.11")
@pytest.mark.parametrize("value", ["{not fields", "2026-13-45", "Boston", "", True, 7, None])
def test_what_only_looks_like_a_day_or_fields_stays_as_it_is(value):
    assert saying.stored(value) is value


@pytest.mark.parametrize(
    ("moment", "zone", "said"),
    [
        ("2028-02-28T10:30:00+00:00", EARLIEST, "29 February 2028, 00:30 UTC+14"),
        ("2028-03-01T11:30:00+00:00", LATEST, "29 February 2028, 23:30 UTC-12"),
        ("2026-12-31T23:30:00+00:00", "Asia/Kolkata", "1 January 2027, 05:00 UTC+5:30"),
        ("2027-03-28T00:59:00+00:00", "Europe/Berlin", "28 March 2027, 01:59 UTC+1"),  # one minute before summer time
        ("2027-03-28T01:00:00+00:00", "Europe/Berlin", "28 March 2027, 03:00 UTC+2"),
        ("2027-10-31T00:30:00+00:00", "Europe/Berlin", "31 October 2027, 02:30 UTC+2"),  # half past two comes twice
        ("2027-10-31T01:30:00+00:00", "Europe/Berlin", "31 October 2027, 02:30 UTC+1"),
        ("2027-01-01T00:00:00+00:00", "America/St_Johns", "31 December 2026, 20:30 UTC-3:30"),
        ("2027-06-01T12:00:00", "UTC", "1 June 2027, 12:00 UTC"),
    ],
)
def test_a_moment_is_told_in_the_readers_zone_with_its_name(moment, zone, said):
    with addressing(Reader(zone=zone)):
        assert saying.clock(moment).endswith(f">{said}</time>")


@pytest.mark.parametrize(
    ("zone", "place", "said"),
    [
        ("UTC", "Europe/Amsterdam", "13:00 UTC+1"),
        ("Europe/Amsterdam", "Europe/Amsterdam", "13:00 UTC+1"),
        ("UTC", "Pacific/Kiritimati", "2 December 2026, 02:00 UTC+14"),
    ],
)
def test_a_moment_at_a_place_names_its_day_only_where_it_is_another_one(zone, place, said):
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert saying.moment_there(noon, place, Reader(zone=zone)) == said


def test_lists_have_the_readers_commas():
    said = []
    for language in LANGUAGES:
        with addressing(Reader(language)):
            said.append(saying.listed(["a", "b"]))
    assert said == ["a, b", "a, b", "a\u3001b", "a\u060c b"]


def test_numbers_have_the_readers_separators():
    said = []
    for language in LANGUAGES:
        with addressing(Reader(language)):
            said.append(saying.number(12345.5))
    assert said == ["12,345.5", "12.345,5", "12,345.5", "12,345.5"]


def test_every_form_of_dates_can_be_written_in_every_language():
    written = {saying.day_in_words("2028-05-21", Reader(a, dates=b)) for a in LANGUAGES for b in DATE_FORMS}
    assert len(written) == 7  # four in words, and three that are the same everywhere


# -- countries ---------------------------------------------------------------------------------------------------------


def test_countries_are_named_and_ordered_in_the_readers_language():
    countries = saying.Countries()
    assert len(countries) == len(dict(countries)) == 249
    assert countries["US"] == "United States"
    assert list(countries)[:3] == ["AF", "AX", "AL"]
    with addressing(Reader("es")):
        assert (countries["DE"], list(countries)[:3]) == ("Alemania", ["AF", "AL", "DE"])
    assert saying.country("XX") == "XX"


def test_machines_read_a_moment_without_the_microseconds_that_html_does_not_know():
    assert saying.clock("2028-05-21T14:05:37.726818+00:00").startswith('<time datetime="2028-05-21T14:05:37+00:00">')
