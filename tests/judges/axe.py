"""axe-core in a real Chromium: a page as a wide and light and as a narrow and dark screen shows it."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page, Route, sync_playwright

from gateway.assets import assets
from tests.judges.chromium import DESKTOP, PHONE, launch_options
from tests.judges.programs import package

Answer = TypeVar("Answer")

RUN = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
    return found.violations.flatMap((one) => one.nodes.map((node) =>
        `${one.id}: ${one.help} (${node.target.join(" ")}: ${node.html.slice(0, 200)})`));
}"""
OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const reaches = (one) => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1;
    const wide = [...document.body.querySelectorAll("*")].filter(reaches);
    return [`wider than the screen: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ")}`];
}"""


def source() -> str:
    """axe-core itself, to be run in a page."""
    return package("axe-core/axe.min.js").read_text("utf-8")


def verdict(page: Page, axe: str) -> list[str]:
    """What axe says about a page as it stands; a strict CSP does not bind the debugger that asks."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    return list(page.evaluate(RUN))


@dataclass
class AxeJudge:
    """One Chromium in a thread of its own, so that tests stay free to use asyncio."""

    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "axe"))
    held: ExitStack = field(default_factory=ExitStack)
    axe: str = ""
    page: Page | None = None

    @classmethod
    def started(cls) -> "AxeJudge":
        """A judge with an open page; JudgeMissing without Chromium or axe."""
        judge = cls(axe=source())
        judge._in_thread(judge._open)
        return judge

    def complaints(self, url: str, headers: Mapping[str, str], html: str) -> list[str]:
        """What is wrong with this document, shown at its own address with the assets of this house.

        A page that leads on by itself is kept: wherever it goes answers 204, and a browser stays where it is.
        """
        return self._in_thread(lambda: self._look(url, headers, html))

    def stop(self) -> None:
        """End Chromium."""
        self._in_thread(self.held.close)
        self.thread.shutdown()

    def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return self.thread.submit(work).result(60.0)

    def _open(self) -> None:
        playwright = self.held.enter_context(sync_playwright())
        browser = self.held.enter_context(playwright.chromium.launch(**launch_options()))
        self.page = browser.new_context(reduced_motion="reduce").new_page()

    def _look(self, url: str, headers: Mapping[str, str], html: str) -> list[str]:
        page = self.page
        assert page is not None
        sent = {name: headers[name] for name in ("content-type", "content-security-policy") if name in headers}
        found: dict[str, None] = {}
        due: list[str] = []

        def answer(route: Route) -> None:
            found = assets().find(urlsplit(route.request.url).path)
            if route.request.is_navigation_request():
                route.fulfill(body=due.pop(), headers=sent) if due else route.fulfill(status=httpx.codes.NO_CONTENT)
            elif found:
                route.fulfill(body=found[0].content, content_type=found[0].media_type)
            else:
                route.continue_()

        page.route("**/*", answer)
        for size, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            due.append(html)
            page.goto(url)
            said: list[Any] = [*verdict(page, self.axe), *page.evaluate(OVERFLOWING)]
            found |= dict.fromkeys(f"{scheme}, {size['width']} px: {one}" for one in said)
        page.goto("about:blank")
        page.unroute("**/*")
        return list(found)
