"""The supervisor with the real system: what dies comes back, nothing is left behind, a restored backup is taken up."""

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import broker, cli, ports
from deploy.demo_people import PEOPLE
from deploy.environment import ROOT, SERVICES
from deploy.processes import until
from tests.system import System

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(broker.find_server() is None, reason="rabbitmq-server is not installed"),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with System(tmp_path_factory.mktemp("supervised"), "sqlite") as system:
        yield system


def pids(system: System) -> list[int]:
    return [pid for pid in system.note()["pids"].values() if pid]


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def command(system: System, *words: str) -> tuple[int, str]:
    """Exit code and standard output of `certtrack`."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        code = cli.main(["--data", str(system.folder), *words])
    return code, output.getvalue()


def test_a_second_start_is_refused_in_one_sentence(running):
    words = [sys.executable, "-m", "deploy.cli", "--data", str(running.folder), "run", "--port", str(running.port)]
    second = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"Certtrack is already running: {running.url}, process ")
    assert second.stderr.count("\n") == 1


def test_a_busy_port_is_refused_before_anything_starts(tmp_path):
    with socket.create_server(("127.0.0.1", ports.choose(1)[0])) as other:
        port = other.getsockname()[1]
        words = [sys.executable, "-m", "deploy.cli", "--data", str(tmp_path), "run", "--port", str(port)]
        refused = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Port {port} is taken by another program; choose another one: make run PORT=")
    assert not (tmp_path / "broker-sqlite").exists()


def test_the_demo_programme_is_made_once_and_shown_again(running):
    assert command(running, "demo", "seed")[0] == 0
    code, shown = command(running, "demo", "seed")
    assert (code, [one.email for one in PEOPLE if one.email not in shown]) == (0, [])
    assert running.settled()
    assert running.differences() == {}


def test_whatever_is_killed_comes_back(running):
    before = running.note()["pids"]
    for name in (*SERVICES, "gateway", "broker"):
        running.kill(name)
    assert until(lambda: not set(pids(running)) & set(before.values()) and len(pids(running)) == len(before), 20.0)
    assert until(running.healthy, 30.0)


def test_a_restored_backup_is_taken_up_again(running, tmp_path):
    assert command(running, "demo", "seed")[0] == 0
    assert running.settled()
    assert command(running, "backup", str(tmp_path / "copy"))[0] == 0
    running.stop(hastily=True)
    assert command(running, "restore", str(tmp_path / "copy"))[0] == 0
    running.start_unhealthy()
    assert until(lambda: running.note().get("health") and command(running, "health")[1].count("restored") > 0, 60.0)
    code, shown = command(running, "resync")
    assert (code, "verification reads the log of certification again." in shown) == (0, True)
    assert until(running.healthy, 30.0), command(running, "health")[1]
    assert command(running, "verify")[0] == 0


def test_sigterm_ends_everything(running):
    processes = [*pids(running), running.note()["pid"]]
    running.stop()
    assert [pid for pid in processes if lives(pid)] == []
    assert not (running.folder / "run.json").exists()


def test_a_killed_supervisor_takes_everything_with_it(tmp_path):
    with System(tmp_path, "sqlite") as system:
        processes = pids(system)
        os.kill(system.note()["pid"], signal.SIGKILL)
        assert until(lambda: not any(map(lives, processes)), 10.0)
