"""Calls between processes: deadlines, typed errors, idempotent commands, own reads, and nameko's stock clients."""

import json
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis import broker
from chassis.calling import BlockingCaller
from chassis.errors import Conflict, Failure, Invalid, NotFound, Rejected, Unavailable
from tests.chassis.line import Line
from tests.chassis.parcels import parcels
from tests.chassis.town import ROOT

pytestmark = pytest.mark.server


@pytest.fixture
def line(town):
    with Line(town.amqp_uri) as opened:
        yield opened


def deadline(seconds):
    return {"certtrack.deadline": str(int((time.time() + seconds) * 1000))}


def test_a_caller_waits_no_longer_than_its_deadline(town):
    with pytest.raises(Unavailable, match="post"):
        town.caller.call("post", "nap", seconds=3, timeout=0.3)


def test_a_caller_keeps_its_line_alive_for_an_answer_that_takes_long(town, monkeypatch):
    monkeypatch.setattr(broker, "HEARTBEAT", 1)  # the broker hangs up on whoever is silent for two of them
    assert town.caller.call("post", "nap", seconds=3, timeout=20) == "awake"


@pytest.fixture
def opened(monkeypatch):
    """Every connection that is opened from here."""
    connections, connect = [], broker.connect

    def counted(*arguments, **named):
        connections.append(connect(*arguments, **named))
        return connections[-1]

    monkeypatch.setattr(broker, "connect", counted)
    return connections


def test_calls_one_after_the_other_share_a_line_and_calls_at_once_do_not(town, opened):
    caller = BlockingCaller(town.amqp_uri)
    assert [caller.call("post", "quick_query") for _ in range(3)] == [1, 1, 1]
    assert len(opened) == 1
    with ThreadPoolExecutor(2) as at_once:
        naps = [at_once.submit(caller.call, "post", "nap", seconds=0.3) for _ in range(2)]
    assert [nap.result() for nap in naps] == ["awake", "awake"]
    assert len(opened) == 2
    caller.close()
    assert not any(line.connected for line in opened)


def test_a_line_that_was_idle_too_long_or_hung_up_on_is_opened_anew(town, opened, monkeypatch):
    caller = BlockingCaller(town.amqp_uri)
    caller.call("post", "quick_query")
    opened[0].sock.shutdown(socket.SHUT_RDWR)
    assert (caller.call("post", "quick_query"), len(opened)) == (1, 2)
    monkeypatch.setattr(broker, "HEARTBEAT", 0)
    assert (caller.call("post", "quick_query"), len(opened)) == (1, 3)
    caller.close()


def test_an_answer_that_came_too_late_is_not_taken_for_the_next(town):
    caller = BlockingCaller(town.amqp_uri)
    with pytest.raises(Unavailable, match="post"):
        caller.call("post", "nap", seconds=0.3, timeout=0.1)
    assert caller.call("post", "nap", seconds=0.5) == "awake"
    assert caller.call("post", "quick_query") == 1
    caller.close()


def test_a_call_whose_deadline_has_passed_is_not_performed(town, line):
    late = line.send("post", "send", headers=deadline(-1), candidate_id="C-late", parcel_id="late")
    in_time = line.send("post", "send", headers=deadline(60), candidate_id="C-late", parcel_id="in-time")

    answers = line.collect([in_time]) + line.collect([late], 0.2)
    assert (answers[0]["error"], answers[1]) == (None, None)
    assert [row.parcel_id for row in town.rows("post", parcels) if row.candidate_id == "C-late"] == ["in-time"]


def test_a_service_that_does_not_exist_is_known_at_once(town):
    with pytest.raises(Unavailable, match="unknown-service"):
        town.caller.call("nobody", "anything", timeout=20)


@pytest.mark.parametrize("kind", [Rejected, NotFound, Conflict, Invalid, Unavailable])
def test_typed_errors_cross_the_border(town, kind):
    with pytest.raises(kind, match=r"^some-code$") as failed:
        town.caller.call("post", "fail", kind=kind.__name__)
    assert (type(failed.value), failed.value.details) == (kind, {"number": 1})


def test_an_error_nobody_foresaw_says_nothing_but_that(line):
    reply = line.ask("post", "fail", kind="bug")
    assert reply["error"]["value"] == "internal"
    assert "secret" not in json.dumps(reply)


@pytest.mark.parametrize(
    ("method", "arguments", "kind", "code"),
    [
        ("nothing", {}, "MethodNotFound", "no-such-method"),
        ("stamp", {"candidate_id": "C-ada"}, "IncorrectSignature", "wrong-arguments"),
        ("heads", {"unexpected": 1}, "IncorrectSignature", "wrong-arguments"),
        ("_publish", {}, "MethodNotFound", "no-such-method"),
    ],
)
def test_a_call_that_fits_no_method_is_refused(line, method, arguments, kind, code):
    error = line.ask("post", method, **arguments)["error"]
    assert (error["exc_type"], error["value"]) == (kind, code)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"null", b'{"args": 1}', b'{"kwargs": []}'])
