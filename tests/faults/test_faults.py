"""Under load, one part after the other fails; afterwards everything that was promised has happened exactly once."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pika
import pytest

from deploy.broker import PrivateBroker
from deploy.environment import ROOT, SERVICES
from deploy.postgres import PrivatePostgres
from tests.faults import books
from tests.faults.load import Load, recovers
from tests.faults.mail import Receiver
from tests.system import Person, System, candidate, eventually

pytestmark = [pytest.mark.server, pytest.mark.alone, pytest.mark.timeout(600)]

KILLS, BETWEEN = 8, 5.0
PEOPLE = 20


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker]:
    with PrivateBroker(tmp_path_factory.mktemp("broker")) as running:
        yield running
        running.kill()  # to end well takes it five seconds


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivatePostgres]:
    with PrivatePostgres(tmp_path_factory.mktemp("postgres")) as running:
        yield running
    running.remove()


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as listening:
        yield listening


def servers(broker: PrivateBroker, postgres: PrivatePostgres, receiver: Receiver) -> dict[str, str]:
    return {
        "AMQP_URI": broker.uri,
        "RABBITMQ_MANAGEMENT_URL": broker.management_url,
        "DATABASE_ADMIN_URL": postgres.admin_url,
        "SMTP_URL": receiver.url,
    }


@pytest.fixture(scope="module")
def system(
    broker: PrivateBroker, postgres: PrivatePostgres, receiver: Receiver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("faults")
    everything = servers(broker, postgres, receiver)
    with System(folder, "postgresql", environment=everything, letters=receiver.texts_to) as running:
        yield running


@pytest.fixture(scope="module")
def people(system: System) -> list[Person]:
    """Who shares transcripts while parts fail; the same in every test."""
    return [candidate(system, "Ada", "Tester") for _ in range(PEOPLE)]


def test_a_broker_that_is_killed_for_six_seconds(
    system: System, people: list[Person], broker: PrivateBroker, receiver: Receiver
) -> None:
    with Load(system, people) as load:
        time.sleep(3)
        broker.kill()
        time.sleep(6)
        broker.start()
        recovers(system)
        time.sleep(3)
    books.check(system, load, receiver)


def test_a_broker_that_comes_back_without_its_data(
    system: System, people: list[Person], broker: PrivateBroker, receiver: Receiver
) -> None:
    told = certtrack(system, "partners", "add", "acme", "--events", "ExamPassed", "--from", "now")
    partner = dict(line.split(None, 1) for line in told.splitlines() if line.startswith(("uri", "queue")))
    eventually(lambda: partner_state(system), lambda state: state == "ready", 30.0)
    with Load(system, people) as load:
        time.sleep(3)
        broker.stop()
        broker.wipe()
        broker.start()
        recovers(system)
        time.sleep(3)
    books.check(system, load, receiver)
    eventually(lambda: partner_state(system), lambda state: state == "ready", 30.0)
    accepted = load.results()
    assert accepted <= waiting(partner["uri"], partner["queue"])


def test_a_database_that_is_restarted(
    system: System, people: list[Person], postgres: PrivatePostgres, receiver: Receiver
) -> None:
    with Load(system, people) as load:
        time.sleep(3)
        postgres.restart("immediate")
        recovers(system)
        time.sleep(3)
    books.check(system, load, receiver)


@pytest.mark.parametrize("fault", ["twice", "relay"])
def test_messages_that_come_twice_and_relays_that_die_before_their_mark(
    fault: str,
    broker: PrivateBroker,
    postgres: PrivatePostgres,
    receiver: Receiver,
    system: System,
    people: list[Person],
) -> None:
    injected = {"FAULT": fault, "PYTHONPATH": str(ROOT / "tests" / "faults" / "injected")}
    system.stop()
    system.environment = {**servers(broker, postgres, receiver), **injected}
    system.start()
    try:
        with Load(system, people) as load:
            time.sleep(15)
        assert load.rate > 100
    finally:
        system.stop()
        system.environment = servers(broker, postgres, receiver)
        system.start()
    books.check(system, load, receiver)


@pytest.mark.parametrize("part", [*SERVICES, "gateway"])
def test_killing_a_part_again_and_again_loses_and_doubles_nothing(
    part: str, system: System, people: list[Person], receiver: Receiver
) -> None:
    with Load(system, people) as load:
        time.sleep(2)
        for _ in range(KILLS):
            system.kill(part)
            time.sleep(BETWEEN)
        recovers(system)
    assert load.rate > 100
    books.check(system, load, receiver)


@pytest.fixture
def young(system: System, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """An installation of its own with short logs, because followers read them from the beginning; others rest."""
    system.stop()
    with System(tmp_path_factory.mktemp("young"), "postgresql") as running:
        yield running


def test_an_old_backup_stops_the_followers_until_they_are_resynced(young: System, tmp_path: Path) -> None:
    system, people = young, [candidate(young, "Ada", "Tester") for _ in range(3)]
    with Load(system, people) as load:
        time.sleep(2)
        certtrack(system, "backup", str(tmp_path / "backup"))
        time.sleep(4)
    system.stop()
    certtrack(system, "restore", str(tmp_path / "backup"))
    system.start_unhealthy()
    eventually(lambda: alarms(system), lambda told: len(told) >= 3, 30.0)

    eventually(lambda: resynced(system), lambda ailments: not ailments, 120.0)
    with Load(system, people) as after:
        time.sleep(3)
    assert load.rate > 100
    assert after.unanswered() == []
    assert system.settled(30.0)
    assert system.differences() == {}


def certtrack(system: System, *words: str, check: bool = True) -> str:
    """The operators' command."""
    command = [sys.executable, "-m", "deploy.cli", "--data", str(system.folder), *words]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 or not check, (words, done.stdout, done.stderr)
    return done.stdout


def resynced(system: System) -> list[str]:
    """What still ails after every service that has stopped for a restored log took it up again."""
    certtrack(system, "resync")
    return system.ailments()


def partner_state(system: System) -> str:
    """Whether the partner acme has user and queue, and has been filled."""
    return next(entry["state"] for entry in system.call("identity", "partners_list") if entry["name"] == "acme")


def waiting(amqp_uri: str, queue: str) -> set[str]:
    """Results that the partner's queue holds, read with the partner's own user."""
    connection = pika.BlockingConnection(pika.URLParameters(amqp_uri))
    try:
        channel = connection.channel()
        messages = channel.consume(queue, inactivity_timeout=2.0)
        return {
            json.loads(body)["data"]["result_id"]
            for method, _, body in iter(lambda: next(messages), (None, None, None))
        }
    finally:
        connection.close()


def alarms(system: System) -> list[str]:
    """Services whose subscription has stopped for an operator."""
    stopped = []
    for name, url in system.note()["health"].items():
        try:
            problems = httpx.get(url, timeout=1.0).json()["problems"]
        except httpx.HTTPError:
            continue
        if any("resync" in problem for problem in problems):
            stopped.append(name)
    return stopped
