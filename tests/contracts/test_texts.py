"""The programme's legal texts: dated, complete, and told in every language."""

from datetime import date

import pytest

from chassis.languages import LANGUAGES
from contracts import texts


@pytest.mark.parametrize("text", texts.TEXTS)
def test_every_text_says_what_applies_today_in_every_language(text):
    newest = texts.versions(text)[0]
    for language in LANGUAGES:
        body = texts.body(text, newest, language)
        assert body is not None
        assert body.startswith("# ")
        assert len(body) > 300


@pytest.mark.parametrize("text", texts.TEXTS)
def test_versions_are_days_newest_first(text):
    days = [date.fromisoformat(version) for version in texts.versions(text)]
    assert days == sorted(set(days), reverse=True)


def test_every_file_is_a_known_text_in_a_known_language():
    for file in texts.FOLDER.glob("*/*.md"):
        version, language, _ = file.name.split(".")
        assert file.parent.name in texts.TEXTS
        assert version in texts.versions(file.parent.name)
        assert language in LANGUAGES


@pytest.mark.feature("F1.5")
@pytest.mark.parametrize(
    ("today", "version"),
    [
        (date(2025, 10, 31), "2025-11-01"),
        (date(2025, 11, 1), "2025-11-01"),
        (date(2026, 10, 31), "2025-11-01"),
        (date(2026, 11, 1), "2026-11-01"),
        (date(2040, 1, 1), "2026-11-01"),
    ],
)
def test_a_version_applies_from_its_day_on(today, version):
    assert texts.current(texts.AGREEMENT, today) == version


@pytest.mark.parametrize(
    ("text", "version", "language"),
    [
        ("nothing", "2026-11-01", "en"),
        (texts.PRIVACY, "2026-11-02", "en"),
        (texts.PRIVACY, "2026-11-01", "tlh"),
        ("../catalogue", "2026-11-01", "en"),
    ],
)
def test_what_does_not_exist_has_no_body(text, version, language):
    assert texts.body(text, version, language) is None
