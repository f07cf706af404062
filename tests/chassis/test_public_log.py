"""The public log: numbered per partition without holes, whatever was rolled back, and told as CloudEvents."""

from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import select

from chassis import outbox as public_log
from chassis.ids import partition_of
from chassis.installing import check, install, lives, start_new_epoch
from chassis.tables import events, heads, outbox
from tests.chassis.office import Office, answers, prepare
from tests.chassis.parcels import UNLUCKY, ParcelSent, Send, Stamp

ADA = "C-ada"
FOUR = ["C-ada", "C-grace", "C-linus", "C-margaret", "C-barbara", "C-edsger"]


def sequences(office):
    """Sequences of each partition, in order."""
    found = {row[0]: [] for row in office.rows(heads)}
    for row in office.rows(outbox):
        found[row[0]].append(row[1])
    return found


def test_rollbacks_leave_no_holes(office):
    for number in range(10):
        weight = UNLUCKY if number % 3 == 1 else 1
        unit = office.submit(Send(candidate_id=ADA, parcel_id=f"p{number}", weight=weight))
        unit.done.exception(5)

    assert sequences(office) == {0: [1, 2, 3, 4, 5, 6, 7]}
    assert office.rows(heads) == [(0, 7)]


def test_a_batch_with_a_broken_unit_leaves_no_holes(closed_office):
    units = [
        closed_office.submit(Send(candidate_id=ADA, parcel_id=f"p{number}", weight=UNLUCKY if number == 2 else 1))
        for number in range(5)
    ]
    closed_office.open()

    assert [type(answer) is not type for answer in answers(units)] == [True, True, False, True, True]
    assert sequences(closed_office) == {0: [1, 2, 3, 4]}


def test_each_partition_is_numbered_by_itself(database_url):
    prepare(database_url, partitions=4)
    with Office(database_url, partitions=4) as office:
        written = [office.handle(Send(candidate_id=name, parcel_id=name)) for name in FOUR]
        expected = [partition_of(name, 4) for name in FOUR]

        assert [answer.mark[2] for answer in written] == expected
        assert sequences(office) == {partition: list(range(1, expected.count(partition) + 1)) for partition in range(4)}
        assert office.rows(heads) == [(partition, expected.count(partition)) for partition in range(4)]


def test_partitions_are_used_at_all():
    assert {partition_of(name, 4) for name in FOUR} >= {0, 1, 2}
    assert partition_of("", 4) == 0
    assert {partition_of(name, 1) for name in FOUR} == {0}


def test_the_public_log_has_the_order_of_the_facts(closed_office):
    for number in range(20):
        closed_office.submit(Stamp(candidate_id=ADA, parcel_id=f"p{number % 3}", times=2))
    closed_office.open()
    closed_office.handle(Stamp(candidate_id=ADA, parcel_id="p0"))

    with closed_office.database.read() as connection:
        stored = connection.execute(select(events.c.data).order_by(events.c.position)).scalars().all()
        told = connection.execute(select(outbox.c.data).order_by(outbox.c.sequence)).scalars().all()
    assert [orjson.loads(data) for data in told] == stored


def test_a_page_begins_behind_a_sequence(office):
    office.handle(Stamp(candidate_id=ADA, parcel_id="p1", times=5))

    with office.database.read() as connection:
        page = public_log.after(connection, 0, 2, 2)
        assert [row.sequence for row in page] == [3, 4]
        assert public_log.after(connection, 0, 5, 2) == []
        assert public_log.last_of(connection) == {0: 5}
        assert public_log.sent_of(connection) == {0: 0}


def test_the_envelope_is_a_cloud_event(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=2), cause="ada|send|1", correlation="c-77")
    with office.database.read() as connection:
        row = public_log.after(connection, 0, 0, 1)[0]
    document = orjson.loads(public_log.envelope("post", row))

    assert document == {
        "specversion": "1.0",
        "id": f"post/{office.writing.epoch}/0/1",
        "source": "urn:certtrack:post",
        "type": "certtrack.post.ParcelSent.v1",
        "time": row.recorded_at.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": "urn:certtrack:schema:post:ParcelSent:v1",
        "partitionkey": ADA,
        "causationid": "ada|send|1",
        "correlationid": "c-77",
        "subject": ADA,
        "data": {"candidate_id": ADA, "parcel_id": "p1", "weight": 2},
    }
    assert public_log.place(document) == ("post", office.writing.epoch, 0, 1)
    assert public_log.name_and_version(document) == ("post", "ParcelSent", 1)


def test_what_was_told_is_what_is_heard(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1", weight=2))
    with office.database.read() as connection:
        row = public_log.after(connection, 0, 0, 1)[0]
    document = orjson.loads(public_log.envelope("post", row))
    heard = public_log.received_fact(document, ParcelSent(**document["data"]), {})

    assert heard.event == ParcelSent(candidate_id=ADA, parcel_id="p1", weight=2)
    assert (heard.source, heard.partition, heard.number, heard.subject) == ("post", 0, 1, ADA)
    assert (heard.cause, heard.recorded_at) == (document["id"], row.recorded_at)


def test_a_restored_log_begins_a_new_life_behind_its_head(database_url):
    prepare(database_url, partitions=2)
    with Office(database_url, partitions=2) as office:
        first = office.writing.epoch
        office.handle(Stamp(candidate_id=ADA, parcel_id="p1", times=3))
        last = {row[0]: row[1] for row in office.rows(heads)}
    second = start_new_epoch(database_url)
    with Office(database_url, partitions=2) as office:
        written = office.handle(Stamp(candidate_id=ADA, parcel_id="p1"))
        with office.database.read() as connection:
            known = [(life.epoch, life.starts_after) for life in lives(connection)]

    assert first != second
    assert written.mark == ("post", second, partition_of(ADA, 2), 4)
    assert known == [(first, {0: 0, 1: 0}), (second, last)]


def test_installing_again_changes_nothing(office):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"))
    install(office.database, "post", 1)

    assert check(office.database, "post", 1) == office.writing.epoch
    assert office.rows(heads) == [(0, 1)]


@pytest.mark.parametrize("moment", [datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)])
def test_moments_are_told_in_utc(office, moment):
    office.handle(Send(candidate_id=ADA, parcel_id="p1"))
    with office.database.write() as transaction:
        transaction.execute(outbox.update().values(recorded_at=moment))
    with office.database.read() as connection:
        row = public_log.after(connection, 0, 0, 1)[0]
    assert orjson.loads(public_log.envelope("post", row))["time"] == "2026-05-01T12:30:15.123456+00:00"
