"""The partners adapter against a real RabbitMQ; the services' public logs are played by lists."""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import pika
import pytest
from pika.exceptions import AMQPError

from chassis.errors import Unavailable
from chassis.outbox import EVERYBODY, PARTNERS
from deploy.broker import PrivateBroker, find_server
from deploy.environment import ROOT
from deploy.partners import address
from services.identity.adapters.broker_management import Management
from services.identity.adapters.broker_partners import BrokerPartners
from services.identity.domain.partner import Mark
from tests.corner import corner
from tests.identity.partner_world import ACME, REFUSALS, Logs, Tables, VirtualHost, adapter, as_partner, of, read, ready

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def broker(broker: PrivateBroker) -> Iterator[VirtualHost]:
    with corner(broker, "partners") as place:
        yield VirtualHost(place.uri, place.management_url)


@pytest.fixture
def logs(broker) -> Logs:
    return Logs(broker.uri)


@pytest.fixture
def tables(broker) -> Iterator[Tables]:
    registry = Tables([ACME])
    yield registry
    registry.partners = [replace(partner, removed=True) for partner in registry.partners]
    adapter(broker, Logs(broker.uri), registry).reconcile()


def test_a_partner_from_the_beginning_gets_the_whole_history_in_order_and_nothing_is_missed_while_binding(
    broker, logs, tables
):
    for name in ("ExamPassed", "ExamFailed", "ExamPassed", "ExamPassed", "ExamPassed"):
        logs.add("testing", name)
    logs.add("certification", "CertificationEarned")
    logs.add("certification", "NameOfSomebody", sealed=True)
    logs.relay()
    partners = adapter(broker, logs, tables)
    ready(partners)
    with as_partner(broker, partners) as connection:
        ids = read(connection)
    assert of("testing", ids) == [1, 3, 4, 5, 6, 7]
    assert of("certification", ids) == [1, 3, 4]


def test_a_second_look_changes_nothing(broker, logs, tables):
    partners = adapter(broker, logs, tables)
    ready(partners)
    assert partners.states() == {"acme": "ready"}
    rows = {source: len(events) for source, events in logs.rows.items()}
    partners.reconcile()
    assert rows == {source: len(events) for source, events in logs.rows.items()}


def test_a_partner_from_now_on_gets_only_what_comes_after_it_was_added(broker, logs, tables):
    for _ in range(3):
        logs.add("testing", "ExamPassed")
    logs.relay()
    partners = adapter(broker, logs, tables)
    tables.set_marks(ACME, partners.starting_marks(ACME.events))
    logs.add("testing", "ExamPassed")
    logs.relay()
    ready(partners)
    with as_partner(broker, partners) as connection:
        assert of("testing", read(connection)) == [4, 5, 6]


def test_a_partner_reads_its_own_queue_and_nothing_else(broker, logs, tables):
    partners = adapter(broker, logs, tables)
    ready(partners)
    with pika.BlockingConnection(pika.URLParameters(broker.uri)) as administrator:
        for queue in ("rpc-identity", "fulfillment.0", "partner.acme2", "xpartner.acme", "partnerXacme"):
            administrator.channel().queue_declare(queue, durable=True)
        administrator.channel().exchange_declare("nameko-rpc", "topic", durable=True)
    forbidden = {
        "read another's queue": lambda c: c.basic_get("partner.acme2"),
        "read calls": lambda c: c.basic_get("rpc-identity"),
        "consume a service's feed": lambda c: c.basic_consume("fulfillment.0", print),
        "read a longer name": lambda c: c.basic_get("xpartner.acme"),
        "read a look-alike": lambda c: c.basic_get("partnerXacme"),
        "declare a queue": lambda c: c.queue_declare("mine"),
        "declare one without a name": lambda c: c.queue_declare(""),
        "declare its own anew": lambda c: c.queue_declare("partner.acme", durable=True),
        "delete its own": lambda c: c.queue_delete("partner.acme"),
        "empty another's": lambda c: c.queue_purge("partner.acme2"),
        "bind more": lambda c: c.queue_bind("partner.acme", EVERYBODY, "#"),
        "unbind": lambda c: c.queue_unbind("partner.acme", PARTNERS, "testing.0.ExamPassed"),
        "declare an exchange": lambda c: c.exchange_declare("mine"),
        "tell events": lambda c: publish(c, PARTNERS, "testing.0.ExamPassed"),
        "tell services": lambda c: publish(c, EVERYBODY, "testing.0.ExamPassed"),
        "call services": lambda c: publish(c, "nameko-rpc", "identity.erase"),
        "fill its own queue": lambda c: publish(c, "", "partner.acme"),
    }
    allowed = [what for what, act in forbidden.items() if not is_refused(broker, partners, act)]
    assert allowed == []
    assert not is_refused(broker, partners, lambda c: c.basic_consume("partner.acme", print))


def test_the_script_of_the_guide_ends_with_a_sentence_where_it_is_refused(broker, logs, tables):
    ready(adapter(broker, logs, tables))
    uri = address(broker.uri, "partner-acme", "wrong")
    script = [sys.executable, "docs/partner_example.py", uri, "partner.acme", "1", "1"]
    ended = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert ended.stderr.startswith("The broker refuses: ConnectionClosedByBroker: (403) 'ACCESS_REFUSED")


def publish(channel, exchange: str, key: str) -> None:
    channel.confirm_delivery()
    channel.basic_publish(exchange, key, b"{}")


