"""Which way to a RabbitMQ and a PostgreSQL is taken, and the one sentence when none is open."""

import socket
import threading

import pytest

from deploy import docker, packages, ports, servers

ENGINE_WITHOUT_IMAGES = 'case "$1 $2" in "image inspect") exit 1;; pull*) exit 1;; esac'
ENGINE_THAT_HANGS = 'case "$1 $2" in "image inspect") exit 1;; pull*) sleep 30;; esac'
ENGINE_WITH_IMAGES = "exit 0"
SUDO = 'while [ "$1" = "-n" ]; do shift; done; exec "$@"'
SUDO_WITH_PASSWORD = "exit 1"
ENV = 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"'


def refusal(find, folder) -> str:
    with pytest.raises(servers.NoServer) as refused:
        find(folder)
    return str(refused.value)


def test_without_a_package_manager_one_sentence_says_what_to_do(machine, tmp_path):
    assert refusal(servers.find_broker, tmp_path) == (
        "No RabbitMQ was found and this machine has no apt-get: "
        "install the package rabbitmq-server, or set AMQP_URI to one that runs."
    )
    assert refusal(servers.find_database, tmp_path) == (
        "No PostgreSQL was found and this machine has no apt-get: "
        "install the package postgresql, or set DATABASE_ADMIN_URL to one that runs."
    )


def test_without_sudo_one_sentence_says_so(machine, tmp_path):
    machine.has("apt-get")
    assert refusal(servers.find_broker, tmp_path) == (
        "No RabbitMQ was found and installing needs root and this machine has no sudo: "
        "install the package rabbitmq-server, or set AMQP_URI to one that runs."
    )


def test_a_sudo_that_wants_a_password_from_nobody_is_told(machine, tmp_path):
    machine.has("apt-get")
    machine.has("sudo", SUDO_WITH_PASSWORD)
    assert refusal(servers.find_broker, tmp_path) == (
        "No RabbitMQ was found and installing needs root and sudo asks for a password: "
        "install the package rabbitmq-server, or set AMQP_URI to one that runs."
    )


def test_an_apt_that_fails_is_refreshed_once_then_told(machine, tmp_path):
    machine.is_used_by_root()
    machine.has("env", ENV)
    machine.has("apt-get", "exit 100")
    assert refusal(servers.find_broker, tmp_path) == (
        "No RabbitMQ was found and apt-get could not install rabbitmq-server: "
        "install the package rabbitmq-server, or set AMQP_URI to one that runs."
    )
    asked = [call.split()[4] for call in machine.calls() if call.startswith("apt-get")]
    assert asked == ["install", "update"]


def test_root_installs_the_package_when_there_is_no_other_way(machine, tmp_path, monkeypatch):
    machine.is_used_by_root()
    machine.has("env", ENV)
    machine.has("apt-get", f'echo "#!/bin/sh" > {machine.folder}/rabbitmq-server')
    monkeypatch.setattr(servers, "private_broker", lambda folder: folder)
    assert servers.find_broker(tmp_path) == tmp_path


def test_a_user_with_sudo_installs_the_package(machine, tmp_path, monkeypatch):
    machine.has("env", ENV)
    machine.has("true")
    machine.has("sudo", SUDO)
    machine.has("apt-get", f'echo "#!/bin/sh" > {machine.folder}/rabbitmq-server')
    monkeypatch.setattr(servers, "private_broker", lambda folder: folder)
    assert servers.find_broker(tmp_path) == tmp_path
    assert any(call.startswith("sudo -n env") for call in machine.calls())


def test_debian_makes_no_cluster_of_its_own_while_postgresql_is_installed(machine):
    machine.is_used_by_root()
    for program in ("sh", "rm", "apt-get"):
        machine.has(program)
    machine.has("env", ENV)
    packages.install_postgresql()
    assert [call.split()[0] for call in machine.calls()] == ["sh", "env", "apt-get", "rm"]
    assert "create_main_cluster = false" in machine.calls()[0]


def test_a_docker_that_cannot_pull_is_told_and_the_next_way_is_taken(machine, tmp_path, capsys):
    machine.has("docker", ENGINE_WITHOUT_IMAGES)
    assert refusal(servers.find_broker, tmp_path).startswith("No RabbitMQ was found and this machine has no apt-get")
    assert f"Docker cannot pull {docker.IMAGES['broker']}; trying the next way." in capsys.readouterr().out


def test_a_pull_that_does_not_end_is_given_up(machine, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(docker, "PULL_PATIENCE", 0.2)
    machine.has("docker", ENGINE_THAT_HANGS.replace("sleep", "/bin/sleep"))
    assert not docker.usable("broker")
    assert "trying the next way" in capsys.readouterr().out


def test_a_docker_without_an_engine_is_passed_over_in_silence(machine, tmp_path, capsys):
    machine.has("docker", "exit 1")
    assert not docker.usable("broker")
    assert capsys.readouterr().out == ""


def test_a_docker_with_the_image_gives_the_broker(machine, tmp_path):
    machine.has("docker", ENGINE_WITH_IMAGES)
    found = servers.find_broker(tmp_path)
    assert found.how == "docker"
    assert machine.calls()[-1].endswith("up --detach --no-build broker")


def test_an_address_where_nothing_answers_is_told_and_the_next_way_is_taken(machine, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("AMQP_URI", "amqp://guest:guest@127.0.0.1:1/%2F")
    refusal(servers.find_broker, tmp_path)
    assert "AMQP_URI is set but nothing answers there; trying the next way." in capsys.readouterr().out


def test_a_given_broker_that_answers_is_used(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(servers, "check_log_in", print)
    with GreetingServer() as port:
        monkeypatch.setenv("AMQP_URI", f"amqp://guest:guest@127.0.0.1:{port}/%2F")
        found = servers.find_broker(tmp_path)
    assert (found.how, found.keep) == ("AMQP_URI", None)


class GreetingServer:
    """Answers every greeting as a broker does."""

    def __enter__(self) -> int:
        self.listener = socket.create_server(("127.0.0.1", ports.choose(1)[0]))
        threading.Thread(target=self._greet, daemon=True).start()
        return self.listener.getsockname()[1]

    def __exit__(self, *_) -> None:
        self.listener.close()

    def _greet(self) -> None:
        try:
            while True:
                link, _ = self.listener.accept()
                with link:
                    link.recv(8)
                    link.sendall(b"\x01\x00\x00\x00\x00\x00\x0a")
        except OSError:
            pass
