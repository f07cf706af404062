"""The page fixture: what every page must be, asked each time a test fetches one.

`follow(browser, "/kits")` gets a page, `send(browser, page, "/kits/K1/claim", printed_name="Ada")` sends its form as a
browser would, `checked(answer)` looks at any other answer. Checked are: balanced HTML, unique ids, one h1, a title,
labelled fields, no inline code, one language, anchors that exist, links and forms that lead to routes of the gateway,
the strict headers; and while the judges sit (fixture `judges`), the W3C's HTML checker and axe-core in Chromium.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
import pytest

from chassis.languages import LANGUAGES, SOURCE
from gateway import access, headers
from gateway.language.words import CATALOGUES
from tests.judges.panel import AT_WORK

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit"}
NAMES = {"aria-label", "aria-labelledby"}
TICKED = {"checkbox", "radio"}
STATIC = ("/static/",)

Attributes = dict[str, str]


@dataclass
class Page(HTMLParser):
    """A parsed page; `forms` has what a browser would send of each form, by its action."""

    open: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    sentences: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    headings: int = 0
    language: str = ""
    title: str = ""
    text: str = ""
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    methods: set[tuple[str, str]] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    _form: dict[str, str] | None = None
    _choice: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
            self.spoken.append(dict(attrs).get("lang") or (self.spoken[-1] if self.spoken else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        self._fill(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> closes something else")
        self.spoken = self.spoken[:-1]
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data
        self.text += data
        if data.strip() and self.spoken:
            self.sentences.append((self.spoken[-1], " ".join(data.split())))

    def _look(self, tag: str, given: Attributes) -> None:
        self.ids += [given["id"]] if "id" in given else []
        self.headings += tag == "h1"
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.labels += [given["for"]] if tag == "label" else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.current += [given["href"]] if tag == "a" and given.get("aria-current") == "page" else []
        if is_inline_code(tag, given):
            self.complaints.append(f"inline code in <{tag}>")
        if tag in FIELDS and given.get("type") not in UNLABELLED and not given.keys() & NAMES:
            self.fields.append(given.get("id", ""))

    def _fill(self, tag: str, given: Attributes) -> None:
        """Keep what the page has put into its forms."""
        if tag == "form":
            self._form = self.forms.setdefault(given.get("action", ""), {})
            self.methods.add((given.get("method", "get").upper(), given.get("action", "")))
        if self._form is None:
            return
        if tag == "select":
            self._choice = given.get("name", "")
        preset = tag == "input" and (given.get("type") not in TICKED or "checked" in given)
        if preset and given.get("name") and given.get("type") != "submit":
            self._form[given["name"]] = given.get("value", "on" if given.get("type") in TICKED else "")
        if tag == "option" and ("selected" in given or self._choice not in self._form):
            self._form[self._choice] = given.get("value", "")


def is_inline_code(tag: str, given: Attributes) -> bool:
    """What our Content-Security-Policy forbids: styles and scripts inside the page."""
    handlers = any(name.startswith(("on", "hx-on")) for name in given)
    own_script = tag == "script" and given.get("src", "").startswith(STATIC)
    called = given.get("href", "").lower().startswith("javascript:")
    return "style" in given or tag == "style" or (tag == "script" and not own_script) or handlers or called


def leads_somewhere(method: str, target: str) -> bool:
    """Whether an address inside the site is one of the gateway's routes, or one of its files."""
    path = re.split(r"[?#]", target)[0]
    routes = [template for known, template in access.TABLE if known == method]
    return path.startswith(STATIC) or any(re.fullmatch(pattern(template), path) for template in routes)


def pattern(template: str) -> str:
    """A route's template as a regular expression."""
    return re.sub(r"\{\w+\}", "[^/]+", template)


def in_english(page: Page) -> list[str]:
    """Sentences of a page in another language that our catalogue knows better."""
    translated = [
        (language, words) for language, words in page.sentences if language in LANGUAGES and language != SOURCE
    ]
    return [words for language, words in translated if CATALOGUES.of(language).gettext(words) != words]


def checked(answer: httpx.Response) -> Page:
    """The page, parsed; any fault fails the test."""
    page = Page()
    page.feed(answer.text)
    assert answer.text.startswith("<!doctype html>")
    assert page.complaints == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), page.ids
    assert page.headings == 1
    assert page.language == answer.headers["content-language"]
    assert in_english(page) == []
    assert page.title.strip().endswith("Certtrack")
    assert set(page.fields) <= set(page.labels), page.fields
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert [link for link in page.links if link.startswith("/") and not leads_somewhere("GET", link)] == []
    assert [form for form in page.methods if form[1] and not leads_somewhere(*form)] == []
    assert answer.headers["content-security-policy"] == headers.CSP
    assert answer.headers["cache-control"] == "no-store"
    ask_judges(answer)
    return page


def ask_judges(answer: httpx.Response) -> None:
    """Show the page to the judges who sit; what they say fails the test."""
    for panel in AT_WORK:
        said = panel.complaints(str(answer.url), answer.headers, answer.text)
        if said:
            pytest.fail(f"{answer.url}\n" + "\n".join(said), pytrace=False)


def follow(browser: httpx.Client, path: str) -> Page:
    """GET a page that must be there."""
    answer = browser.get(path)
    assert answer.status_code == httpx.codes.OK, (path, answer.status_code, answer.headers.get("location"))
    return checked(answer)


def send(browser: httpx.Client, page: Page, action: str, /, **entries: str) -> httpx.Response:
    """Send a form of the page with what a person has entered."""
    return browser.post(action, data={**page.forms[action], **entries})


def log_in(browser: httpx.Client, password: str) -> None:
    """Go through both steps."""
    first = follow(browser, "/login")
    assert send(browser, first, "/login", email="ada@example.org").headers["location"] == "/login/password"
    second = follow(browser, "/login/password")
    answer = send(browser, second, "/login/password", password=password)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
