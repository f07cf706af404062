"""What every page must be: balanced HTML, unique ids, one h1, a title, labelled fields, and the strict headers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

VOID = {"meta", "link", "input", "br", "hr", "img"}
FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit"}


@dataclass
class Page(HTMLParser):
    """A parsed page; `forms` has the hidden and preset values of each form by its action."""

    open: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    headings: int = 0
    title: str = ""
    text: str = ""
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title":
            self.title += data
        self.text += data

    def _look(self, tag: str, given: dict[str, str]) -> None:
        self.ids += [given["id"]] if "id" in given else []
        self.headings += tag == "h1"
        self.labels += [given["for"]] if tag == "label" else []
        self.links += [given["href"]] if tag == "a" else []
        if "style" in given or tag in {"script", "style"} or any(name.startswith("on") for name in given):
            self.complaints.append(f"inline code in <{tag}>")
        if tag == "form":
            self.forms[given["action"]] = {}
        if tag in FIELDS and given.get("type") not in UNLABELLED:
            self.fields.append(given.get("id", ""))
        if tag == "input" and "form" in self.open and given.get("type") not in {"checkbox", "radio"}:
            list(self.forms.values())[-1][given["name"]] = given.get("value", "")


def checked(answer: httpx.Response) -> Page:
    """The page, parsed; any fault fails the test."""
    page = Page()
    page.feed(answer.text)
    assert answer.text.startswith("<!doctype html>")
    assert page.complaints == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), page.ids
    assert page.headings == 1
    assert page.title.strip().endswith("Certtrack")
    assert set(page.fields) <= set(page.labels), page.fields
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["cache-control"] == "no-store"
    return page


def follow(browser: httpx.Client, path: str) -> Page:
    """GET a page that must be there."""
    answer = browser.get(path)
    assert answer.status_code == httpx.codes.OK, (path, answer.status_code, answer.headers.get("location"))
    return checked(answer)


def send(browser: httpx.Client, page: Page, action: str, **entries: str) -> httpx.Response:
    """Send a form of the page with what a person has entered."""
    return browser.post(action, data={**page.forms[action], **entries})


def log_in(browser: httpx.Client, password: str) -> None:
    """Go through both steps."""
    first = follow(browser, "/login")
    assert send(browser, first, "/login", email="ada@example.org").headers["location"] == "/login/password"
    second = follow(browser, "/login/password")
    answer = send(browser, second, "/login/password", password=password)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
