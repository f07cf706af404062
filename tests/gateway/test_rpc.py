"""Calls to a stock nameko service over a real broker."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from chassis.errors import WIRE, NotFound, Unavailable
from gateway.calls import Caller
from gateway.marks import Mark
from gateway.rpc import MOST_WAITING, Client
from tests.gateway import places

pytestmark = pytest.mark.server
NONE = b"\0\0\0\0"
"""A packed table of no headers."""


CONNECTS_WITHIN = 5.0
"""Seconds that a busy broker may take for a connection; a call alone waits for 0.3."""


async def connected(client: Client) -> None:
    """Wait for the client's connection."""
    await asyncio.wait_for(client._up.wait(), CONNECTS_WITHIN)


def talk(uri: str, story: Callable[[Client], Awaitable[Any]]) -> Any:
    """Run a story with a client, connected unless there is nobody to connect with."""

    async def scene() -> Any:
        client = Client(uri)
        client.start()
        try:
            if uri != places.NOWHERE:
                await connected(client)
            return await story(client)
        finally:
            await client.stop()

    return asyncio.run(scene())


def test_a_call_is_answered_by_a_stock_nameko_service(services, amqp_uri):
    async def story(client):
        return await Caller(client).result("echo", "say", words="Grüße, 世界", number=7)

    assert talk(amqp_uri, story) == {"words": "Grüße, 世界", "number": 7}


def test_headers_reach_the_service_as_strings(services, amqp_uri):
    async def story(client):
        caller = Caller(client, correlation="abc", traceparent="00-1-2-01", at_least=[Mark("identity", "e1", 0, 7)])
        caller.identify("ADA|POST /x|key", "hash")
        told = await caller.result("echo", "told")
        told.pop("certtrack.deadline")
        return told

    assert talk(amqp_uri, story) == {
        "certtrack.correlation": "abc",
        "traceparent": "00-1-2-01",
        "certtrack.at_least": '[["identity","e1",0,7]]',
        "certtrack.command": "ADA|POST /x|key",
        "certtrack.body": "hash",
    }


def test_a_body_of_many_frames_comes_back_whole(services, amqp_uri):
    words = "x" * 400_000

    async def story(client):
        return await Caller(client).result("echo", "say", words=words)

    assert talk(amqp_uri, story) == {"words": words}


@pytest.mark.parametrize("kind", sorted(WIRE))
def test_typed_errors_arrive_as_they_were_raised(services, amqp_uri, kind):
    async def story(client):
        with pytest.raises(WIRE[kind]) as caught:
            await Caller(client).result("echo", "refuse", kind=kind)
        return caught.value.code

    assert talk(amqp_uri, story) == "some-code"


def test_any_other_error_means_that_the_service_is_broken(services, amqp_uri):
    async def story(client):
        codes = []
        for method, arguments in (("refuse", {"kind": "ValueError"}), ("say", {})):
            with pytest.raises(Unavailable) as caught:
                await Caller(client).result("echo", method, **arguments)
            codes.append(caught.value.code)
        return codes

    assert talk(amqp_uri, story) == ["service-broken"] * 2


def test_a_service_that_does_not_offer_a_method_yet_says_so(services, amqp_uri):
    async def story(client):
        with pytest.raises(NotFound) as caught:
            await Caller(client).result("echo", "no_such_method")
        return caught.value.code

    assert talk(amqp_uri, story) == "no-such-method"


def test_a_service_that_never_was_is_away_at_once(services, amqp_uri):
    async def story(client):
        await Caller(client).result("echo", "say", words="warm")
        began = time.monotonic()
        with pytest.raises(Unavailable, match="service-away"):
            await Caller(client).result("nobody", "home")
        return time.monotonic() - began

    assert talk(amqp_uri, story) < 1.0


def test_a_slow_service_is_not_waited_for_beyond_the_deadline(services, amqp_uri):
    async def story(client):
        began = time.monotonic()
        with pytest.raises(Unavailable, match="too-slow"):
            await client.call("echo", "rest", {"pause": 1}, headers=NONE, seconds=0.2)
        return time.monotonic() - began

    assert talk(amqp_uri, story) < 0.9


def test_beyond_a_full_line_calls_are_refused_at_once_and_only_for_that_service(services, amqp_uri):
    async def story(client):
        await Caller(client).result("echo", "say", words="warm")
        sleepers = [client.call("echo", "rest", {"pause": 1}, headers=NONE, seconds=0.3) for _ in range(MOST_WAITING)]
        with pytest.raises(Unavailable, match="rush"):
            await client.call("echo", "say", {"words": "usual"}, headers=NONE)
        with pytest.raises(Unavailable, match="service-away"):
            await client.call("nobody", "home", {}, headers=NONE)
        patient = client.call("echo", "say", {"words": "long"}, headers=NONE, seconds=30.0)
        await asyncio.gather(*sleepers, return_exceptions=True)
        usual = client.call("echo", "say", {"words": "again"}, headers=NONE)
        return [(await one).result["words"] for one in (patient, usual)]

    assert talk(amqp_uri, story) == ["long", "again"]


def test_a_hundred_parallel_calls_get_each_its_own_answer(services, amqp_uri):
    async def story(client):
        caller = Caller(client)
        return await asyncio.gather(*(caller.result("echo", "say", words=str(number)) for number in range(100)))

    assert [answer["words"] for answer in talk(amqp_uri, story)] == [str(number) for number in range(100)]


def test_a_composed_answer_names_the_silent_service_and_keeps_the_others(services, amqp_uri):
    async def story(client):
        caller = Caller(client)
        return await caller.together(
            here=caller.ask("echo", "say", words="hello"), gone=caller.ask("nobody", "home", seconds=0.5)
        )

    assert talk(amqp_uri, story) == ({"here": {"words": "hello"}, "gone": None}, ["gone"])


def test_without_a_broker_a_call_fails_after_the_time_of_a_reconnect():
    async def story(client):
        began = time.monotonic()
        with pytest.raises(Unavailable, match="broker"):
            await Caller(client).result("echo", "say", words="lost")
        return time.monotonic() - began

    assert 0.25 < talk(places.NOWHERE, story) < 1.2


def test_a_lost_connection_fails_what_waits_and_is_made_again(services, amqp_uri):
    async def story(client):
        await Caller(client).result("echo", "say", words="before")
        waiting = Caller(client).ask("echo", "rest", pause=1)
        await asyncio.sleep(0.05)
        client._wire._transport.abort()
        with pytest.raises(Unavailable, match="broker"):
            await waiting
        await connected(client)
        return await Caller(client).result("echo", "say", words="after")

    assert talk(amqp_uri, story) == {"words": "after"}
