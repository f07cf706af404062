"""Bytes of AMQP 0-9-1: where a broker listens, how messages are packed, where replies carry their correlation id."""

import struct
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

CHANNEL = 1
REPLY_TO = "amq.rabbitmq.reply-to"
END, END_BYTE = b"\xce", 0xCE
METHOD, HEADER, BODY = 1, 2, 3
FRAME = struct.Struct(">BHI")
SIZE = struct.Struct(">Q")
LONG = struct.Struct(">I")
FLAGS = 0x8000 | 0x4000 | 0x2000 | 0x1000 | 0x0400 | 0x0200 | 0x0100
"""content-type, content-encoding, headers, delivery-mode, correlation-id, reply-to, expiration: always all of them."""
LONGEST_SHORT = 255

_FLAGS = struct.Struct(">H")
_CONTENT = struct.Struct(">HHQH")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the broker listens, taken from an AMQP URI."""

    host: str
    port: int
    user: str
    password: str
    vhost: str
    secure: bool

    @classmethod
    def parse(cls, uri: str) -> "Address":
        """ValueError when the URI is no amqp:// or amqps:// address."""
        parts = urlsplit(uri)
        if parts.scheme not in {"amqp", "amqps"}:
            raise ValueError("the broker's address must begin with amqp:// or amqps://")
        return cls(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or (5671 if parts.scheme == "amqps" else 5672),
            user=unquote(parts.username or "guest"),
            password=unquote(parts.password or "guest"),
            vhost=unquote(parts.path[1:]) or "/",
            secure=parts.scheme == "amqps",
        )


def short(text: str) -> bytes:
    """A short string as it travels: one byte of length, then at most 255 bytes."""
    data = text.encode()
    if len(data) > LONGEST_SHORT:
        raise ValueError("an AMQP short string holds at most 255 bytes")
    return bytes((len(data),)) + data


def table(values: dict[str, str]) -> bytes:
    """A header table of strings only; other clients stumble over big integers."""
    entries = b"".join(
        [short(name) + b"S" + LONG.pack(len(data)) + data for name, text in values.items() for data in (text.encode(),)]
    )
    return LONG.pack(len(entries)) + entries


def framed(kind: int, payload: bytes) -> bytes:
    """One frame of the only channel."""
    return FRAME.pack(kind, CHANNEL, len(payload)) + payload + END


_BEFORE = short("application/json") + short("utf-8")
_AFTER = short(REPLY_TO)


def content(method: bytes, *, correlation: bytes, expiration: bytes, headers: bytes, body: bytes, room: int) -> bytes:
    """A whole transient message after its packed publish `method`; no frame carries more than `room` bytes of body."""
    properties = b"".join((
        _CONTENT.pack(60, 0, len(body), FLAGS), _BEFORE, headers, b"\x01",
        bytes((len(correlation),)), correlation, _AFTER, bytes((len(expiration),)), expiration,
    ))  # fmt: skip
    parts = [method, framed(HEADER, properties)]
    parts.extend(framed(BODY, body[start : start + room]) for start in range(0, len(body), room))
    return b"".join(parts)


def correlation_of(header: bytes) -> bytes:
    """The correlation id in a content header frame; empty when the message has none."""
    (flags,) = _FLAGS.unpack_from(header, 12)
    at = 14
    for flag in (0x8000, 0x4000):  # content type and encoding: short strings
        if flags & flag:
            at += 1 + header[at]
    if flags & 0x2000:  # headers: a table
        at += 4 + int(LONG.unpack_from(header, at)[0])
    at += bool(flags & 0x1000) + bool(flags & 0x0800)  # delivery mode and priority: one byte each
    return header[at + 1 : at + 1 + header[at]] if flags & 0x0400 else b""
