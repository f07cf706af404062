"""A subscriber has every event once and in order, whatever becomes of the messages."""

import time

import pytest
from sqlalchemy import select

from chassis.ids import partition_of
from chassis.tables import cursors, relay_marks
from tests.chassis.line import Line
from tests.chassis.services_under_test.depot import arrivals, stamps_seen

pytestmark = pytest.mark.server


def stamp(town, candidate_id, count, *, parcel_id="", times=1):
    """So many commands for one parcel of the candidate."""
    for _ in range(count):
        town.call("post", "stamp", candidate_id=candidate_id, parcel_id=parcel_id or candidate_id, times=times)


def numbers(town, candidate_id):
    return [number for _, number in town.diary(candidate_id)]


def test_events_arrive_once_and_in_order(any_town):
    for round_ in range(10):
        for name in ("C-ada", "C-grace", "C-linus"):
            stamp(any_town, name, 1, times=1 + round_ % 3)
    any_town.wait(any_town.is_complete)

    for name in ("C-ada", "C-grace", "C-linus"):
        assert numbers(any_town, name) == list(range(1, 20))


def test_a_hole_is_filled_from_the_source(empty_town):
    empty_town.knobs["chassis.subscription.IDLE_SECONDS"] = 600  # nothing but the next message tells of the loss
    empty_town.start("post")
    empty_town.start("depot")
    stamp(empty_town, "C-ada", 1)
    empty_town.wait(lambda: numbers(empty_town, "C-ada") == [1])

    empty_town.unbind("depot.0", "post.0.#")
    stamp(empty_town, "C-ada", 5)
    empty_town.wait(lambda: empty_town.rows("post", relay_marks)[0].sent == 6)
    assert numbers(empty_town, "C-ada") == [1]

    empty_town.bind("depot.0", "post.0.#")
    stamp(empty_town, "C-ada", 3)
    empty_town.wait(empty_town.is_complete)
    assert numbers(empty_town, "C-ada") == list(range(1, 10))


def test_a_source_that_was_silent_at_first_is_followed_from_its_first_message(empty_town):
    empty_town.knobs["chassis.subscription.IDLE_SECONDS"] = 600
    empty_town.start("depot")
    empty_town.wait(lambda: "depot.0" in empty_town.queues())
    empty_town.start("post")
    stamp(empty_town, "C-ada", 2)
    empty_town.wait(lambda: numbers(empty_town, "C-ada") == [1, 2])


def test_a_lost_tail_is_found_when_it_is_quiet(town):
    town.unbind("depot.0", "post.0.#")
    stamp(town, "C-margaret", 4)
    town.wait(lambda: numbers(town, "C-margaret") == [1, 2, 3, 4])
    town.bind("depot.0", "post.0.#")


def test_what_is_told_again_is_ignored(town):
    stamp(town, "C-barbara", 3)
    town.wait(town.is_complete)
    before = town.rows("depot", stamps_seen)
    town.stop("post")
    with town.databases["post"].write() as transaction:
        transaction.execute(relay_marks.update().values(sent=0))
    town.start("post")
    town.wait(lambda: town.rows("post", relay_marks)[0].sent == town.written())
    stamp(town, "C-barbara", 1)
    town.wait(town.is_complete)

    assert numbers(town, "C-barbara") == [1, 2, 3, 4]
    assert len(town.rows("depot", stamps_seen)) == len(before) + 1


def test_a_new_subscriber_gets_the_whole_history(empty_town):
    empty_town.start("post")
    stamp(empty_town, "C-ada", 4, times=300)
    empty_town.call("post", "send", candidate_id="C-grace", parcel_id="p1")

    empty_town.start("depot")
    empty_town.wait(empty_town.is_complete)
    assert numbers(empty_town, "C-ada") == list(range(1, 1201))
    assert [row.parcel_id for row in empty_town.rows("depot", arrivals)] == ["p1"]


def test_a_subscriber_that_was_away_catches_up(town):
    stamp(town, "C-edsger", 1)
    town.wait(town.is_complete)
    town.stop("depot")
    stamp(town, "C-edsger", 3, times=5)
    town.start("depot")
    town.wait(town.is_complete)
    assert numbers(town, "C-edsger") == list(range(1, 17))


def test_a_wiped_broker_loses_nothing(town):
    stamp(town, "C-annie", 2)
    town.wipe()
    stamp(town, "C-annie", 2)
    town.wait(town.is_complete)

    assert numbers(town, "C-annie") == [1, 2, 3, 4]
    town.wait(lambda: town.queues().get("depot.0") == "quorum")


def test_a_killed_subscriber_goes_on_exactly_where_it_was(any_town):
    for _ in range(2):
        stamp(any_town, "C-frances", 2, times=10)
        any_town.stop("depot", how=any_town.KILL)
        stamp(any_town, "C-frances", 1)
        any_town.start("depot")
    any_town.wait(any_town.is_complete)
    assert numbers(any_town, "C-frances") == list(range(1, 43))


def test_a_killed_source_tells_what_it_had_not_told(any_town):
    stamp(any_town, "C-radia", 2, times=10)
    any_town.stop("post", how=any_town.KILL)
    any_town.start("post")
    any_town.wait(any_town.is_complete)
    assert numbers(any_town, "C-radia") == list(range(1, 21))


def test_cursors_know_the_life_of_the_log_that_they_follow(town):
    epoch = town.call("post", "heads")["epoch"]
    with town.reading("depot") as connection:
        row = connection.execute(select(cursors)).one()
    assert (row.source, row.partition, row.epoch) == ("post", 0, epoch)


def test_each_candidate_keeps_its_order_in_its_partition(partitioned_town):
    town = partitioned_town
    town.start("post", "depot")
    names = ["C-ada", "C-grace", "C-linus", "C-margaret", "C-barbara", "C-edsger"]
    for _ in range(3):
        for name in names:
            stamp(town, name, 1, times=4)
    town.wait(town.is_complete)

    assert {name: numbers(town, name) for name in names} == {name: list(range(1, 13)) for name in names}
    assert set(town.queues()) >= {f"depot.{partition}" for partition in range(4)}
    assert {row.partition for row in town.rows("depot", cursors)} == {partition_of(name, 4) for name in names}


def test_two_replicas_follow_as_one_and_either_may_die(postgresql_town):
    town = postgresql_town
    town.start("depot+", "post+")
    for victim in ("depot", "post", "depot+", "post+"):
        stamp(town, "C-karen", 3, times=5)
        town.stop(victim, how=town.KILL)
        stamp(town, "C-karen", 3)
        if not victim.endswith("+"):
            town.start(victim)
    town.wait(town.is_complete)

    assert numbers(town, "C-karen") == list(range(1, 73))
    assert len([row for row in town.rows("depot", stamps_seen) if row.parcel_id == "C-karen"]) == 72


@pytest.mark.feature("F3.6")
def test_replies_say_up_to_when_their_data_is_complete(town):
    with Line(town.amqp_uri) as line:

        def as_of(service):
            return line.collect([line.send(service, "heads")])[0]["as_of"]

        town.wait(lambda: time.time() - as_of("depot") < 3)
        assert as_of("post") is None  # it follows nobody: what it shows is of now
        town.stop("post")
        stands = as_of("depot")
        time.sleep(3)
        assert as_of("depot") == pytest.approx(stands, abs=1)
        town.start("post")
        town.wait(lambda: time.time() - as_of("depot") < 3)
