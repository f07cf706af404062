"""Take pictures: people of the demo programme at windows of every look."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

from deploy.demo import PASSWORD
from gateway import access
from tests.gallery.shots import NOBODY, Shot
from tests.judges.chromium import DESKTOP, PHONE, launch_options


@dataclass(frozen=True, slots=True)
class Look:
    """A screen and who sits before it."""

    name: str
    size: dict[str, int]
    scheme: str = "light"
    language: str = "en"


LOOKS = (
    Look("wide-light", DESKTOP),
    Look("wide-dark", DESKTOP, "dark"),
    Look("phone-light", PHONE),
    Look("phone-dark", PHONE, "dark"),
    Look("wide-arabic", DESKTOP, language="ar"),
    Look("phone-arabic", PHONE, language="ar"),
    Look("wide-japanese", DESKTOP, language="ja"),
)


class PictureFailed(Exception):
    """A page did not come as it should; the message says which and how."""


@dataclass
class Studio:
    """One Chromium before one portal; everybody logs in once."""

    browser: Browser
    origin: str
    visits: dict[str, Any] = field(default_factory=dict)
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)

    @contextmanager
    def window(self, look: Look, who: str) -> Iterator[Page]:
        """A page of this look, logged in as somebody."""
        context = self.browser.new_context(
            viewport=look.size, color_scheme=look.scheme, reduced_motion="reduce", locale=look.language,
            storage_state=self.visit(who), base_url=self.origin,
        )  # fmt: skip
        context.add_cookies([{"name": "language", "value": look.language, "url": self.origin}])
        try:
            yield context.new_page()
        finally:
            context.close()

    def photograph(self, look: Look, shot: Shot, file: Path) -> None:
        """Write one picture of the whole page; PictureFailed when it does not come as it should."""
        try:
            with self.window(look, shot.who) as page:
                self.stage(page, shot)
                page.screenshot(path=file, full_page=True)
        except Error as why:
            raise PictureFailed(f"{shot.name}: {why.message.splitlines()[0]}") from why

    def crop(self, look: Look, shot: Shot, selector: str, file: Path, *, scale: float = 0.75) -> None:
        """Write a small picture of one part, as the guide shows it."""
        with self.window(look, shot.who) as page:
            self.stage(page, shot)
            box = page.locator(selector).first.bounding_box()
            if box is None:
                raise PictureFailed(f"{shot.name}: nothing is at {selector}")
            asked = {"format": "webp", "quality": 80, "captureBeyondViewport": True, "clip": {**box, "scale": scale}}
            taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
            file.write_bytes(base64.b64decode(taken["data"]))

    def stage(self, page: Page, shot: Shot) -> None:
        """Bring the page to the state of the picture."""
        answer = page.goto(self.address(shot))
        if shot.send:
            with page.expect_response(lambda response: response.request.method == "POST") as sent:
                page.locator("main form button").first.click()
            answer = sent.value
            page.wait_for_load_state()
        self._must_be_right(answer, shot)

    def _must_be_right(self, answer: Response | None, shot: Shot) -> None:
        told = (answer.status, answer.request.redirected_from) if answer else (0, None)
        if told != (shot.status, None):
            where = answer.url.removeprefix(self.origin) if answer else "nowhere"
            raise PictureFailed(f"{shot.name}: {shot.path} as {shot.who or 'nobody'} gave {told[0]} at {where}")

    def address(self, shot: Shot) -> str:
        """The address, found by its link on another page where it has parameters."""
        page_with_link = self.address(shot.through) if shot.through else shot.found_on
        if not page_with_link:
            return shot.path
        if (shot.who, shot.path) not in self.addresses:
            with self.window(LOOKS[0], shot.who) as page:
                page.goto(page_with_link)
                links = page.locator("a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
            found = [link for link in links if re.fullmatch(shot.path, link) and ("GET", link) not in access.TABLE]
            if not found:
                raise PictureFailed(f"{shot.name}: {page_with_link} as {shot.who} has no link to {shot.path}")
            self.addresses[shot.who, shot.path] = found[0]
        return self.addresses[shot.who, shot.path]

    def visit(self, who: str) -> Any:
        """The cookies of somebody who has logged in; none for nobody."""
        if who == NOBODY:
            return None
        if who not in self.visits:
            context = self.browser.new_context(locale="en", base_url=self.origin)
            page = context.new_page()
            page.goto("/login")
            page.get_by_label("E-mail").first.fill(who)
            page.get_by_role("button", name="Next", exact=True).click()
            page.get_by_label("Password").first.fill(PASSWORD)
            page.get_by_role("button", name="Log in", exact=True).click()
            page.wait_for_url(lambda url: "/login" not in url)
            self.visits[who] = context.storage_state()
            context.close()
        return self.visits[who]


@contextmanager
def studio(origin: str) -> Iterator[Studio]:
    """A studio that closes behind itself."""
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as browser:
        yield Studio(browser, origin)