def is_refused(broker: VirtualHost, partners: BrokerPartners, act) -> bool:
    connection = as_partner(broker, partners)
    try:
        act(connection.channel())
    except REFUSALS as refusal:
        return "ACCESS_REFUSED" in str(refusal)
    else:
        return False
    finally:
        if connection.is_open:
            connection.close()


def test_a_partners_user_may_not_use_the_management_api(broker, logs, tables):
    partners = adapter(broker, logs, tables)
    ready(partners)
    address = broker.management_url.rpartition("@")[2]
    url = f"http://{ACME.user}:{partners.password(ACME)}@{address}"
    with pytest.raises(Unavailable) as refusal:
        Management(url, broker.uri).definitions(PARTNERS)
    assert refusal.value.details == {"reason": "GET /api/definitions answered 401"}


def test_a_lost_queue_is_filled_again_from_the_mark(broker, logs, tables):
    for _ in range(5):
        logs.add("testing", "ExamPassed")
    logs.relay()
    tables.set_marks(ACME, [Mark(source="testing", partition=0, epoch="E1", sequence=3)])
    partners = adapter(broker, logs, tables)
    partners.reconcile()
    with pika.BlockingConnection(pika.URLParameters(broker.uri)) as administrator:
        administrator.channel().queue_delete(ACME.queue)
    assert partners.states() == {"acme": "filling"}
    ready(partners)
    with as_partner(broker, partners) as connection:
        ids = read(connection)
    assert of("testing", ids) == list(range(4, len(logs.rows["testing"]) + 1))


def test_another_epoch_is_told_from_its_beginning(broker, logs, tables):
    logs.epoch = "E2"
    for _ in range(3):
        logs.add("testing", "ExamPassed")
    logs.relay()
    tables.set_marks(ACME, [Mark(source="testing", partition=0, epoch="E1", sequence=2)])
    partners = adapter(broker, logs, tables)
    ready(partners)
    with as_partner(broker, partners) as connection:
        assert of("testing", read(connection)) == [1, 2, 3, 4, 5]


def test_while_a_source_is_silent_the_partner_waits_and_sees_nothing_half_filled(broker, logs, tables):
    logs.silent = {"certification"}
    partners = adapter(broker, logs, tables)
    partners.reconcile()
    assert partners.states() == {"acme": "filling"}
    with pytest.raises(REFUSALS):
        as_partner(broker, partners)
    logs.silent = set()
    ready(partners)
    assert partners.states() == {"acme": "ready"}


def test_a_hold_that_may_have_ended_too_early_is_not_trusted(broker, logs, tables):
    slow = itertools.count(step=4)
    partners = adapter(broker, logs, tables, clock=lambda: next(slow))
    partners.reconcile()
    assert partners.states() == {"acme": "filling"}
    with pytest.raises(REFUSALS):
        as_partner(broker, partners)


def test_a_removed_partner_is_cut_off_and_its_next_password_is_another(broker, logs, tables):
    partners = adapter(broker, logs, tables)
    ready(partners)
    connection = as_partner(broker, partners)
    tables.partners = [replace(ACME, removed=True)]
    partners.reconcile()
    with pytest.raises((AMQPError, OSError)):
        connection.channel().basic_consume(ACME.queue, print)
    with pytest.raises(REFUSALS):
        as_partner(broker, partners)
    again = replace(ACME, generation=2)
    tables.partners = [again]
    ready(partners)
    assert partners.password(again) != partners.password(ACME)
    with as_partner(broker, partners, again) as other:
        assert read(other) != []


def test_marks_move_when_the_partner_has_acknowledged_everything_and_not_before(broker, logs, tables):
    logs.add("testing", "ExamPassed")
    logs.relay()
    partners = adapter(broker, logs, tables)
    partners.reconcile()
    with as_partner(broker, partners) as connection:
        channel, taken = connection.channel(), []
        channel.basic_consume(ACME.queue, lambda _channel, delivery, *_: taken.append(delivery.delivery_tag))

        def look() -> list[Mark]:
            connection.process_data_events(0.5)
            partners.reconcile()
            return tables.marks(ACME)

        until = time.monotonic() + 16
        while time.monotonic() < until:
            assert look() == []
        channel.basic_ack(taken[-1], multiple=True)
        _wait_for(look, seconds=30)
    assert tables.marks(ACME) == [
        Mark(source="certification", partition=0, epoch="E1", sequence=logs.sent["certification"]),
        Mark(source="testing", partition=0, epoch="E1", sequence=logs.sent["testing"]),
    ]


@pytest.mark.skipif(find_server() is None, reason="the program rabbitmq-server is not installed")
def test_after_a_wiped_broker_everything_is_there_again_from_the_mark(tmp_path):
    with PrivateBroker(tmp_path) as node:
        logs, tables = Logs(node.uri), Tables([ACME])
        host = VirtualHost(node.uri, node.management_url)
        for _ in range(4):
            logs.add("testing", "ExamPassed")
        logs.relay()
        tables.set_marks(ACME, [Mark(source="testing", partition=0, epoch="E1", sequence=2)])
        partners = adapter(host, logs, tables)
        ready(partners)
        node.kill()
        with pytest.raises(Unavailable):
            partners.reconcile()
        node.wipe()
        node.start()
        ready(partners)
        with as_partner(host, partners) as connection:
            ids = read(connection)
        assert of("testing", ids) == list(range(3, len(logs.rows["testing"]) + 1))


def _wait_for(condition, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.5)
