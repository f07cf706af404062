"""A lean AMQP 0-9-1 client on asyncio: one connection, one channel, requests out, direct replies in.

General clients pay three reads, two queues and a task per message; this one parses what has arrived in one go and
writes what one turn of the loop has published in one go.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pamqp import commands, frame, heartbeat
from pamqp.base import Frame

from gateway.frames import (
    BODY,
    CHANNEL,
    END,
    END_BYTE,
    FRAME,
    HEADER,
    LONG,
    METHOD,
    REPLY_TO,
    SIZE,
    Address,
    content,
    correlation_of,
)

if TYPE_CHECKING:
    from pamqp.common import FieldTable

HEARTBEAT_SECONDS = 10
LEAST_FRAME = 8
DELIVER, RETURN = (60 << 16) | 60, (60 << 16) | 50

F = TypeVar("F", bound=Frame)


class WireClosed(Exception):
    """The connection is gone; the message says why in broker's words."""


class Wire(asyncio.Protocol):
    """One open connection. `on_reply(correlation id, body)` and `on_return(correlation id)` are called as they come."""

    def __init__(self, on_reply: Callable[[bytes, bytes], None], on_return: Callable[[bytes], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_reply, self._on_return = on_reply, on_return
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._out: list[bytes] = []
        self._methods: dict[tuple[str, str], bytes] = {}
        self._awaited: asyncio.Future[Frame] | None = None
        self._returned = False
        self._correlation, self._wanted, self._chunks = b"", 0, list[bytes]()
        self._frame_max = 131072
        self._heard_at = self._loop.time()
        self._beat: asyncio.TimerHandle | None = None
        self._full = self._blocked = False
        self._reason = "connection closed"
        self.lost: asyncio.Future[str] = self._loop.create_future()

    @property
    def congested(self) -> bool:
        """Whether the broker has stopped taking messages."""
        return self._full or self._blocked

    def publish(
        self, exchange: str, routing_key: str, *, correlation: bytes, expiration: bytes, headers: bytes, body: bytes
    ) -> None:
        """Send one transient, mandatory message; `headers` is a packed `table`, `expiration` digits of milliseconds."""
        method = self._methods.get((exchange, routing_key))
        if method is None:
            method = self._methods[exchange, routing_key] = frame.marshal(
                commands.Basic.Publish(exchange=exchange, routing_key=routing_key, mandatory=True), CHANNEL
            )
        self.write(
            content(
                method, correlation=correlation, expiration=expiration, headers=headers, body=body,
                room=self._frame_max - 8,
            )
        )  # fmt: skip

    def write(self, data: bytes) -> None:
        """Queue bytes; everything of this turn of the loop leaves in one system call."""
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(data)

    def close(self) -> None:
        """Say goodbye and hang up; pending replies are lost."""
        if self._transport is None or self._transport.is_closing():
            return
        self._flush()
        self._transport.write(frame.marshal(commands.Connection.Close(200, "", 0, 0), 0))
        self._transport.close()

    async def handshake(self, address: Address) -> None:
        """Open connection and channel."""
        self.write(b"AMQP\x00\x00\x09\x01")
        await self._next(commands.Connection.Start)
        self._send(0, _start_ok(address))
        tune = await self._next(commands.Connection.Tune)
        beat = min(HEARTBEAT_SECONDS, tune.heartbeat or HEARTBEAT_SECONDS)
        self._frame_max = tune.frame_max or self._frame_max
        self._send(0, commands.Connection.TuneOk(tune.channel_max, self._frame_max, beat))
        self._send(0, commands.Connection.Open(virtual_host=address.vhost))
        await self._next(commands.Connection.OpenOk)
        self._send(CHANNEL, commands.Channel.Open())
        await self._next(commands.Channel.OpenOk)
        self._keep_beating(beat)

    async def take_replies(self, exchange: str) -> None:
        """Declare nameko's topic exchange and listen for direct replies."""
        await self._declare(exchange)
        await self._consume(REPLY_TO)

    async def take_events(self, exchange: str) -> None:
        """Listen to everything on a topic exchange by a queue that lives as long as this connection."""
        await self._declare(exchange)
        queue = commands.Queue.Declare(queue="", exclusive=True, auto_delete=True)
        self._send(CHANNEL, queue)
        name = (await self._next(commands.Queue.DeclareOk)).queue or ""
        self._send(CHANNEL, commands.Queue.Bind(queue=name, exchange=exchange, routing_key="#"))
        await self._next(commands.Queue.BindOk)
        await self._consume(name)

    async def _declare(self, exchange: str) -> None:
        self._send(CHANNEL, commands.Exchange.Declare(exchange=exchange, exchange_type="topic", durable=True))
        await self._next(commands.Exchange.DeclareOk)

    async def _consume(self, queue: str) -> None:
        self._send(CHANNEL, commands.Basic.Consume(queue=queue, no_ack=True))
        await self._next(commands.Basic.ConsumeOk)

    async def _next(self, kind: type[F]) -> F:
        self._awaited = self._loop.create_future()
        answer = await self._awaited
        if not isinstance(answer, kind):
            raise WireClosed(f"the broker answered {answer.name} instead of {kind.name}")
        return answer

    def _send(self, channel: int, method: Frame) -> None:
        self.write(frame.marshal(method, channel))

    def _flush(self) -> None:
        out, self._out = self._out, []
        if out and self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"".join(out))

    def _keep_beating(self, seconds: float) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        if self._loop.time() - self._heard_at > 2 * seconds:
            self._give_up("the broker is silent")
            return
        self.write(frame.marshal(heartbeat.Heartbeat(), 0))
        self._beat = self._loop.call_later(seconds / 2, self._keep_beating, seconds)

    def _give_up(self, reason: str) -> None:
        self._reason = reason
        if self._transport is not None:
            self._transport.abort()

    # asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def pause_writing(self) -> None:
        """The socket is full."""
        self._full = True

    def resume_writing(self) -> None:
        """The socket takes bytes again."""
        self._full = False

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell everybody who waits."""
        if self._beat is not None:
            self._beat.cancel()
        reason = str(exc) if exc else self._reason
        if not self.lost.done():
            self.lost.set_result(reason)
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_exception(WireClosed(reason))

    def data_received(self, data: bytes) -> None:
        """Take every whole frame out of the buffer."""
        self._heard_at = self._loop.time()
        buffer = self._rest + data if self._rest else data
        at, size = 0, len(buffer)
        while size - at >= LEAST_FRAME:
            kind, channel, length = FRAME.unpack_from(buffer, at)
            end = at + 7 + length
            if end >= size:
                break
            if buffer[end] != END_BYTE:
                self._give_up("the broker sent a damaged frame")
                return
            self._take(kind, channel, buffer[at + 7 : end])
            at = end + 1
        self._rest = buffer[at:]

    def _take(self, kind: int, channel: int, payload: bytes) -> None:
        if kind == METHOD:
            (method,) = LONG.unpack_from(payload)
            if method in {DELIVER, RETURN}:
                self._returned = method == RETURN
            else:
                self._control(frame.unmarshal(FRAME.pack(METHOD, channel, len(payload)) + payload + END)[2])
        elif kind == HEADER:
            (self._wanted,) = SIZE.unpack_from(payload, 4)
            self._correlation, self._chunks = correlation_of(payload), []
            self._finish()
        elif kind == BODY:
            self._wanted -= len(payload)
            self._chunks.append(payload)
            self._finish()

    def _finish(self) -> None:
        if self._wanted > 0:
            return
        if self._returned:
            self._on_return(self._correlation)
        else:
            self._on_reply(self._correlation, b"".join(self._chunks))

    def _control(self, method: Any) -> None:
        match method:
            case commands.Connection.Close():
                self._send(0, commands.Connection.CloseOk())
                self._end(f"closed by the broker: {method.reply_text}")
            case commands.Channel.Close():
                self._end(f"channel closed by the broker: {method.reply_text}")
            case commands.Basic.Cancel():
                self._end("the broker no longer sends replies")
            case commands.Connection.Blocked():
                self._blocked = True
            case commands.Connection.Unblocked():
                self._blocked = False
            case _ if self._awaited is not None and not self._awaited.done():
                self._awaited.set_result(method)

    def _end(self, reason: str) -> None:
        self._reason = reason
        self._flush()
        if self._transport is not None:
            self._transport.close()


def _start_ok(address: Address) -> commands.Connection.StartOk:
    capabilities: FieldTable = {"connection.blocked": True, "authentication_failure_close": True}
    return commands.Connection.StartOk(
        client_properties={"product": "certtrack-gateway", "capabilities": capabilities},
        mechanism="PLAIN",
        response=f"\0{address.user}\0{address.password}",
        locale="en_US",
    )


async def connect(
    uri: str, *, exchange: str, on_reply: Callable[[bytes, bytes], None], on_return: Callable[[bytes], None]
) -> Wire:
    """An open wire that receives direct replies; OSError or WireClosed when the broker refuses."""
    return await _connected(uri, on_reply, on_return, lambda wire: wire.take_replies(exchange))


async def follow(uri: str, *, exchange: str, on_event: Callable[[bytes], None]) -> Wire:
    """An open wire that receives everything that is told on an exchange; OSError or WireClosed when it cannot."""
    return await _connected(
        uri, lambda _correlation, body: on_event(body), lambda _: None, lambda wire: wire.take_events(exchange)
    )


async def _connected(
    uri: str,
    on_reply: Callable[[bytes, bytes], None],
    on_return: Callable[[bytes], None],
    begin: Callable[[Wire], Awaitable[None]],
) -> Wire:
    address = Address.parse(uri)
    context = ssl.create_default_context() if address.secure else None
    _, wire = await asyncio.get_running_loop().create_connection(
        lambda: Wire(on_reply, on_return), address.host, address.port, ssl=context
    )
    try:
        await wire.handshake(address)
        await begin(wire)
    except BaseException:
        wire.close()
        raise
    return wire
