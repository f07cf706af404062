"""Connections to RabbitMQ as every part of the chassis uses them: buffered reads, heartbeats, plain names."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

import amqp
from amqp.exceptions import AMQPError
from amqp.transport import TCPTransport

from chassis.outbox import EVERYBODY, PARTNERS

TROUBLE = (AMQPError, OSError)
"""What a lost or refused connection raises; everything else is a bug."""
HEARTBEAT = 4


class _BufferedTransport(TCPTransport):  # type: ignore[misc]  # py-amqp ships no types
    """Reads as much as there is instead of two system calls per frame; can gather what is written, too."""

    _read_buffer: bytes

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self._gathered: list[bytes] | None = None
        self.soon: Callable[[Callable[[], None]], Any] | None = None
        """Calls a function when the other green threads have had their turn; None to send each frame at once."""

    def write(self, data: Any) -> None:
        """Send, or keep for later what is being gathered; py-amqp reuses its buffer, so a copy is kept."""
        if self._gathered is None and self.soon is None:
            super().write(data)
        elif self._gathered is None and self.soon is not None:
            self._gathered = [bytes(data)]
            self.soon(self._flush_or_hang_up)
        elif self._gathered is not None:
            self._gathered.append(bytes(data))

    def flush(self) -> None:
        """Send what has been gathered, and what comes while the socket is full; raises OSError."""
        try:
            while self._gathered:
                gathered, self._gathered = self._gathered, []
                super().write(b"".join(gathered))
        finally:
            self._gathered = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send everything written meanwhile by one system call; nobody else may write to this connection."""
        self._gathered = []
        try:
            yield
        except BaseException:
            self._gathered = None
            raise
        self.flush()

    def _flush_or_hang_up(self) -> None:
        """Whoever reads the connection learns that it is lost."""
        try:
            self.flush()
        except OSError:
            with suppress(OSError):
                if self.sock is not None:
                    self.sock.shutdown(socket.SHUT_RDWR)

    def _read(self, n: int, *_: Any, **__: Any) -> bytes:
        buffer = self._read_buffer
        try:
            while len(buffer) < n:
                received = self._quick_recv(65536)
                if not received:
                    raise OSError("the broker closed the connection")  # noqa: TRY301  the buffer is kept below
                buffer += received
        except BaseException:
            self._read_buffer = buffer
            raise
        result, self._read_buffer = buffer[:n], buffer[n:]
        return bytes(result)


class Connection(amqp.Connection):  # type: ignore[misc]  # py-amqp ships no types
    """A connection that one greenlet reads while others publish.

    `connection.blocked` is not negotiated: with it py-amqp reads the socket before each publish, and two greenlets
    reading one buffered socket lock each other out.
    """

    negotiate_capabilities: ClassVar[dict[str, bool]] = {
        "consumer_cancel_notify": True,
        "authentication_failure_close": True,
    }

    def Transport(self, host: str, connect_timeout: float | None, ssl: Any = False, *settings: Any, **more: Any) -> Any:  # noqa: N802  py-amqp's own name
        """The buffered transport; TLS keeps py-amqp's own."""
        if ssl:
            return super().Transport(host, connect_timeout, ssl, *settings, **more)
        return _BufferedTransport(host, connect_timeout, *settings, **more)


def connect(uri: str, *, timeout: float = 3.0) -> Connection:
    """An open connection; raises one of TROUBLE."""
    parts = urlsplit(uri)
    connection = Connection(
        host=f"{parts.hostname}:{parts.port or 5672}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        ssl=parts.scheme == "amqps",
        heartbeat=HEARTBEAT,
        connect_timeout=timeout,
        read_timeout=None,
        write_timeout=10,
    )
    connection.connect()
    return connection


def together(channel: Any) -> AbstractContextManager[None]:
    """Within it everything published on a channel is gathered, and leaves at the end; over TLS at once, as ever."""
    transport = channel.connection.transport
    return transport.together() if isinstance(transport, _BufferedTransport) else nullcontext()


def gather(connection: Any, soon: Callable[[Callable[[], None]], Any]) -> None:
    """From now on what green threads publish in one turn leaves in one piece, so that no two mix their frames."""
    if isinstance(connection.transport, _BufferedTransport):
        connection.transport.soon = soon


def close(connection: Any) -> None:
    """Close without waiting for a broker that may be gone."""
    try:
        connection.collect()
    except TROUBLE:
        return


def declare_exchanges(channel: Any) -> None:
    """The two topic exchanges: what partners may see flows on to where services listen."""
    for name in (EVERYBODY, PARTNERS):
        channel.exchange_declare(name, "topic", durable=True, auto_delete=False)
    channel.exchange_bind(destination=EVERYBODY, source=PARTNERS, routing_key="#")


def feed_name(subscriber: str, partition: int) -> str:
    """The queue of one subscriber and partition."""
    return f"{subscriber}.{partition}"


def declare_feed(channel: Any, subscriber: str, partition: int, sources: list[str]) -> str:
    """The queue of one subscriber and partition, bound to all events of its sources; gives its name."""
    name = feed_name(subscriber, partition)
    channel.queue_declare(
        name,
        durable=True,
        exclusive=False,
        auto_delete=False,
        arguments={
            "x-queue-type": "quorum",
            "x-single-active-consumer": True,
            "x-max-length": 100_000,
            "x-overflow": "drop-head",
        },
    )
    for source in sources:
        channel.queue_bind(name, EVERYBODY, f"{source}.{partition}.#")
    return name
