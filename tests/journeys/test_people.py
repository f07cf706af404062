"""People and support in Chromium: a booking mapped by a case, a log-in changed by a case, a guardian who answers."""

import json
import sqlite3
import uuid
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.browser import Visitor
from tests.journeys.people import complete, named_everywhere, unique
from tests.journeys.test_passkey_in_chromium import give_device
from tests.system import PASSWORD, Person, System, eventually, mailed_link, member, provider, result, signed_up

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

Window = Callable[..., Visitor]


@pytest.fixture(scope="module")
def staff(portal: System) -> tuple[str, str]:
    """Support, and a second person: their log-ins."""
    return member(portal, "Vera", "Lind", "support").email, member(portal, "Omar", "Reyes", "reviewer").email


def granted(visitor: Window, second: str, subject: str) -> None:
    """The second person finds the proposal among those that wait, and grants it."""
    window = visitor()
    window.log_in(second)
    window.open("/console/approvals")
    window.follow(f"Open {subject}")
    window.press("Grant")
    window.sees("Granted. It has happened.")


@pytest.mark.feature("F1.11")
@pytest.mark.feature("F1.16")
@pytest.mark.feature("F12.2")
def test_an_old_booking_is_mapped_by_a_case_and_its_record_appears(
    portal: System, visitor: Window, staff: tuple[str, str]
) -> None:
    email = unique("ada")
    old = {"provider_id": unique("VUE"), "first_name": "Ada", "last_name": "Lovelace", "email": email}
    vendor = provider(portal)
    record = vendor.do("POST", "/api/provider/v1/candidates", old | {"booked_on": "2022-09-26"})["candidate_id"]
    vendor.do("POST", "/api/provider/v1/results", result(record, "200-301", "2026-09-01"))
    ada = signed_up(portal, "Ada", "Lovelace", email)

    window = visitor()
    window.log_in(email)
    window.arrives("Account mapping")
    window.sees("You booked a test before September 27, 2022")
    window.open("/support")
    window.choose("What is it about?", "Booking before September 27, 2022")
    window.fill("Your message", "I was booked in 2022. My passport has the number that you know.")
    window.press("Open the case")
    window.sees("Your case is open.")

    vera = visitor()
    vera.log_in(staff[0])
    vera.open("/console/cases")
    vera.page.locator("main table a").last.click()
    vera.fill("Your answer", "Thank you, we are looking at it.")
    vera.press("Send")
    vera.sees("Your answer was sent.")
    vera.page.locator("#mapping-grant-candidate_id").select_option(record)
    vera.page.locator("#mapping-grant-reason").fill("Passport seen.")
    vera.press("Ask a second person")
    vera.sees("A second person has to agree now.")
    granted(visitor, staff[1], "Join the account with a record")

    complete(ada)
    assert ada.candidate_id == record
    eventually(lambda: ada.get("/api/v1/me/kits")["kits"], lambda kits: len(kits) == 1)
    again = visitor()
    again.log_in(email)
    again.open("/testing-history")
    again.sees("200-301")
    again.open("/certifications")
    again.sees("CCNA")
    again.open("/kits")
    again.sees("Pending")


@pytest.mark.feature("F1.10")
@pytest.mark.feature("F12.2")
def test_after_the_log_in_was_changed_by_a_case_the_old_one_opens_nothing(
    portal: System, visitor: Window, staff: tuple[str, str]
) -> None:
    grace = signed_up(portal, "Grace", "Hopper", unique("grace"))
    complete(grace)
    case_id = grace.do("POST", "/api/v1/me/cases", {"kind": "change-cisco-id", "text": "New job."})["case_id"]
    new = unique("hopper")

    vera = visitor()
    vera.log_in(staff[0])
    vera.open(f"/console/cases/{case_id}")
    vera.page.locator("#email-change-email").fill(new)
    vera.page.locator("#email-change-reason").fill("Called back.")
    vera.page.locator("form:has(#email-change-email) button").click()
    vera.sees("A second person has to agree now.")
    granted(visitor, staff[1], "Change the log-in")

    old = grace.ask("POST", "/api/v1/sessions", {"email": grace.email, "password": PASSWORD})
    assert (old.status_code, old.json()["code"]) == (401, "log-in-refused")
    window = visitor()
    window.log_in(new)
    window.open("/personal-info/external-ids")
    window.sees(new)


