"""A source that came back from a backup: its followers stop with an alarm, and resync brings them onto the new log."""

import shutil
from pathlib import Path

import pytest

from chassis.errors import NotFound
from chassis.installing import start_new_epoch
from chassis.tables import parked
from tests.chassis.services_under_test.depot import HEAVY, stamps_seen

pytestmark = pytest.mark.server

ADA = "C-ada"


@pytest.fixture
def town(empty_town):
    empty_town.start("post", "depot")
    return empty_town


def stamp(town, times):
    town.call("post", "stamp", candidate_id=ADA, parcel_id="p", times=times)


def follow(town):
    """Wait until the depot has all."""
    town.wait(town.is_complete)


def noted(town):
    return [number for parcel_id, number in town.diary(ADA) if parcel_id == "p"]


def seen(town):
    return [row.number for row in town.rows("depot", stamps_seen) if row.parcel_id == "p"]


def files(town):
    return list(town.folder.glob("post.sqlite*"))


def backup(town):
    """Copy the post's database while it is stopped."""
    town.stop("post")
    town.databases.pop("post").close()
    (town.folder / "backup").mkdir()
    for file in files(town):
        shutil.copy(file, town.folder / "backup" / file.name)
    town.start("post")


def restore(town, *, new_life=True):
    town.stop("post")
    if "post" in town.databases:
        town.databases.pop("post").close()
    for file in files(town):
        file.unlink()
    for file in Path(town.folder / "backup").iterdir():
        shutil.copy(file, town.folder / file.name)
    if new_life:
        start_new_epoch(town.urls["post"])
    town.start("post")


def differences(town):
    return town.call("depot", "verify_projections", timeout=30)["differences"]


def test_another_epoch_stops_the_subscription_until_it_is_resynced(town):
    stamp(town, 3)
    follow(town)
    town.stop("post")
    start_new_epoch(town.urls["post"])
    town.start("post")
    stamp(town, 2)

    town.wait(lambda: town.alarm("depot") == "post was restored: its log is in another epoch; run certtrack resync")
    assert noted(town) == [1, 2, 3]

    answer = town.call("depot", "resync", sources=["post"], timeout=30)
    follow(town)
    town.wait(lambda: town.health("depot")["ok"])
    assert answer["epochs"] == {"post": town.call("post", "heads")["epoch"]}
    assert (noted(town), seen(town), differences(town)) == ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], {})


def test_a_cursor_beyond_the_head_stops_the_subscription(town):
    stamp(town, 3)
    follow(town)
    backup(town)
    stamp(town, 3)
    follow(town)
    restore(town, new_life=False)

    town.wait(lambda: town.alarm("depot") == "the cursor is 3 beyond the head of post; run certtrack resync")


def test_after_a_restore_the_projections_show_the_new_log_only(town):
    stamp(town, 3)
    follow(town)
    backup(town)
    stamp(town, 3)
    follow(town)
    restore(town)
    town.wait(lambda: "another epoch" in town.alarm("depot"))

    town.call("depot", "resync", sources=["post"], timeout=30)
    town.wait(lambda: town.health("depot")["ok"])
    assert (seen(town), differences(town)) == ([1, 2, 3], {})
    stamp(town, 1)
    follow(town)
    assert (noted(town), seen(town), differences(town)) == ([1, 2, 3, 4, 5, 6, 4], [1, 2, 3, 4], {})


def test_what_the_restored_source_wrote_before_the_resync_is_heard_from_where_the_lives_part(town):
    stamp(town, 3)
    follow(town)
    backup(town)
    stamp(town, 3)
    follow(town)
    restore(town)
    stamp(town, 5)
    town.wait(lambda: "another epoch" in town.alarm("depot"))

    town.call("depot", "resync", sources=["post"], timeout=30)
    follow(town)
    assert noted(town) == [1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8]
    assert (seen(town), differences(town)) == ([1, 2, 3, 4, 5, 6, 7, 8], {})


def test_events_of_a_lost_life_are_parked_no_longer(town):
    stamp(town, 1)
    follow(town)
    backup(town)
    town.call("post", "send", candidate_id=ADA, parcel_id="heavy", weight=HEAVY)
    follow(town)
    assert [row.sequence for row in town.rows("depot", parked)] == [2]
    restore(town)
    stamp(town, 2)
    town.wait(lambda: "another epoch" in town.alarm("depot"))

    town.call("depot", "resync", sources=["post"], timeout=30)
    follow(town)
    assert town.rows("depot", parked) == []
    assert (noted(town), seen(town), differences(town)) == ([1, 2, 3], [1, 2, 3], {})


def test_there_is_nothing_to_resync_with_an_unknown_source(town):
    with pytest.raises(NotFound, match="no-such-source"):
        town.caller.call("post", "resync", sources=["depot"])
