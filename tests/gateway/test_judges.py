"""The judges themselves: each sees what it is there for, and none is missing unnoticed."""

import httpx
import pytest

from gateway import headers
from tests.gateway.pages import checked
from tests.judges.panel import Panel, shape

pytestmark = pytest.mark.server

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Fine - Certtrack</title></head>
<body><main><h1>Fine</h1>{part}</main></body></html>"""


def said(judges: Panel, site: httpx.Client, part: str) -> list[str]:
    own = {"content-type": "text/html; charset=utf-8", "content-security-policy": headers.CSP}
    return judges.complaints(f"{site.base_url}/x", own, GOOD.format(part=part))


def test_all_judges_are_at_work(judges):
    if judges.missing:
        pytest.skip("; ".join(judges.missing))
    assert None not in (judges.html, judges.axe)


def test_a_good_page_is_good(judges, site):
    assert said(judges, site, "<p>Nothing to say.</p>") == []


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("<p><div>a block in a paragraph</div></p>", "element"),
        ('<img src="/static/certtrack.svg">', "image-alt"),
        ("<p><label>Name</label><input></p>", "label"),
        ("<h4>Levels left out</h4>", "heading-order"),
        ('<table><tr><th scope="row">A</th></tr><tr><td>B</td><td>C</td></tr></table>', "columns wide"),
        (f"<pre>{'wide' * 200}</pre>", "wider than the screen"),
    ],
)
def test_what_is_wrong_is_told(judges, site, part, word):
    if judges.missing:
        pytest.skip("; ".join(judges.missing))
    assert any(word in complaint for complaint in said(judges, site, part))


def test_a_page_that_leads_on_by_itself_is_judged_as_it_stands(judges, site):
    leads_on = GOOD.replace("<title>", '<meta http-equiv="refresh" content="0; url=https://app.example/back"><title>')
    own = {"content-type": "text/html; charset=utf-8", "content-security-policy": headers.CSP}
    for part, word in (("<p>Fine.</p>", None), ("<h4>Levels left out</h4>", "heading-order")):
        found = judges.complaints(f"{site.base_url}/x", own, leads_on.format(part=part))
        assert any(word in one for one in found) if word else found == []


def test_a_page_is_judged_once_whatever_its_secrets_are(judges, site):
    before = len(judges.verdicts)
    for secret in ("0123456789abcdef", "fedcba9876543210"):
        said(judges, site, f'<form><input type="hidden" name="form_token" value="{secret}"></form>')
    assert len(judges.verdicts) <= before + 2


def test_axe_is_asked_about_the_shape_of_a_page_and_not_about_its_words():
    one = shape('<p class="hint">29 May 2027 <a href="/kits/K1">Grace</a></p>')
    assert one == shape('<p class="hint">1 June 2026 <a href="/kits/K2">Ada</a></p>')
    assert one != shape('<p class="note">29 May 2027 <a href="/kits/K1">Grace</a></p>')
    assert one != shape('<p class="hint">29 May 2027 <a href="/kits/K1"> </a></p>')


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><a href='/nowhere'>Nowhere</a></p>",
        "<form method='post' action='/kits'></form>",
        "<p><a href='#nowhere'>Nowhere</a></p>",
        "<p style='color: red'>Red</p>",
        "<p onclick='x()'>Click</p>",
        "<script>x()</script>",
        "<p><a href='javascript:x()'>Run</a></p>",
        "<p id='a'></p><p id='a'></p>",
        "<h1>Twice</h1>",
        "<p><input id='name'></p>",
        "<p>",
    ],
)
def test_the_structure_of_a_page_is_checked_without_any_judge(wrong):
    own = {"content-security-policy": headers.CSP, "cache-control": "no-store", "content-language": "en"}
    answer = httpx.Response(200, html=GOOD.format(part=wrong), headers=own)
    with pytest.raises(AssertionError):
        checked(answer)
