"""A partner's world for tests: a real broker, and services whose public logs are lists."""

import json
import time
from dataclasses import dataclass, field

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker, ProbableAccessDeniedError, ProbableAuthenticationError

from chassis.errors import Unavailable
from chassis.outbox import CONTENT_TYPE, EVERYBODY, PARTNERS
from services.identity.adapters.broker_management import Management
from services.identity.adapters.broker_partners import BrokerPartners, Heads
from services.identity.adapters.broker_queue import PublicEvent
from services.identity.domain.partner import Mark, Partner

ACME = Partner(
    name="acme",
    events=("certification.CertificationEarned", "testing.ExamPassed"),
    start="beginning",
    generation=1,
    removed=False,
)
LOOKS = 5
REFUSALS = (ChannelClosedByBroker, ProbableAccessDeniedError, ProbableAuthenticationError)


@dataclass
class Logs:
    """Public logs of two services with one partition each, and the relays that send them."""

    uri: str
    rows: dict[str, list[PublicEvent]] = field(default_factory=lambda: {"testing": [], "certification": []})
    sent: dict[str, int] = field(default_factory=lambda: {"testing": 0, "certification": 0})
    silent: set[str] = field(default_factory=set)
    epoch: str = "E1"

    def add(self, source: str, name: str, *, sealed: bool = False) -> None:
        sequence = len(self.rows[source]) + 1
        envelope = {"id": f"{source}/{self.epoch}/0/{sequence}", "type": f"certtrack.{source}.{name}.v1"}
        self.rows[source].append(PublicEvent(sequence, f"{source}.0.{name}", sealed, envelope))

    def relay(self) -> None:
        """Send what was not sent."""
        with pika.BlockingConnection(pika.URLParameters(self.uri)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            channel.exchange_declare(PARTNERS, "topic", durable=True)
            channel.exchange_declare(EVERYBODY, "topic", durable=True)
            for source, rows in self.rows.items():
                for event in rows[self.sent[source] :]:
                    channel.basic_publish(
                        EVERYBODY if event.sealed else PARTNERS,
                        event.routing_key,
                        json.dumps(event.envelope).encode(),
                        pika.BasicProperties(content_type=CONTENT_TYPE, delivery_mode=2),
                    )
                self.sent[source] = len(rows)

    def heads(self, source: str) -> Heads:
        if source in self.silent:
            raise Unavailable(source)
        return Heads(self.epoch, {0: self.sent[source]})

    def events_after(self, source: str, _partition: int, sequence: int, limit: int) -> list[PublicEvent]:
        return self.rows[source][sequence : sequence + min(limit, 3)]

    def hold(self, source: str, _partition: int, _milliseconds: int) -> int:
        """Between the first look and the hold the source has sent some more."""
        self.add(source, "ExamPassed" if source == "testing" else "CertificationEarned")
        self.relay()
        return self.sent[source]

    def release(self, source: str, _partition: int) -> None:
        self.add(source, "ExamPassed" if source == "testing" else "CertificationEarned")
        self.relay()


@dataclass
class Tables:
    """The registry."""

    partners: list[Partner]
    known: dict[tuple[str, int], list[Mark]] = field(default_factory=dict)

    def everyone(self) -> list[Partner]:
        return self.partners

    def marks(self, partner: Partner) -> list[Mark]:
        return self.known.get((partner.name, partner.generation), [])

    def set_marks(self, partner: Partner, marks) -> None:
        self.known[partner.name, partner.generation] = list(marks)


@dataclass(frozen=True)
class VirtualHost:
    """A corner of the run's broker that nobody else uses."""

    uri: str
    management_url: str


def adapter(broker: VirtualHost, logs: Logs, tables: Tables, clock=time.monotonic) -> BrokerPartners:
    return BrokerPartners(
        bytes(32),
        amqp_uri=broker.uri,
        partitions=1,
        management=Management(broker.management_url, broker.uri),
        sources=logs,
        registry=tables,
        statistics_age=12.0,
        clock=clock,
    )


def as_partner(broker: VirtualHost, partners: BrokerPartners, partner: Partner = ACME) -> pika.BlockingConnection:
    address = pika.URLParameters(broker.uri)
    address.credentials = pika.PlainCredentials(partner.user, partners.password(partner))
    return pika.BlockingConnection(address)


def ready(partners: BrokerPartners) -> None:
    """Look until every partner has its queue: a busy broker may need longer than a hold, and then the next look."""
    for _ in range(LOOKS):
        partners.reconcile()
        if set(partners.states().values()) <= {"ready"}:
            return
    pytest.fail(f"still not ready after {LOOKS} looks: {partners.states()}")


def read(connection: pika.BlockingConnection, queue: str = ACME.queue) -> list[str]:
    """Ids of everything in the queue, acknowledged."""
    channel = connection.channel()
    ids = []
    for delivery, _, body in channel.consume(queue, inactivity_timeout=1.0):
        if delivery is None:
            break
        channel.basic_ack(delivery.delivery_tag)
        ids.append(json.loads(body)["id"])
    channel.cancel()
    return ids


def of(source: str, ids: list[str]) -> list[int]:
    return [int(one.rpartition("/")[2]) for one in ids if one.startswith(f"{source}/")]
