"""A private RabbitMQ and a private PostgreSQL: own ports and data, crash and return, no orphan."""

import os
import signal
import subprocess
import sys

import pika
import pytest

from deploy import broker, ports, postgres, processes
from deploy.broker import PrivateBroker
from deploy.environment import ROOT
from deploy.postgres import PrivatePostgres, ask

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    if broker.find_server() is None:
        pytest.skip("rabbitmq-server is not installed")
    with PrivateBroker(tmp_path_factory.mktemp("broker")) as started:
        yield started


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    if postgres.find_programs() is None:
        pytest.skip("PostgreSQL's programs are not installed")
    started = PrivatePostgres(tmp_path_factory.mktemp("postgres"))
    started.start()
    yield started
    started.remove()


def queue(node: PrivateBroker, *, passive: bool) -> bool:
    """Whether a durable queue is there; made unless `passive`."""
    with pika.BlockingConnection(pika.URLParameters(node.uri)) as link:
        try:
            link.channel().queue_declare("kept", passive=passive, durable=True, arguments={"x-queue-type": "quorum"})
        except pika.exceptions.ChannelClosedByBroker:
            return False
    return True


def test_a_killed_broker_returns_on_the_same_address_with_its_queues_and_a_wiped_one_without(node):
    address = node.uri
    queue(node, passive=False)
    node.kill()
    assert not broker.answers(address)
    node.start()
    assert (node.uri, queue(node, passive=True)) == (address, True)
    node.kill()
    node.wipe()
    node.start()
    assert (node.uri, queue(node, passive=True)) == (address, False)


def test_the_broker_listens_on_loopback_only_and_below_the_ports_the_kernel_hands_out(node):
    assert all(port < 32768 for port in node.ports.values())
    assert [name for name, port in node.ports.items() if not ports.is_free(port, "127.0.0.2")] == []
    assert node.control("list_users").split("\n")[1].startswith("certtrack")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restarted_cluster_keeps_what_was_committed(cluster, mode):
    url = cluster.create_database("kept", "a'word:with%signs")
    ask(url, "CREATE TABLE IF NOT EXISTS facts (number int)", f"INSERT INTO facts VALUES ({len(mode)})")
    cluster.restart(mode)
    assert ask(url, f"SELECT number FROM facts WHERE number = {len(mode)}") == str(len(mode))
    cluster.drop_database("kept")


def test_one_service_cannot_enter_anothers_database(cluster):
    own = cluster.create_database("own")
    cluster.create_database("other")
    assert not postgres.answers(own.rpartition("/")[0] + "/other")


def test_servers_end_with_the_process_that_started_them_even_when_it_is_killed(tmp_path, cluster):
    script = (
        "import os; from pathlib import Path; from deploy.postgres import PrivatePostgres\n"
        f"one = PrivatePostgres(Path({str(tmp_path / 'postgres')!r}))\n"
        "one.start(); print(one.pid, one.data, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    pid, data = done.stdout.split()
    assert done.returncode == -signal.SIGKILL
    assert processes.until(lambda: not processes.belongs(int(pid), data), 5.0)
    PrivatePostgres(tmp_path / "postgres").remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the cluster to a plain user")
def test_a_cluster_of_root_lies_where_its_plain_user_may_enter(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    one = PrivatePostgres(closed / "postgres")
    one.start()
    data = one.data
    owner = data.stat().st_uid
    one.remove()
    assert (owner, data.exists()) == (postgres.plain_owner()[0], False)
