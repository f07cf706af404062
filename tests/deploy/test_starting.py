"""What keeps a start from happening is one sentence; what dies is started again after a growing pause."""

import base64
import json
import os
import socket
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deploy import bootstrap, packages, ports, preconditions
from deploy.environment import SERVICES, Installation, InstallationRefused
from deploy.keeper import Keeper, Program, shorten
from deploy.preconditions import StartFailed


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", ports.choose(1)[0])) as server:
        yield server.getsockname()[1]


def test_a_busy_port_is_named_together_with_a_free_one(taken_port):
    with pytest.raises(StartFailed) as refused:
        preconditions.check_port(taken_port)
    sentence, _, other = str(refused.value).rpartition("=")
    assert sentence == f"Port {taken_port} is taken by another program; choose another one: make run PORT"
    assert ports.is_free(int(other))


def test_a_port_for_root_is_refused_to_others(monkeypatch):
    monkeypatch.setattr(preconditions.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(preconditions.ports, "is_free", lambda port, *_: port > 1023)
    with pytest.raises(StartFailed, match="Port 80 needs root; choose a higher one: make run PORT=8080"):
        preconditions.check_port(80)


def test_a_second_start_says_that_one_is_running(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"url": "http://127.0.0.1:8080", "pid": 4711}))
    with preconditions.only_one(tmp_path), pytest.raises(StartFailed) as refused:
        preconditions.only_one(tmp_path)
    assert str(refused.value) == (
        "Certtrack is already running: http://127.0.0.1:8080, process 4711; "
        "stop it with Ctrl-C in its terminal or: kill 4711."
    )


def test_a_python_without_venv_and_without_packages_is_one_sentence(monkeypatch, capsys):
    def closed(*_):
        raise packages.NotInstallable("this machine has no apt-get")

    monkeypatch.setattr(packages, "install", closed)
    monkeypatch.setattr(bootstrap, "BASE", "/usr/bin/python3")
    assert bootstrap.installer_from_package() is None
    package = f"python3.{bootstrap.sys.version_info.minor}-venv"
    assert capsys.readouterr().err == (
        f"Python's venv module is incomplete and this machine has no apt-get: "
        f"install the package {package}, then repeat the command.\n"
    )


def test_a_python_that_is_too_old_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == "Certtrack needs Python 3.11 or newer: install it, then repeat the command.\n"


def test_every_part_has_a_key_and_none_can_make_anothers(tmp_path):
    installation = Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1")
    keys = [installation.key_of(name) for name in (*SERVICES, "gateway")]
    assert len(set(keys)) == 6
    assert [len(base64.b64decode(key)) for key in keys] == [32] * 6
    assert installation.key_of("identity") == installation.master_key


def test_secrets_are_made_once_and_are_the_owners_alone(tmp_path):
    first = Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1")
    again = Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1")
    again.save()
    assert again.master_key == first.master_key
    assert Installation.load(tmp_path) == again
    for file in ("secrets.json", "installation.json"):
        assert stat.S_IMODE((tmp_path / file).stat().st_mode) == 0o600


def test_the_clock_of_production_cannot_be_moved(tmp_path):
    with pytest.raises(InstallationRefused, match="The clock can only be moved in demo and test mode"):
        Installation.at(tmp_path, amqp_uri="amqp://127.0.0.1", mode="production", clock_offset_days=1)


def test_ports_are_remembered_until_somebody_takes_one(tmp_path):
    first = ports.remembered(tmp_path / "ports.json", ("amqp", "epmd"))
    assert ports.remembered(tmp_path / "ports.json", ("amqp", "epmd")) == first
    with socket.create_server(("127.0.0.1", first["amqp"])):
        assert ports.remembered(tmp_path / "ports.json", ("amqp", "epmd")) != first


@dataclass
class Frail:
    """Dies at once, every time."""

    starts: list[float] = field(default_factory=list)
    pid: int | None = None

    def launch(self) -> None:
        pass

    def alive(self) -> bool:
        return False

    def ask_to_end(self) -> None:
        pass

    def stop(self) -> None:
        pass


def test_what_keeps_dying_is_started_again_after_pauses_that_grow_to_three_seconds():
    keeper = Keeper("frail", Frail())
    keeper.start(0.0)
    pauses, now = [], 0.0
    for _ in range(6):
        keeper.tend(now)
        pauses.append(round(keeper.due - now, 3))
        now = keeper.due
        keeper.tend(now)
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.0, 3.0]


def test_a_program_may_let_others_go_first(tmp_path):
    program = Program([sys.executable, "-c", "import time; time.sleep(60)"], {}, tmp_path / "log", niceness=5)
    program.launch()
    try:
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == min(own + 5, 19)
    finally:
        program.stop()


def test_the_reason_of_a_refused_start_is_taken_from_its_log(tmp_path):
    log = tmp_path / "testing.log"
    log.write_text('{"event": "begun"}\n{"event": "start-refused", "reason": "the setting AMQP_URI is missing"}\n')
    assert Program([], {}, log).last_words() == "the setting AMQP_URI is missing"


def test_a_log_that_has_grown_large_is_cut_while_its_writer_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.keeper.LARGEST_LOG", 10)
    log = tmp_path / "testing.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"earlier lines\n")
        shorten(log)
        writer.write(b"later\n")
    assert (log.read_text(), Path(tmp_path / "testing.log.1").read_text()) == ("later\n", "earlier lines\n")
