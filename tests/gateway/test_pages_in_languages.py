"""Every page is well made in every language, and no page mixes two."""

import httpx
import pytest

from gateway import headers
from gateway.language.words import CATALOGUES
from tests.gateway.pages import checked, follow, log_in
from tests.gateway.stand_ins_known import PASSWORD

pytestmark = pytest.mark.server

LANGUAGES = ("es", "ja", "ar")
VISITORS = ("/login", "/sign-up", "/privacy", "/verify")
CANDIDATES = (
    "/home", "/personal-info", "/personal-info/settings", "/testing-history", "/certifications",
    "/certifications/history", "/kits", "/kits/K1/claim", "/transcripts", "/transcripts/new",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_visitors_read_one_language(browser: httpx.Client, language: str) -> None:
    browser.headers["Accept-Language"] = language
    assert {follow(browser, path).language for path in VISITORS} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_candidates_read_one_language(browser: httpx.Client, language: str) -> None:
    log_in(browser, PASSWORD)
    browser.headers["Accept-Language"] = language
    assert {follow(browser, path).language for path in CANDIDATES} == {language}


def test_a_page_that_mixes_languages_is_found() -> None:
    known = "Log in"
    assert CATALOGUES.of("es").gettext(known) != known
    html = f"""<!doctype html><html lang="es"><head><title>Uno - Certtrack</title></head>
<body><main><h1>Uno</h1><p>{known}</p></main></body></html>"""
    own = {"content-security-policy": headers.CSP, "cache-control": "no-store", "content-language": "es"}
    with pytest.raises(AssertionError, match=known):
        checked(httpx.Response(200, html=html, headers=own))
