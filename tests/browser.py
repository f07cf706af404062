"""People at real browsers, in front of a real installation.

    def test_grace_claims_her_kit(portal, visitor):
        person = candidate(portal, "Grace", "Hopper")
        grace = visitor()                          # a Chromium window of her own
        grace.log_in(person.email)
        grace.open("/kits")
        grace.follow("Claim")
        grace.press("Claim")
        grace.arrives("Certificates & Plaques")    # waits for this h1, then asks axe about the page as it stands
        grace.sees("Your kit was ordered.")

`visitor(scripts=False)` has JavaScript switched off, `visitor(keyboard=True)` touches no mouse and insists on a visible
focus at every stop, `visitor(size=PHONE)` sits before a narrow screen, `visitor(language="ar")` asks for Arabic,
`visitor(portal=other)` goes to another installation, `visitor(host="localhost")` by a name, which passkeys need.
`window.page` is Playwright's own page for everything else.

At the end of a test every window fails it for what nobody asked for: a request to another origin, an error on the
console (a broken Content-Security-Policy tells itself there), a script that threw. When a test fails, its report ends
with the words that stood in every window.

A test that needs another day starts an installation of its own (`with System(tmp_path, "sqlite") as later:`) and calls
`later.travel(180)`; windows stay logged in. While `chromium` lives, Playwright holds the event loop of the thread, so a
file of browser tests uses no asyncio.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright
from playwright.sync_api import Error as Failed

from tests.judges import axe
from tests.judges.chromium import DESKTOP, PHONE, launch_options
from tests.judges.panel import shape
from tests.judges.programs import JudgeMissing, must_be_complete
from tests.system import PASSWORD, System

__all__ = ["DESKTOP", "PHONE", "Visitor", "chromium", "visitor"]

PATIENCE_MS = 30_000
SHORT_MS = 2_000
MOST_STOPS = 200
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body || here === document.documentElement) return null;
    const style = getComputedStyle(here), box = here.getBoundingClientRect();
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const last = window.lastStop, follows = !last || !last.isConnected
        || Boolean(last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    window.lastStop = here;
    const seen = ringed || style.boxShadow !== "none";
    return { html: here.outerHTML.slice(0, 160), again: last === here, seen, inside, follows };
}"""


WINDOWS: pytest.StashKey[list["Visitor"]] = pytest.StashKey()
Look = tuple[str, tuple[int, ...], str]
"""A shape of page, the size of the screen and its colour scheme."""
FOUND_GOOD: set[Look] = set()
"""What axe has seen in any window of this run and had nothing to say against."""


