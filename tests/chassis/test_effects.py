"""What must happen outside happens with its key: again after a failure, and after success no more."""

from collections import Counter

import pytest
from sqlalchemy import select

from chassis.tables import effects
from tests.chassis.services_under_test.depot import LETTER_FAILS

pytestmark = pytest.mark.server


def said(town, file):
    """How often each line stands in a file of the data folder."""
    path = town.folder / file
    return Counter(path.read_text().splitlines()) if path.exists() else Counter()


def send(town, parcel_id, weight=1):
    town.call("post", "send", candidate_id="C-ada", parcel_id=parcel_id, weight=weight)
    return f"letter|{parcel_id}"


def row(town, key):
    with town.reading("depot") as connection:
        return connection.execute(select(effects).where(effects.c.id == key)).one()


def test_each_effect_is_performed_once(any_town):
    keys = [send(any_town, f"once-{number}") for number in range(10)]
    any_town.wait(lambda: all(said(any_town, "letters")[key] for key in keys))
    any_town.wait(lambda: all(row(any_town, key).done_at for key in keys))

    assert {said(any_town, "letters")[key] for key in keys} == {1}
    done = row(any_town, keys[0])
    assert (done.due_at, done.attempts, done.failure) == (None, 1, None)


def test_a_failed_effect_is_tried_again_until_it_is_done(any_town):
    key = send(any_town, "stubborn", weight=LETTER_FAILS + 3)
    any_town.wait(lambda: row(any_town, key).done_at is not None if said(any_town, "tried")[key] else False)

    assert (said(any_town, "tried")[key], said(any_town, "letters")[key]) == (4, 1)
    assert (row(any_town, key).attempts, row(any_town, key).failure) == (4, None)


def test_a_failing_effect_says_why_and_does_not_hold_up_others(any_town):
    stubborn = send(any_town, "hopeless", weight=LETTER_FAILS + 10)
    easy = send(any_town, "easy")
    any_town.wait(lambda: said(any_town, "letters")[easy] == 1)
    any_town.wait(lambda: said(any_town, "tried")[stubborn] > 1)
    waiting = row(any_town, stubborn)
    assert (waiting.done_at, waiting.failure) == (None, "letter-box")


def test_no_effect_is_lost_when_the_service_is_killed(any_town):
    keys = [send(any_town, f"kill-{number}", weight=LETTER_FAILS + 1) for number in range(5)]
    any_town.wait(lambda: any(said(any_town, "tried")[key] for key in keys))
    any_town.stop("depot", how=any_town.KILL)
    any_town.start("depot")
    any_town.wait(lambda: all(said(any_town, "letters")[key] for key in keys))
    any_town.wait(lambda: all(row(any_town, key).done_at for key in keys))
