"""The user guide keeps its word: every link leads to a page, and every named thing stands there, in every language."""

from html.parser import HTMLParser

import httpx
import pytest

from chassis.languages import LANGUAGES
from gateway.assets import STATIC
from gateway.guide import SECTIONS
from gateway.guide.parts import PAGES, Step
from gateway.language import Reader
from gateway.language.reader import addressing
from tests.gallery.guide import PICTURES
from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD
from tests.gateway.test_door import ask

STEPS = [step for section in SECTIONS for task in section.tasks for step in task.steps]
EXAMPLES = {"/kits/{kit_id}/claim": "/kits/K1/claim"}
VISITORS = {"/login", "/login/password", "/sign-up", "/unlock", "/password/forgotten", "/verify"}
NAMED = {"a", "button", "label", "legend", "th", "h2", "h3", "summary", "caption"}
HEADINGS = [
    "Log in", "Confirm personal information", "Landing page",
    "Review certification progress and certification agreement", "Review continuing education",
    "Review testing history", "Download certification logos", "Certificates and plaques",
    "Digital badges and transcript: third-party verification disclosure",
    "Schedule certification exams, score reports, exam receipts",
]  # fmt: skip


class Names(HTMLParser):
    """What can be pressed, filled in or read as a heading; a star or hidden words beside do not matter."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as HTMLParser has it
        if tag in NAMED:
            self._open += 1
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open -= tag in NAMED

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def names_on(html: str) -> list[str]:
    names = Names()
    names.feed(html)
    return [" ".join(name.split()) for name in names.found]


def open_page(browser: httpx.Client, path: str) -> httpx.Response:
    if path == "/login/password":
        send(browser, follow(browser, "/login"), "/login", email="ada@example.org")
    return browser.get(EXAMPLES.get(path, path))


def test_the_guide_has_ten_sections():
    assert [str(section.title) for section in SECTIONS] == HEADINGS
    assert len({section.id for section in SECTIONS}) == len(SECTIONS)


@pytest.mark.feature("F3.7")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_open_to_everybody_and_well_made(language):
    answer = ask("GET", "/guide", headers={"Accept-Language": language})
    page = checked(answer)
    assert {f"#{section.id}" for section in SECTIONS} <= set(page.links)
    assert "%(" not in answer.text


@pytest.mark.parametrize("step", STEPS, ids=lambda step: str(step.text)[:60])
def test_a_step_names_its_page_exactly_when_it_has_one(step: Step):
    assert ("%(name)s" in step.text.text) == (step.name is not None)
    if "%(page)s" in step.text.text:
        assert step.page in PAGES


def test_every_picture_of_the_guide_has_been_taken_and_none_lies_about():
    told = {task.picture.name for section in SECTIONS for task in section.tasks if task.picture}
    taken = {file.stem for file in (STATIC / "guide").glob("*.webp")}
    assert told == taken == set(PICTURES), "take them by make gallery ARGS=--guide"


@pytest.mark.server
@pytest.mark.feature("F3.7")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_step_leads_to_its_page_and_names_what_stands_there(site, language):
    missing = []
    with (
        httpx.Client(base_url=site.base_url, headers={"Accept-Language": language}, timeout=5.0) as ada,
        httpx.Client(base_url=site.base_url, headers={"Accept-Language": language}, timeout=5.0) as visitor,
        addressing(Reader(language)),
    ):
        log_in(ada, PASSWORD)
        for step in STEPS:
            where = step.on or step.page
            answer = open_page(visitor if where in VISITORS else ada, where) if where else None
            if answer is not None and answer.status_code != httpx.codes.OK:
                missing.append(f"{where} gives {answer.status_code}")
            elif answer is not None and step.name is not None:
                names = names_on(answer.text)
                if not any(name == str(step.name) or name.startswith(f"{step.name} ") for name in names):
                    missing.append(f"{where} has no {step.name}")
    assert missing == []


@pytest.mark.server
def test_whoever_is_logged_in_keeps_the_menu_beside_the_guide(browser):
    log_in(browser, PASSWORD)
    page = follow(browser, "/guide")
    assert {"/kits", "/certifications/logos"} <= set(page.links)