@dataclass
class Visitor:
    """Somebody at a window of Chromium; names are those that a person reads, or hears from a screen reader."""

    page: Page
    origin: str
    axe: str
    keyboard: bool = False
    scripts: bool = True
    scheme: str = "light"
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("request", self._watch)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.faults.append(f"a script threw: {error}"))

    def open(self, path: str) -> None:
        """Go to an address of the portal, which must answer well."""
        answer = self.page.goto(path if path.startswith("http") else f"{self.origin}{path}")
        assert answer is not None
        assert answer.ok, (path, answer.status)
        self.look()

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        """Go through both steps of the log-in."""
        self.open("/login")
        self.fill("E-mail", email)
        self.press("Next")
        self.fill("Password", password)
        self.press("Log in")
        expect(self.page).not_to_have_url(re.compile("/login"))

    # acts

    def follow(self, name: str) -> None:
        """Take a link."""
        self.activate(self.page.get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        """Press a button."""
        self.activate(self.page.get_by_role("button", name=name, exact=True).first)

    def menu(self, *names: str) -> None:
        """Take an entry of the side menu, as `menu("Certifications", "Status")`; what is folded is unfolded first."""
        menu = self.page.get_by_role("navigation", name="Menu", exact=True)
        self.unfold(self.page.locator("details.drawer > summary"))
        for group in names[:-1]:
            self.unfold(menu.locator("summary").filter(has_text=group))
        self.activate(menu.get_by_role("link", name=names[-1], exact=True))

    def unfold(self, summary: Locator) -> None:
        """Open a disclosure that is shut; on a wide screen the menu has none."""
        if summary.is_visible() and not summary.evaluate("it => it.parentElement.open"):
            self.activate(summary)

    def activate(self, target: Locator) -> None:
        """Click it, or go there with Tab and press Enter."""
        if not self.keyboard:
            target.click()
            return
        self.tab_to(target)
        self.page.keyboard.press("Enter")

    def fill(self, label: str, words: str) -> None:
        """Enter words into a labelled field, in place of what is there."""
        entry = self.page.get_by_label(label).first
        if not self.keyboard:
            entry.fill(words)
            return
        self.tab_to(entry)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, label: str, option: str) -> None:
        """Pick an entry of a list."""
        choice = self.page.get_by_label(label).first
        if not self.keyboard:
            choice.select_option(label=option)
            return
        self.tab_to(choice)
        self.page.keyboard.type(option)

    def tick(self, label: str) -> None:
        """Tick a box."""
        box = self.page.get_by_label(label).first
        if not self.keyboard:
            box.check()
            return
        self.tab_to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    # what can be seen

    def arrives(self, heading: str) -> None:
        """Wait for the page with this h1, and look at it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=PATIENCE_MS)
        self.look()

    def sees(self, words: str) -> None:
        """Wait until the words stand on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE_MS)

    def look(self) -> None:
        """Ask axe about the page as it stands now, once per shape and kind of screen; it needs scripts itself."""
        if not self.scripts:
            return
        size = self.page.viewport_size
        look: Look = (shape(self.page.content()), tuple((size or {}).values()), self.scheme)
        if look not in FOUND_GOOD:
            said = axe.verdict(self.page, self.axe)
            assert said == [], f"{self.page.url}\n" + "\n".join(said)
            FOUND_GOOD.add(look)

    def shown(self) -> tuple[str, str]:
        """Where the window is, and the words that stand there now."""
        try:
            words = self.page.locator("body").inner_text(timeout=SHORT_MS)
        except Failed as why:
            words = f"nothing that could be read: {why.message}"
        return f"a window at {self.page.url}", words

    # the keyboard

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the focus is there."""
        expect(target).to_be_visible(timeout=PATIENCE_MS)
        stops = []
        for _ in range(MOST_STOPS):
            if target.evaluate("it => it === document.activeElement"):
                return
            stops.append(self.tab())
        pytest.fail(f"Tab does not lead to {target}; it stopped at {stops[:20]}")

    def tab(self) -> str | None:
        """Press Tab once: the focus must be seen, on the screen, and further on in the page; None outside the page."""
        self.page.keyboard.press("Tab")
        stop: dict[str, Any] | None = self.page.evaluate(STOP)
        if stop is not None and stop["again"]:  # day, month and year of a date are parts of one field
            return self.tab()
        if stop is None:
            self.page.evaluate("() => { window.lastStop = null; }")
            return None
        assert stop["seen"], f"the focus cannot be seen at {stop['html']}"
        assert stop["inside"], f"the focus is off the screen at {stop['html']}"
        assert stop["follows"], f"the focus went backwards to {stop['html']}"
        return str(stop["html"])

    def stops(self) -> list[str]:
        """Tab once around the page: every stop, in order, until the focus leaves the page again."""
        found: list[str] = []
        for _ in range(MOST_STOPS):
            stop = self.tab()
            if stop is None:
                return found
            found.append(stop)
        pytest.fail(f"Tab never leaves the page: {found[-3:]}")

    # what nobody asked for

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"a request went elsewhere: {request.url}")

    def _listen(self, message: ConsoleMessage) -> None:
        refused = REFUSED.match(message.text) and "/static/" not in message.location.get("url", "")
        if message.type == "error" and not refused:
            self.faults.append(f"on the console: {message.text}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; it reaches this machine only."""
    try:
        options = launch_options()
        axe.source()
    except JudgeMissing as why:
        if must_be_complete():
            raise
        pytest.skip(str(why))
    options["args"].append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
    with sync_playwright() as playwright, playwright.chromium.launch(**options) as browser:
        yield browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell with a failure what people saw last."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections.extend(window.shown() for window in item.stash.get(WINDOWS, []))
    return report


@pytest.fixture
def visitor(request: pytest.FixtureRequest, chromium: Browser, portal: System) -> Iterator[Callable[..., Visitor]]:
    """Opens windows, each with cookies of its own; what they did unasked fails the test."""
    opened = request.node.stash.setdefault(WINDOWS, [])

    def window(
        *, portal: System = portal, scripts: bool = True, keyboard: bool = False, language: str = "en",
        size: dict[str, int] = DESKTOP, scheme: str = "light", host: str = "127.0.0.1",
    ) -> Visitor:  # fmt: skip
        context = chromium.new_context(
            java_script_enabled=scripts, locale=language, viewport=size, color_scheme=scheme, reduced_motion="reduce"
        )
        origin = portal.url.replace("127.0.0.1", host)
        opened.append(Visitor(context.new_page(), origin, axe.source(), keyboard, scripts, scheme))
        newest: Visitor = opened[-1]
        return newest

    yield window
    faults = [fault for one in opened for fault in one.faults]
    for one in opened:
        one.page.context.close()
    assert faults == []
