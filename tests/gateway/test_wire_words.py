"""Marks, keys, hashes, problems: the words between clients, gateway and services."""

import pytest

from chassis.errors import WIRE, Conflict, Invalid, NotFound, Rejected, Unavailable
from gateway import idempotency, marks, rpc
from gateway.marks import Mark
from gateway.problems import Problem, problem_of

SECRET = b"secret"


def test_marks_keep_the_newest_per_source_and_partition():
    old = (Mark("identity", "e1", 0, 7), Mark("testing", "e1", 0, 3))
    new = (Mark("identity", "e1", 0, 5), Mark("testing", "e1", 0, 4), Mark("testing", "e1", 1, 1))

    assert marks.merge(old, new) == (
        Mark("identity", "e1", 0, 7),
        Mark("testing", "e1", 0, 4),
        Mark("testing", "e1", 1, 1),
    )


def test_another_epoch_replaces_the_older_one():
    assert marks.merge((Mark("identity", "e1", 0, 7),), (Mark("identity", "e2", 0, 1),)) == (
        Mark("identity", "e2", 0, 1),
    )


def test_marks_survive_their_header():
    written = (Mark("identity", "e1", 0, 7), Mark("testing", "e9", 3, 12))
    assert marks.read(marks.write(written)) == written


@pytest.mark.parametrize(
    "text", ["", "identity", "identity/e1/x/7", "a/b/0/-1", "//0/1", "é/e1/0/1", "a/b/0/" + "9" * 40, "a/b/²/1"]
)
def test_marks_that_make_no_sense_are_left_out(text):
    assert marks.read(text) == ()


def test_a_command_without_a_public_fact_leaves_no_mark():
    assert marks.of(None) == ()


def test_a_command_id_names_principal_route_and_key():
    assert idempotency.command_id("ADA", "POST", "/kits/{kit_id}/claim", "k1") == "ADA|POST /kits/{kit_id}/claim|k1"


def test_the_same_body_has_the_same_hash_in_any_order_and_another_body_another():
    one = idempotency.body_hash(SECRET, {"a": 1, "b": [2]})
    assert one == idempotency.body_hash(SECRET, {"b": [2], "a": 1})
    assert one != idempotency.body_hash(SECRET, {"a": 1, "b": [3]})
    assert one != idempotency.body_hash(b"other", {"a": 1, "b": [2]})


def test_visitors_are_told_apart_by_a_keyed_hash_of_their_email():
    assert idempotency.visitor(SECRET, " Ada@Example.org ") == idempotency.visitor(SECRET, "ada@example.org")
    assert idempotency.visitor(SECRET, "ada@example.org") != idempotency.visitor(SECRET, "grace@example.org")


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "idempotency-key-missing"), ("", "idempotency-key-missing"), ("a b", "idempotency-key-malformed"),
     ("é", "idempotency-key-malformed"), ("x" * 256, "idempotency-key-malformed")],
)  # fmt: skip
def test_keys_are_visible_ascii_of_bounded_length(key, code):
    with pytest.raises(Problem) as caught:
        idempotency.checked(key)
    assert (caught.value.status, caught.value.code) == (400, code)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Rejected("po-box-address", line="1"), 409, "po-box-address"),
        (Rejected("log-in-refused"), 401, "log-in-refused"),
        (NotFound("unknown-kit"), 404, "unknown-kit"),
        (Invalid("invalid-fields", fields={"city": ["Too long."]}), 422, "invalid"),
        (Conflict("idempotency-key-reused"), 422, "idempotency-key-reused"),
        (Conflict("busy"), 409, "busy"),
        (Unavailable("too-slow", service="identity"), 503, "unavailable"),
    ],
)
def test_each_typed_error_becomes_one_problem(error, status, code):
    problem = problem_of(error)
    assert (problem.status, problem.code) == (status, code)
    assert problem.document()["type"] == f"urn:certtrack:problem:{code}"


def test_a_problem_tells_rules_details_and_fields_but_no_part_of_the_system():
    assert problem_of(Rejected("po-box-address", line="1")).document()["details"] == {"line": "1"}
    assert problem_of(Invalid("x", fields={"city": ["Too long."]})).document()["fields"] == {"city": ["Too long."]}
    assert "details" not in problem_of(Unavailable("too-slow", service="identity")).document()


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"result": 1}', b'{"result": null, "error": "odd"}'])
def test_replies_that_cannot_be_read_mean_a_broken_service(body):
    outcome = rpc.decode("echo", body)
    assert isinstance(outcome, WIRE["Unavailable"])
    assert outcome.code == "service-broken"


def test_a_reply_may_say_that_it_is_stale():
    assert rpc.decode("echo", b'{"result": [1], "error": null, "stale": true}') == rpc.Reply([1], stale=True)
    assert rpc.decode("echo", b'{"result": [1], "error": null}') == rpc.Reply([1], stale=False)
