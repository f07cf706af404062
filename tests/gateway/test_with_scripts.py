"""The portal in Chromium: what scripts make better, and that nothing needs them."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.gateway.pages import log_in
from tests.gateway.stand_ins_known import PASSWORD
from tests.judges.chromium import DESKTOP, PHONE, launch_options
from tests.judges.programs import JudgeMissing

pytestmark = pytest.mark.server
SORTED = "/testing-history?sort=exam&order=asc"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    try:
        options = launch_options()
    except JudgeMissing as why:
        pytest.skip(str(why))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@pytest.fixture
def shown(chromium: Browser, browser: httpx.Client, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of Ada's; the parameter is what the browser can do."""
    log_in(browser, PASSWORD)
    context = chromium.new_context(base_url=str(browser.base_url), **getattr(request, "param", {}))
    cookies = [(cookie.name, cookie.value or "") for cookie in browser.cookies.jar]
    context.add_cookies([{"name": name, "value": value, "url": str(browser.base_url)} for name, value in cookies])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url))
    yield page
    context.close()


without_scripts = pytest.mark.parametrize("shown", [{"java_script_enabled": False}], indirect=True, ids=["no-scripts"])
on_a_phone = pytest.mark.parametrize(
    "shown", [{"viewport": PHONE, "java_script_enabled": False}], indirect=True, ids=["phone, no scripts"]
)


@pytest.mark.feature("F6.2")
def test_sorting_swaps_the_list_alone_and_keeps_the_place_of_reading(shown):
    shown.goto("/testing-history")
    shown.evaluate("window.stayed = true")
    shown.click("#sort-exam")
    shown.wait_for_url(f"**{SORTED}")
    shown.wait_for_selector("th[aria-sort='ascending'] #sort-exam")
    assert shown.evaluate("[window.stayed, document.activeElement.id]") == [True, "sort-exam"]
    assert shown.locator("#results").count() == 1
    shown.click("a[rel=next]")
    shown.wait_for_selector("[aria-current=page]:has-text('2')")
    assert shown.url.endswith(f"{SORTED}&page=2")
    assert shown.evaluate("window.stayed") is True
    assert shown.complaints == []


@without_scripts
def test_without_scripts_the_same_links_lead_to_the_same_lists(shown):
    shown.goto("/testing-history")
    shown.click("#sort-exam")
    assert shown.url.endswith(SORTED)
    assert shown.locator("th[aria-sort='ascending']").inner_text() == "Code"
    shown.click("a[rel=next]")
    assert shown.url.endswith(f"{SORTED}&page=2")


@on_a_phone
def test_on_a_phone_the_menu_opens_without_scripts(shown):
    shown.goto("/home")
    link = shown.locator("nav.menu a[href='/kits']")
    assert not link.is_visible()
    shown.click("details.drawer > summary")
    shown.click("nav.menu summary:has-text('Certifications')")
    link.click()
    assert shown.url.endswith("/kits")


@without_scripts
def test_beside_a_wide_page_the_menu_is_open_without_scripts(shown):
    shown.set_viewport_size(DESKTOP)
    shown.goto("/certifications")
    assert shown.locator("nav.menu a[href='/certifications/history']").is_visible()


def test_the_account_menu_closes_by_escape_and_gives_the_focus_back(shown):
    shown.goto("/home")
    shown.click("details.account > summary")
    assert shown.locator("form[action='/logout'] button").is_visible()
    shown.keyboard.press("Escape")
    assert shown.evaluate("[document.querySelector('.account').open, document.activeElement.tagName]") == [
        False, "SUMMARY",
    ]  # fmt: skip


def test_a_dialog_opens_over_the_page_and_closes_by_its_button(shown):
    shown.goto("/components")
    shown.click("[data-dialog='sample-dialog']")
    assert shown.locator("dialog").is_visible()
    shown.click("[data-closes-dialog]")
    assert not shown.locator("dialog").is_visible()
    assert shown.url.endswith("/components")


def test_the_chosen_appearance_is_seen_at_once(shown):
    shown.goto("/home")
    light = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    shown.click("details.account > summary")
    shown.click("button[value=dark]")
    shown.wait_for_selector("html[data-theme=dark]")
    assert light == "rgb(245, 247, 248)"
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 19, 23)"


@pytest.mark.parametrize("path", ["/home", "/certifications", "/components", "/verify"])
def test_no_request_leaves_the_own_origin_and_the_policy_stops_nothing(shown, path):
    shown.goto(path)
    shown.wait_for_load_state("networkidle")
    own = shown.url.removesuffix(path)
    assert {url for url in shown.asked if not url.startswith(f"{own}/")} == set()
    assert shown.evaluate("document.fonts.check('16px \"IBM Plex Sans Variable\"')") is True
    assert shown.complaints == []
