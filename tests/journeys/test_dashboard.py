"""The dashboard in front of real services: announcements find their readers, own writes show, silence is forgiven."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from deploy import ports
from deploy.environment import ROOT, SERVICES, run_command
from deploy.processes import until
from tests.corner import Corner
from tests.gateway.pages import checked, follow, send
from tests.system import ADDRESS, PASSWORD, Person, System, candidate, eventually, provider, result

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

DASHBOARD = "/api/v1/me/dashboard"


@pytest.fixture(scope="module")
def system(place: Corner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with System(tmp_path_factory.mktemp("dashboard"), "sqlite", place=place) as running:
        yield running


def editor(system: System) -> Person:
    """Somebody of the programme who may write announcements."""
    person = candidate(system, "Margaret", "Hamilton")
    system.call("identity", "staff_add", email=person.email, group_id="programme-manager")
    return another_device(system, person)


def another_device(system: System, person: Person) -> Person:
    """The same person logged in elsewhere, who has no marks of what was written here."""
    device = Person(system, candidate_id=person.candidate_id, email=person.email)
    device.token = device.do("POST", "/api/v1/sessions", {"email": person.email, "password": PASSWORD})["token"]
    return device


PLACES = {
    "DE": {"lines": ["Invalidenstr. 43"], "city": "Berlin", "state": "", "postal_code": "10115"},
    "FR": {"lines": ["12 rue de Rivoli"], "city": "Paris", "state": "", "postal_code": "75001"},
    "IS": {"lines": ["Laugavegur 1"], "city": "Reykjavik", "state": "", "postal_code": "101"},
}
"""Addresses that the post of the country knows."""


def moved(person: Person, country: str) -> Person:
    person.do("PUT", "/api/v1/me/address", {**PLACES[country], "country": country})
    return person


def certified(system: System, person: Person, *exams: str) -> Person:
    for exam in exams:
        provider(system).do("POST", "/api/provider/v1/results", result(person.candidate_id, exam, "2026-09-01"))
    eventually(lambda: person.get(DASHBOARD)["certifications"]["certifications"], bool)
    return person


def titles(person: Person) -> list[str]:
    return [one["title"] for one in person.get(DASHBOARD)["announcements"]]


@pytest.mark.feature("F3.3")
def test_an_announcement_for_german_professionals_finds_one_and_not_the_neighbour(system: System) -> None:
    ada = certified(system, moved(candidate(system, "Ada", "Lovelace"), "DE"), "350-401", "300-410")
    grace = certified(system, moved(candidate(system, "Grace", "Hopper"), "DE"), "200-301")
    linus = certified(system, moved(candidate(system, "Linus", "Torvalds"), "FR"), "350-401", "300-410")
    eventually(lambda: system.call("identity", "announcement_reach", levels=["professional"], countries=["DE"]),
               lambda told: told == {"reach": 1})  # fmt: skip
    staff, begins = editor(system), datetime.now(UTC) + timedelta(seconds=4)
    news = {
        "title": "New lab in Berlin", "text": "Opens in May.", "shown_from": begins.isoformat(),
        "shown_until": (begins + timedelta(seconds=6)).isoformat(),
        "audience": {"levels": ["professional"], "countries": ["DE"]},
    }  # fmt: skip
    announcement = staff.do("POST", "/api/console/v1/announcements", news)["announcement_id"]
    staff.do("POST", f"/api/console/v1/announcements/{announcement}/publication")
    assert staff.get(f"/api/console/v1/announcements/{announcement}")["reach"] == 1

    assert titles(ada) == []
    assert datetime.now(UTC) < begins
    eventually(lambda: titles(ada), lambda shown: shown == ["New lab in Berlin"])
    assert datetime.now(UTC) >= begins
    assert (titles(grace), titles(linus)) == ([], [])
    eventually(lambda: titles(ada), lambda shown: shown == [])
    assert datetime.now(UTC) >= begins + timedelta(seconds=6)


@pytest.mark.feature("F3.3")
def test_what_was_put_away_stays_away_on_another_device(system: System) -> None:
    ada, linus = candidate(system, "Ada", "Byron"), candidate(system, "Linus", "Pauling")
    device = another_device(system, ada)
    staff = editor(system)
    now = datetime.now(UTC)
    news = {"title": "Hello", "text": "World", "shown_from": (now - timedelta(hours=1)).isoformat(),
            "shown_until": (now + timedelta(days=1)).isoformat()}  # fmt: skip
    announcement = staff.do("POST", "/api/console/v1/announcements", news)["announcement_id"]
    staff.do("POST", f"/api/console/v1/announcements/{announcement}/publication")
    eventually(lambda: (titles(ada), titles(device)), lambda shown: shown == (["Hello"], ["Hello"]))

    ada.do("POST", f"/api/v1/me/announcements/{announcement}/dismissal")

    assert titles(ada) == []
    eventually(lambda: titles(device), lambda shown: shown == [])
    assert another_device(system, ada).get("/api/v1/me/announcements")["announcements"] == []
    assert titles(linus) == ["Hello"]
    staff.do("POST", f"/api/console/v1/announcements/{announcement}/withdrawal")
    eventually(lambda: titles(linus), lambda shown: shown == [])


@pytest.mark.feature("F3.3")
def test_an_announcement_is_written_counted_published_and_withdrawn_through_its_pages(system: System) -> None:
    grace, staff = candidate(system, "Grace", "Murray"), editor(system)
    moved(grace, "IS")
    with httpx.Client(base_url=system.url, timeout=5.0) as browser:
        log_in(browser, staff)
        new = "/console/announcements/new"
        entries = {
            "title": "Closed on Thursday", "text": "Test centres rest.\nOnline exams go on.", "countries": "is, fo",
            "shown_from": "2026-01-01T08:00", "shown_until": "2099-01-01T08:00",
        }  # fmt: skip
        wrong = send(browser, follow(browser, new), new, **entries | {"shown_until": "soon"})
        assert (wrong.status_code, "Please give a day and a time." in checked(wrong).text) == (422, True)
        counted = send(browser, follow(browser, new), new, **entries, act="count")
        assert "It reaches 1 candidate today." in checked(counted).text
        drafted = send(browser, follow(browser, new), new, **entries)
        listing = follow(browser, drafted.headers["location"])
        one = next(link for link in listing.links if len(link) > 2 * len(new) - 20 and link != new)
        assert titles(grace) == []
        published = send(browser, follow(browser, one), f"{one}/publication")
        assert "The announcement is published." in follow(browser, published.headers["location"]).text
        eventually(lambda: titles(grace), lambda shown: shown == ["Closed on Thursday"])
        changed = send(browser, follow(browser, one), one, **entries | {"title": "Closed on Friday"})
        assert "The announcement was changed." in follow(browser, changed.headers["location"]).text
        eventually(lambda: titles(grace), lambda shown: shown == ["Closed on Friday"])
        send(browser, follow(browser, one), f"{one}/withdrawal")
        eventually(lambda: titles(grace), lambda shown: shown == [])
        gone = send(browser, follow(browser, "/console/announcements"), "/logout")
        assert gone.status_code == httpx.codes.SEE_OTHER
    facts = [one["state"] for one in staff.get("/api/console/v1/announcements")["announcements"]
             if one["title"] == "Closed on Friday"]  # fmt: skip
    assert facts == ["withdrawn"]


def log_in(browser: httpx.Client, person: Person) -> None:
    send(browser, follow(browser, "/login"), "/login", email=person.email)
    send(browser, follow(browser, "/login/password"), "/login/password", password=PASSWORD)


def test_candidates_write_no_announcements(system: System) -> None:
    ada = candidate(system, "Ada", "King")
    assert ada.ask("POST", "/api/console/v1/announcements", {}).status_code == httpx.codes.FORBIDDEN


@pytest.mark.feature("F3.4")
def test_a_result_is_followed_from_its_arrival_to_code_and_kit(system: System) -> None:
    ada = candidate(system, "Ada", "Augusta")
    certified(system, ada, "200-301")

    told = eventually(lambda: ada.get(DASHBOARD), _has_arrived)

    steps = {step["step"]: step for step in told["results"][0]["steps"]}
    assert list(steps) == ["received", "matched", "certified", "code", "kit"]
    assert [line["certification"] for line in steps["certified"]["brought"]] == ["ccna"]
    assert all(step["at"] for step in steps.values())
    assert [line["code"] for line in told["activity"]][:3] == ["kit-offered", "earned", "result-received"]
    assert [entry["code"] for entry in told["to_do"]] == ["agreement-due", "kit-unclaimed"]


def _has_arrived(told: dict[str, Any]) -> bool:
    return bool(told["results"] and told["results"][0]["done"])


# -- memory


@contextmanager
def second_gateway(system: System) -> Iterator[str]:
    """Another gateway of the same installation; gives its address."""
    port = ports.choose(1)[0]
    variables = system.installation.on_port(port).gateway()
    with (system.folder / "second-gateway.log").open("wb") as log:
        process = subprocess.Popen(run_command("gateway"), cwd=ROOT, env=variables, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        assert until(lambda: _answers(url), 20.0)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return bool(httpx.get(f"{url}/health").json()["broker"] == "connected")
    except httpx.HTTPError:
        return False


def recalled(url: str) -> float:
    """How many answers this gateway has given from memory."""
    lines = httpx.get(f"{url}/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("certtrack_answers_from_memory_total"))


@pytest.mark.feature("F3.6")
def test_a_candidate_reads_his_own_writes_at_every_gateway_while_both_answer_from_memory(system: System) -> None:
    ada = candidate(system, "Ada", "Twice")
    with second_gateway(system) as url, httpx.Client(base_url=url, timeout=5.0) as there:
        headers = {"Authorization": f"Bearer {ada.token}"}
        before = [recalled(system.url), recalled(url)]
        eventually(lambda: _warm(ada, there, headers, before, url), bool, patience=20.0)
        for number in range(25):
            ada.do("PUT", "/api/v1/me/address", {**ADDRESS, "city": f"Town {number}"})
            marks = {"Certtrack-At-Least": ada.at_least}
            seen = [there.get(DASHBOARD, headers=headers | marks).json(), ada.get(DASHBOARD)]
            assert [told["profile"]["address"]["city"] for told in seen] == [f"Town {number}"] * 2
            there.get(DASHBOARD, headers=headers)  # without the mark: from memory or not, it leaves no trap behind


def _warm(ada: Person, there: httpx.Client, headers: dict[str, str], before: list[float], url: str) -> bool:
    ada.get(DASHBOARD)
    there.get(DASHBOARD, headers=headers)
    return recalled(ada.system.url) > before[0] and recalled(url) > before[1]


@pytest.mark.rule("R-P1")
def test_an_erased_candidate_is_gone_from_every_memory(system: System) -> None:
    eve = candidate(system, "Eve", "Example")
    eventually(lambda: eve.get(DASHBOARD)["profile"]["name"], lambda name: name == "Eve Example")
    system.call("identity", "erase", candidate_id=eve.candidate_id)
    eventually(lambda: eve.ask("GET", DASHBOARD).status_code, lambda code: code == httpx.codes.NOT_FOUND)


# -- silence


@pytest.mark.feature("F3.6")
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_is_killed_leaves_a_page_within_two_seconds(system: System, service: str) -> None:
    ada = candidate(system, "Ada", service.title())  # nothing is in memory yet
    silent = 0
    until_back = time.monotonic() + 20
    while time.monotonic() < until_back:
        if not silent:
            system.kill(service)  # one that is back within the patience of a call is not missed
        began = time.monotonic()
        told = ada.get(DASHBOARD)
        assert time.monotonic() - began < 2.0
        silent += service in told["unavailable"]
        if service not in told["unavailable"] and system.healthy():
            break
    assert system.healthy()
    assert silent, f"{service} was never missed"