@pytest.mark.rule("R-M1")
def test_a_guardian_consents_and_later_withdraws(portal: System, visitor: Window) -> None:
    linus = signed_up(portal, "Linus", "Torvalds", unique("linus"))
    complete(linus, born=f"{date.today().year - 15}-01-01")  # noqa: DTZ011 - any day of that year is right
    mother = unique("anne")

    window = visitor()
    window.log_in(linus.email)
    window.open("/personal-info/guardian")
    window.fill("Name of the parent or guardian", "Anna Torvalds")
    window.fill("E-mail of the parent or guardian", mother)
    window.press("Ask for consent")
    window.sees("We have mailed your parent or guardian.")

    link = mailed_link(portal, mother, "/guardian")
    guardian = visitor()
    guardian.open(f"/guardian?link={link}")
    guardian.press("I consent")
    guardian.sees("Thank you. Your consent was recorded.")
    assert linus.get("/api/v1/me")["guardian"] == "consented"

    guardian.press("Take the consent back")
    guardian.sees("No further exam can be booked.")
    assert linus.get("/api/v1/me")["guardian"] == "revoked"


@pytest.mark.feature("F1.9")
@pytest.mark.feature("F2.1")
@pytest.mark.feature("F2.11")
def test_from_a_booking_and_signing_up_to_the_erasure(portal: System, visitor: Window) -> None:
    email = unique("ada")
    booked = {"provider_id": unique("VUE"), "first_name": "Ada", "last_name": "Lovelace", "email": email}
    report = booked | {"booked_on": "2024-01-01"}
    record = provider(portal).do("POST", "/api/provider/v1/candidates", report)["candidate_id"]

    window = visitor(host="localhost")
    give_device(window)
    sign_up(window, portal, email)
    window.log_in(email)
    window.arrives("Personal Info")
    give_japanese_address(window)
    assert portal.call("identity", "profile", candidate_id=record)["address"]["state"] == "東京都"

    window.open("/security")
    window.follow("Add a passkey")
    window.fill("Name", "My laptop")
    window.press("Add the passkey")
    window.sees("The passkey was added.")
    window.press("Log out everywhere")
    window.follow("Log in with a passkey")
    window.press("Use a passkey")
    window.page.wait_for_url("**/home")

    window.open("/privacy/data")
    with window.page.expect_download() as download:
        window.follow("Download my data")
    with zipfile.ZipFile(download.value.path()) as archive:
        told = json.loads(archive.read("my-data.json"))
    assert (told["profile"]["email"], told["profile"]["candidate_id"]) == (email, record)

    window.open("/personal-info/erase")
    window.press("Erase for good")
    window.sees("We have mailed you the day.")
    portal.call("identity", "erase", candidate_id=record)  # as the daily job does on that day
    refused = Person(portal).ask("POST", "/api/v1/sessions", {"email": email, "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (401, "log-in-refused")


def sign_up(window: Visitor, portal: System, email: str) -> None:
    window.open("/sign-up")
    window.page.locator("#email").fill(email)
    window.page.locator("#password").fill(PASSWORD)
    window.page.locator("#first_name").fill("Ada")
    window.page.locator("#last_name").fill("Lovelace")
    window.page.locator("#country").select_option("JP")
    window.press("Register")
    window.look()
    window.open(f"/confirm?link={mailed_link(portal, email)}")
    window.page.locator("main form button").first.click()
    window.arrives("Log in")


def give_japanese_address(window: Visitor) -> None:
    window.choose("Country", "Japan")
    window.press("Show the form of this country")
    window.page.locator("#postal_code").fill("150-0041")
    window.page.locator("#state").select_option("東京都")
    window.page.locator("#line_1").fill("渋谷区神南1-19-11")
    window.page.locator("#birth_date").fill("1990-12-10")
    window.page.locator("#news-no").check()
    window.press("Update")
    window.sees("Your personal data was saved.")


@pytest.mark.feature("F2.11")
@pytest.mark.rule("R-P1")
def test_after_the_erasure_no_service_shows_anything_personal(portal: System) -> None:
    name = f"Zq{uuid.uuid4().hex[:10]}"
    eve = named_everywhere(portal, name)
    assert name in str(eve.get("/api/v1/me/export"))
    assert where(portal, name) != set()

    portal.call("identity", "erase", candidate_id=eve.candidate_id)
    assert portal.settled()
    eventually(lambda: where(portal, name), lambda found: found == set())


def where(portal: System, word: str) -> set[str]:
    """Files of the installation in which a word stands: databases page by page, the broker's queues, logs, mails."""
    for file in portal.folder.rglob("*.sqlite"):
        with sqlite3.connect(file) as database:  # as the services do every hour
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = (file for file in portal.folder.rglob("*") if file.is_file() and not file.is_symlink())
    found = {file.name for file in files if word.lower().encode() in file.read_bytes().lower()}
    return found | {
        f"{file.name}/{table}" for file in portal.folder.rglob("*.sqlite") for table in tables_with(file, word)
    }


def tables_with(file: Path, word: str) -> list[str]:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        names = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
        return [
            table for table in names
            if word.lower() in str(database.execute(f'select * from "{table}"').fetchall()).lower()
        ]  # fmt: skip
