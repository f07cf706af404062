"""The menu: every page of the user guide has its place, and each place leads to a page."""

import httpx
import pytest

from gateway import access
from gateway.assets import STATIC
from gateway.pages import menu
from gateway.pages.places import PLACES
from tests.gateway.pages import checked, follow, log_in, send
from tests.gateway.stand_ins_known import PASSWORD

WANTED = [
    "Dashboard", "Addresses", "Company", "Job title", "External IDs", "Settings", "Schedule", "Tests",
    "Practical Exams", "Challenges", "Status", "History and Agreement", "Continuing Education", "Logos",
    "Certificates & Plaques", "Benefits (25YA)", "Transcripts & Digital Badges", "User Guide",
]  # fmt: skip


@pytest.fixture
def at_home(browser: httpx.Client) -> httpx.Client:
    """A browser that Ada has logged in with."""
    log_in(browser, PASSWORD)
    return browser


@pytest.mark.feature("F3.1")
def test_the_menu_has_a_place_for_every_page_of_the_guide():
    assert [str(entry.name) for entry, _ in menu.leaves()] == WANTED
    assert [str(entry.name) for entry in menu.MENU] == [
        "Dashboard", "Personal Info", "Schedule", "Testing History", "Certifications", "Transcripts & Digital Badges",
        "User Guide",
    ]  # fmt: skip


def test_every_entry_is_a_route_of_its_own():
    paths = [entry.path for entry, _ in menu.leaves()]
    assert len(paths) == len(set(paths))
    assert {("GET", path) for path in paths} <= access.TABLE.keys()


@pytest.mark.parametrize(
    ("template", "entry", "exact"),
    [
        ("/home", "Dashboard", True),
        ("/personal-info", "Addresses", True),
        ("/personal-info/erase", "Addresses", False),
        ("/certifications/history", "History and Agreement", True),
        ("/kits/{kit_id}/claim", "Certificates & Plaques", False),
        ("/transcripts/new", "Transcripts & Digital Badges", False),
    ],
)
def test_each_page_stands_at_or_below_an_entry(template, entry, exact):
    place = menu.here(template)
    assert place is not None
    assert (str(place.entry.name), place.exact) == (entry, exact)


def test_pages_outside_the_menu_have_no_place():
    assert menu.here("/personal-information") is None
    assert menu.trail("/login") == []


@pytest.mark.parametrize(
    ("template", "trail"),
    [
        ("/home", []),
        ("/personal-info", ["Dashboard"]),
        ("/personal-info/erase", ["Dashboard", "Addresses"]),
        ("/certifications/history", ["Dashboard", "Certifications"]),
        ("/kits/{kit_id}/claim", ["Dashboard", "Certifications", "Certificates & Plaques"]),
    ],
)
def test_breadcrumbs_lead_up_to_the_dashboard(template, trail):
    assert [str(name) for _, name in menu.trail(template)] == trail


def test_icons_of_menu_and_places_are_in_the_sprite():
    sprite = (STATIC / "vendor" / "icons.svg").read_text()
    names = {entry.icon for entry in menu.MENU} | {place.symbol for place in PLACES}
    assert {name for name in names if f'id="{name}"' not in sprite} == set()


@pytest.mark.server
@pytest.mark.feature("F3.1")
@pytest.mark.parametrize("path", [entry.path for entry, _ in menu.leaves()])
def test_every_entry_leads_to_a_well_made_page_that_is_marked_in_the_menu(at_home, path):
    page = follow(at_home, path)
    assert set(page.current) == {path}  # tabs of the page mark it as well


@pytest.mark.server
@pytest.mark.feature("F3.6")
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
def test_a_page_with_nothing_to_list_says_what_to_do_now(at_home, place):
    page = follow(at_home, place.path)
    assert str(place.words) in page.text
    assert place.onward[0] in page.links
    assert at_home.get(place.onward[0]).status_code == 200


@pytest.mark.server
def test_the_appearance_is_kept_by_the_browser_and_forgotten_on_demand(at_home):
    page = follow(at_home, "/certifications")
    answer = send(at_home, page, "/theme", theme="dark")
    assert answer.headers["location"] == "/certifications"
    assert 'data-theme="dark"' in at_home.get("/certifications").text
    send(at_home, page, "/theme", theme="system")
    assert "data-theme" not in at_home.get("/certifications").text


@pytest.mark.server
@pytest.mark.parametrize("chosen", ["", "pink", '"><script>'])
def test_an_appearance_that_does_not_exist_changes_nothing(at_home, chosen):
    send(at_home, follow(at_home, "/home"), "/theme", theme=chosen)
    assert "theme" not in at_home.cookies


@pytest.mark.server
def test_an_appearance_without_the_forms_token_is_refused(at_home):
    assert at_home.post("/theme", data={"theme": "dark"}).status_code == 403


@pytest.mark.server
def test_errors_keep_the_appearance(at_home):
    at_home.cookies.set("theme", "dark")
    for path in ("/nothing", "/kits/K9/claim"):
        answer = at_home.get(path)
        assert answer.status_code == 404
        assert 'data-theme="dark"' in answer.text
        checked(answer)


@pytest.mark.server
def test_the_account_menu_has_name_settings_language_and_log_out(at_home):
    page = follow(at_home, "/certifications")
    assert "Ada <Lovelace>" in page.text
    assert {"/personal-info/settings", "#languages"} <= set(page.links)
    assert {"/theme", "/language", "/logout"} <= page.forms.keys()