def test_a_malformed_call_is_refused_and_harms_nobody(line, body):
    line.publish(body, "post.quick_query", "odd", {})
    reply = line.collect(["odd"])[0]
    assert reply["error"]["exc_type"] in {"Invalid", "IncorrectSignature"}
    assert line.ask("post", "quick_query")["result"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"certtrack.deadline": "soon"},
        {"certtrack.at_least": "nonsense"},
        {"certtrack.at_least": '[["post"]]'},
    ],
)
def test_malformed_headers_are_refused_and_harm_nobody(line, headers):
    reply = line.ask("post", "quick_query", headers=headers)
    assert reply["error"]["exc_type"] == "Invalid"
    assert line.ask("post", "quick_query")["result"] == 1


def test_a_repeated_command_is_answered_again_and_done_once(town, line):
    headers = {"certtrack.command": "ada|send|key-1", "certtrack.body": "hash-1"}
    arguments = {"candidate_id": "C-twice", "parcel_id": "twice"}
    first = line.ask("post", "send", headers=headers, **arguments)
    again = line.ask("post", "send", headers=headers, **arguments)
    other = line.ask("post", "send", headers=headers | {"certtrack.body": "hash-2"}, **arguments)

    assert first["result"]["written"][0] == "post"
    assert again == first
    assert (other["error"]["exc_type"], other["error"]["value"]) == ("Conflict", "idempotency-key-reused")


def test_a_refusal_is_told_the_same_way_twice(line):
    headers = {"certtrack.command": "ada|send|key-2", "certtrack.body": "hash"}
    replies = [
        line.ask("post", "send", headers=headers, candidate_id="C-heavy", parcel_id="heavy", weight=99)
        for _ in range(2)
    ]
    assert replies[0] == replies[1]
    error = replies[0]["error"]
    assert (error["exc_type"], error["value"], error["details"]) == ("Rejected", "parcel-too-heavy", {"heaviest": 30})


def test_big_answers_do_not_get_mixed_up(line):
    numbers = [line.send("post", "blow_up", size=size) for size in (900_000, 5, 400_000, 131_065, 17) * 4]
    sizes = [len(reply["result"]) for reply in line.collect(numbers, wait=30)]
    assert sizes == [900_000, 5, 400_000, 131_065, 17] * 4


def test_a_reader_waits_for_what_its_caller_has_written(line):
    outcomes = []
    for number in range(20):
        written = line.ask("post", "send", candidate_id="C-own", parcel_id=f"own-{number}")["result"]["written"]
        headers = {"certtrack.at_least": json.dumps([written])}
        reply = line.ask("depot", "arrived", headers=headers, parcel_id=f"own-{number}")
        outcomes.append((reply["stale"], reply["result"] is not None))

    assert {shown for stale, shown in outcomes if not stale} == {True}


def test_a_reader_that_cannot_catch_up_says_so(town, line):
    epoch = town.call("post", "heads")["epoch"]
    for mark in (["post", epoch, 0, 10**6], ["post", "another-life", 0, 1]):
        reply = line.ask("depot", "arrived", headers={"certtrack.at_least": json.dumps([mark])}, parcel_id="x")
        assert (reply["stale"], reply["error"]) == (True, None)


@pytest.mark.parametrize("source", ["depot", "somebody-it-does-not-follow"])
def test_a_reader_does_not_wait_for_what_it_would_not_show(line, source):
    headers = {"certtrack.at_least": json.dumps([[source, "E", 0, 10**6]])}
    assert line.ask("depot", "arrived", headers=headers, parcel_id="x")["stale"] is False


def test_reached_tells_how_far_a_service_has_come(town):
    written = town.call("post", "send", candidate_id="C-reach", parcel_id="reach")["written"]
    answer = town.call("depot", "reached", marks=[written], wait_ms=5000)
    assert answer["reached"] is True
    assert town.call("depot", "reached", marks=[[*written[:3], 10**6]], wait_ms=10)["reached"] is False


def test_calls_are_answered_again_after_the_broker_was_wiped(town):
    town.wipe()
    assert town.call("post", "quick_query") == 1
    with pytest.raises(Failure, match="some-code"):
        town.caller.call("post", "fail", kind="NotFound")


def test_stock_nameko_clients_can_call_our_services(town):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.chassis.services_under_test.stock_client", town.amqp_uri],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "positional": "post",
        "keywords": "post",
        "built-in": ["0"],
        "rejected": ["Rejected", "not-today"],
        "internal": ["ValueError", "internal"],
        "unknown method": ["MethodNotFound", "no-such-method"],
        "wrong arguments": ["IncorrectSignature", "wrong-arguments"],
        "cluster": None,
        "in parallel": ["awake"] * 5,
    }
