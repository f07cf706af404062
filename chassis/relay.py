"""Publishing the public log: one relay per service, and the mark moves only behind the broker's confirms."""

import threading
import time
from contextlib import suppress
from typing import Any

import amqp
import structlog

from chassis import broker, outbox
from chassis.command_handling import Unit
from chassis.committer import Committer
from chassis.database import Database, is_away
from chassis.errors import Failure, Unavailable
from chassis.leader import Leadership
from chassis.projections import Rows
from chassis.tables import relay_marks

log = structlog.get_logger()

BATCH = 500
POLL_SECONDS = 1.0
CONFIRM_SECONDS = 5.0


class Relay:
    """Sends what is behind the mark, in order; may step back, because subscribers skip what they have."""

    def __init__(self, database: Database, committer: Committer, *, source: str, amqp_uri: str) -> None:
        self._database = database
        self._committer = committer
        self._source = source
        self._amqp_uri = amqp_uri
        self._leadership = Leadership(database, "relay")
        self._kicked = threading.Event()
        self._publishing = threading.Lock()
        self._held_until: dict[int, float] = {}
        self._marking: dict[int, tuple[int, Unit]] = {}
        self._stopping = False
        self.connected = False

    def kick(self) -> None:
        """There is something new: look now."""
        self._kicked.set()

    def stop(self) -> None:
        """End after the batch at hand."""
        self._stopping = True
        self._kicked.set()

    def hold(self, partition: int, milliseconds: int) -> int:
        """Publish nothing of a partition for a while; gives the last sequence sent. Nothing is in flight then.

        Raises Unavailable where another replica is the one that relays: ask again.
        """
        if not self.connected:
            raise Unavailable("relays-elsewhere")
        with self._publishing:
            self._held_until[partition] = time.monotonic() + milliseconds / 1000
            return self._sent().get(partition, 0)

    def release(self, partition: int) -> None:
        """End a hold."""
        self._held_until.pop(partition, None)
        self.kick()

    def run(self) -> None:
        """Relay until stopped; troubles of broker and database are waited out."""
        while not self._stopping:
            try:
                with self._leadership.held() as leads:
                    if leads:
                        self._session()
            except (*broker.TROUBLE, Failure) as trouble:
                log.warning("relay-waits", reason=type(trouble).__name__)
            except Exception as error:
                if is_away(error):
                    log.warning("relay-waits", reason=type(error).__name__)
                else:
                    log.error("relay-failed", exc_info=error)
            finally:
                self.connected = False
            if not self._stopping:
                time.sleep(0.3)

    def _session(self) -> None:
        connection = broker.connect(self._amqp_uri)
        try:
            channel = connection.channel()
            broker.declare_exchanges(channel)
            confirms = _Confirms(connection, channel)
            self.connected = True
            while not self._stopping:
                self._kicked.clear()
                while self._publish_waiting(channel, confirms):
                    pass
                self._kicked.wait(POLL_SECONDS)
                _beat(connection)
                self._leadership.check()
        finally:
            broker.close(connection)

    def _publish_waiting(self, channel: Any, confirms: "_Confirms") -> bool:
        """One batch per partition; says whether there may be more."""
        with self._publishing:
            more = False
            for partition, sent in self._sent().items():
                if self._held_until.get(partition, 0) > time.monotonic():
                    continue
                with self._database.read() as connection:
                    rows = outbox.after(connection, partition, sent, BATCH)
                if rows:
                    confirms.expect(len(rows))
                    self.publish(channel, rows)
                    confirms.wait()
                    self.mark(partition, rows[-1].sequence)
                    more = more or len(rows) == BATCH
            return more

    def publish(self, channel: Any, rows: list[Any]) -> None:
        """Hand rows to the broker, in order; sealed ones go only where services listen."""
        with broker.together(channel):
            for stored in rows:
                self._publish(channel, stored)

    def _publish(self, channel: Any, stored: Any) -> None:
        message = amqp.Message(
            outbox.envelope(self._source, stored),
            content_type=outbox.CONTENT_TYPE,
            delivery_mode=2,
            message_id=f"{self._source}/{stored.epoch}/{stored.partition}/{stored.sequence}",
        )
        channel._basic_publish(  # noqa: SLF001  the public name waits for each confirm by itself
            message,
            exchange=outbox.EVERYBODY if stored.sealed else outbox.PARTNERS,
            routing_key=outbox.routing_key(self._source, stored.partition, stored.name),
        )

    def mark(self, partition: int, sequence: int) -> None:
        """Remember what the broker has confirmed; the next batch need not wait for this commit."""

        def move(rows: Rows) -> None:
            rows.change(relay_marks, key=(partition,), sent=sequence)

        unit = Unit(writes=[move])
        self._committer.submit(unit)
        self._marking[partition] = (sequence, unit)

    def _sent(self) -> dict[int, int]:
        """Up to where the broker has confirmed: the marks that stand, or those that are still being committed."""
        for partition, (_, unit) in list(self._marking.items()):
            if unit.done.done():
                del self._marking[partition]
                unit.done.result()
        with self._database.read() as connection:
            return outbox.sent_of(connection) | {partition: sent for partition, (sent, _) in self._marking.items()}


def _beat(connection: Any) -> None:
    """Read the broker's heartbeats and send ours; raises one of broker.TROUBLE when the line is dead."""
    with suppress(TimeoutError):
        connection.drain_events(timeout=0.001)
    connection.heartbeat_tick()


class _Confirms:
    """Keeps book of the broker's confirms of one channel."""

    def __init__(self, connection: Any, channel: Any) -> None:
        self._connection = connection
        self._published = 0
        self._open: set[int] = set()
        self._refused = False
        channel.confirm_select()
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)

    def expect(self, count: int) -> None:
        """The next `count` messages are on their way."""
        self._open.update(range(self._published + 1, self._published + count + 1))
        self._published += count

    def wait(self) -> None:
        """Until all are confirmed; raises OSError when the broker refuses one or takes too long."""
        until = time.monotonic() + CONFIRM_SECONDS
        while self._open:
            if self._refused or time.monotonic() > until:
                raise OSError("the broker did not confirm")
            self._connection.drain_events(timeout=CONFIRM_SECONDS)

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        if multiple:
            self._open = {tag for tag in self._open if tag > delivery_tag}
        else:
            self._open.discard(delivery_tag)

    def _on_nack(self, delivery_tag: int, multiple: bool) -> None:
        del delivery_tag, multiple
        self._refused = True
