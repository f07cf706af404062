"""Legal texts on their pages, without any server."""

from datetime import date

import pytest

from contracts import texts
from gateway.language.prose import prose
from tests.gateway.pages import checked
from tests.gateway.test_door import ask

ADDRESSES = {"privacy-statement": "/privacy", "site-terms": "/terms"}


@pytest.mark.parametrize("text", texts.TEXTS)
@pytest.mark.parametrize("language", ["en", "es", "ja", "ar"])
def test_every_text_has_a_page_with_the_binding_words_and_a_summary_in_other_languages(text, language):
    answer = ask("GET", ADDRESSES.get(text, f"/legal/{text}"), headers={"Accept-Language": language})
    page = checked(answer)
    binding = texts.body(text, texts.current(text, date(2026, 11, 27)))
    assert binding.splitlines()[2].split(",")[0][:40] in page.text
    assert ('<div class="prose">' in answer.text) == (language != "en")
    assert answer.text.count('<article class="prose" lang="en"') == 1


def test_older_versions_stay_readable_and_say_that_they_apply_no_longer():
    page = checked(ask("GET", "/legal/privacy-statement/2025-11-01"))
    assert "This version applies no longer." in page.text
    assert {"/privacy", "/legal/privacy-statement/2026-11-01"} <= set(page.links)
    current = checked(ask("GET", "/privacy"))
    assert "This version applies no longer." not in current.text
    assert "/legal/privacy-statement/2025-11-01" in current.links


@pytest.mark.parametrize("path", ["/legal/nothing", "/legal/privacy-statement/2020-01-01", "/legal/..%2f..%2fREADME"])
def test_a_text_that_never_was_is_not_found(path):
    assert ask("GET", path).status_code == 404


@pytest.mark.feature("F1.5")
def test_the_sign_up_form_shows_the_versions_that_apply():
    page = checked(ask("GET", "/sign-up"))
    assert f"(version {texts.versions(texts.PRIVACY)[0]})" in page.text
    assert f"(version {texts.versions(texts.SITE_TERMS)[0]})" in page.text


def test_a_text_brings_no_html_of_its_own():
    told = prose("# Title\n\n<script>x</script> and **strong**\n")
    assert (told.title, told.html) == ("Title", "<p>&lt;script&gt;x&lt;/script&gt; and <strong>strong</strong></p>\n")


def test_japanese_lines_join_without_a_space():
    assert prose("# 題\n\n一行目\n二行目\n\n- 甲\n- 乙\n", "ja").html == (
        "<p>一行目二行目</p>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"
    )
