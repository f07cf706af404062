"""AMQP frames, compared with those of a general library."""

import pytest
from pamqp import commands, frame
from pamqp.body import ContentBody
from pamqp.header import ContentHeader

from gateway.frames import Address, content, correlation_of, short, table

METHOD = frame.marshal(commands.Basic.Publish(exchange="nameko-rpc", routing_key="a.b", mandatory=True), 1)


def unpacked(data: bytes) -> list[object]:
    frames = []
    while data:
        size, _, parsed = frame.unmarshal(data)
        frames.append(parsed)
        data = data[size:]
    return frames


def test_a_message_is_what_a_general_library_reads():
    packed = content(
        METHOD,
        correlation=b"7",
        expiration=b"1500",
        headers=table({"certtrack.command": "Ä|b"}),
        body=b"abcdef",
        room=4,
    )

    publish, header, *bodies = unpacked(packed)

    assert (publish.exchange, publish.routing_key, publish.mandatory) == ("nameko-rpc", "a.b", True)
    assert isinstance(header, ContentHeader)
    assert header.body_size == 6
    assert {name: value for name, value in header.properties if value} == {
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "headers": {"certtrack.command": "Ä|b"},
        "delivery_mode": 1,
        "correlation_id": "7",
        "reply_to": "amq.rabbitmq.reply-to",
        "expiration": "1500",
    }
    assert [body.value for body in bodies if isinstance(body, ContentBody)] == [b"abcd", b"ef"]


@pytest.mark.parametrize(
    "properties",
    [
        commands.Basic.Properties(correlation_id="17"),
        commands.Basic.Properties(content_type="a/b", content_encoding="utf-8", headers={"x": 1}, correlation_id="17"),
        commands.Basic.Properties(headers={"x": "y"}, delivery_mode=2, priority=0, correlation_id="17", reply_to="z"),
    ],
)
def test_the_correlation_id_is_found_among_any_properties(properties):
    header = frame.marshal(ContentHeader(body_size=1, properties=properties), 1)
    assert correlation_of(header[7:-1]) == b"17"


def test_a_message_without_a_correlation_id_has_an_empty_one():
    header = frame.marshal(ContentHeader(body_size=1, properties=commands.Basic.Properties(content_type="a/b")), 1)
    assert correlation_of(header[7:-1]) == b""


def test_short_strings_have_at_most_255_bytes():
    assert short("x" * 255)[0] == 255
    with pytest.raises(ValueError, match="255"):
        short("x" * 256)


@pytest.mark.parametrize(
    ("uri", "vhost", "port"),
    [
        ("amqp://u:p%40w@host", "/", 5672),
        ("amqp://u:p%40w@host:1/%2F", "/", 1),
        ("amqps://u:p%40w@host/ab", "ab", 5671),
    ],
)
def test_addresses_are_read_from_uris(uri, vhost, port):
    address = Address.parse(uri)
    assert (address.user, address.password, address.vhost, address.port) == ("u", "p@w", vhost, port)


def test_other_schemes_are_refused():
    with pytest.raises(ValueError, match="amqp"):
        Address.parse("http://host/")
