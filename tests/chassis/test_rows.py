"""Row operations: gathered, coalesced and written in bulk, alike on both databases, for every type of column."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    delete,
    select,
    update,
)

from chassis.database import Database
from chassis.projections import Moment, Projection, Rows
from chassis.tables import PlainJson

METADATA = MetaData()

shelf = Table(
    "shelf",
    METADATA,
    Column("place", String(20), primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("title", Text, nullable=True),
    Column("copies", Integer, nullable=True),
    Column("weight", BigInteger, nullable=True),
    Column("floor", SmallInteger, nullable=True),
    Column("lent", Boolean, nullable=True),
    Column("bought_on", Date, nullable=True),
    Column("seen_at", Moment, nullable=True),
    Column("tags", JSON, nullable=True),
    Column("notes", PlainJson, nullable=True),
)
other = Table("other", METADATA, Column("id", Integer, primary_key=True), Column("name", Text, nullable=True))
keys_only = Table("keys_only", METADATA, Column("a", Integer, primary_key=True), Column("b", Text, primary_key=True))

NOON = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


class Library:
    """Tables on one database, and what stands in them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def writing(self) -> Iterator[Rows]:
        with self.database.write() as transaction:
            rows = Rows(transaction)
            yield rows
            rows.flush()

    def rows(self, table: Table = other) -> list[tuple[object, ...]]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]


@pytest.fixture
def library(database_url: str) -> Iterator[Library]:
    database = Database(database_url)
    with database.write() as transaction:
        METADATA.create_all(transaction)
    yield Library(database)
    database.close()


EVERYTHING = {
    "place": "A'\"%s;--",
    "row": 1,
    "title": "Ünïcode, 100 % \\ and {braces}\n",
    "copies": -3,
    "weight": 9_007_199_254_740_993,
    "floor": 2,
    "lent": True,
    "bought_on": date(2024, 2, 29),
    "seen_at": NOON,
    "tags": ["a", {"b": [1, 2.5, None, True]}],
    "notes": {"quote": "it's", "list": []},
}


def test_every_type_of_column_comes_back_as_it_went_in(library):
    for changed in ({}, *({name: None} for name in list(EVERYTHING)[2:])):
        row = EVERYTHING | changed
        with library.writing() as rows:
            rows.put(shelf, **row)
        assert library.rows(shelf) == [tuple(row.values())]


def test_every_type_of_column_can_be_changed_to_something_and_to_nothing(library):
    expected = dict.fromkeys(EVERYTHING) | {"place": "A", "row": 1}
    with library.writing() as rows:
        rows.put(shelf, place="A", row=1)
    for name in list(EVERYTHING)[2:]:
        for value in (EVERYTHING[name], None, EVERYTHING[name]):
            with library.writing() as rows:
                rows.change(shelf, key=("A", 1), **{name: value})
            expected[name] = value
            assert library.rows(shelf) == [tuple(expected.values())]


def test_rows_with_and_without_values_travel_together(library):
    with library.writing() as rows:
        rows.put(shelf, **EVERYTHING)
        rows.put(shelf, place="B", row=2)
        rows.put(shelf, **(EVERYTHING | {"place": "C", "tags": [], "notes": {"n": 1}}))
    assert library.rows(shelf) == [
        tuple(EVERYTHING.values()),
        ("B", 2, *[None] * 9),
        tuple((EVERYTHING | {"place": "C", "tags": [], "notes": {"n": 1}}).values()),
    ]


def test_moments_of_every_zone_come_back_in_utc(library):
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    with library.writing() as rows:
        rows.put(shelf, place="A", row=1, seen_at=NOON.astimezone(kathmandu))
    seen_at = library.rows(shelf)[0][8]
    assert (seen_at, seen_at.utcoffset()) == (NOON, timedelta(0))


def test_a_moment_without_a_zone_is_refused(library):
    with pytest.raises(Exception, match="naive"), library.writing() as rows:
        rows.put(shelf, place="A", row=1, seen_at=NOON.replace(tzinfo=None))
    assert library.rows(shelf) == []


STEPS: list[tuple[str, Callable[[Rows], None], list[tuple[int, str | None]]]] = [
    ("put", lambda rows: rows.put(other, id=1, name="new"), [(1, "new"), (2, "two")]),
    ("put without a column", lambda rows: rows.put(other, id=1), [(1, None), (2, "two")]),
    ("put of a new row", lambda rows: rows.put(other, id=3, name="new"), [(1, "one"), (2, "two"), (3, "new")]),
    ("change", lambda rows: rows.change(other, key=(1,), name="new"), [(1, "new"), (2, "two")]),
    ("change of nothing", lambda rows: rows.change(other, key=(3,), name="new"), [(1, "one"), (2, "two")]),
    ("drop", lambda rows: rows.drop(other, key=(1,)), [(2, "two")]),
    ("drop of nothing", lambda rows: rows.drop(other, key=(3,)), [(1, "one"), (2, "two")]),
    (
        "a statement",
        lambda rows: rows.execute(update(other).values(name="all")),
        [(1, "all"), (2, "all")],
    ),
    ("a statement that deletes", lambda rows: rows.execute(delete(other)), []),
]


def begin(library):
    with library.writing() as rows:
        rows.execute(delete(other))
        rows.put(other, id=1, name="one")
        rows.put(other, id=2, name="two")


def test_each_operation_does_what_it_says(library):
    found = {}
    for name, step, _ in STEPS:
        begin(library)
        with library.writing() as rows:
            step(rows)
        found[name] = library.rows()
    assert found == {name: expected for name, _, expected in STEPS}


@pytest.mark.parametrize("first", [step for _, step, _ in STEPS], ids=[name for name, *_ in STEPS])
def test_two_operations_gathered_are_two_operations_one_after_the_other(library, first):
    outcomes = {}
    for together in (False, True):
        for name, second, _ in STEPS:
            begin(library)
            with library.writing() as rows:
                first(rows)
                if not together:
                    rows.flush()
                second(rows)
            outcomes[name, together] = library.rows()
    assert {name: outcomes[name, True] for name, *_ in STEPS} == {name: outcomes[name, False] for name, *_ in STEPS}


def test_a_row_that_was_dropped_and_put_again_is_new(library):
    with library.writing() as rows:
        rows.put(shelf, place="A", row=1, title="old", copies=3)
    with library.writing() as rows:
        rows.drop(shelf, key=("A", 1))
        rows.put(shelf, place="A", row=1, title="new")
        rows.change(shelf, key=("A", 1), floor=4)
    assert library.rows(shelf) == [("A", 1, "new", None, None, 4, *[None] * 5)]


def test_changes_of_different_columns_of_one_row_all_count(library):
    with library.writing() as rows:
        rows.put(shelf, place="A", row=1)
    with library.writing() as rows:
        rows.change(shelf, key=("A", 1), title="one")
        rows.change(shelf, key=("A", 1), copies=2)
        rows.change(shelf, key=("A", 1), title="two")
    assert library.rows(shelf) == [("A", 1, "two", 2, *[None] * 7)]


def test_a_table_of_keys_alone_takes_the_same_row_twice(library):
    for _ in range(2):
        with library.writing() as rows:
            rows.put(keys_only, a=1, b="x")
            rows.put(keys_only, a=2, b="x")
    with library.writing() as rows:
        rows.drop(keys_only, key=(1, "x"))
    assert library.rows(keys_only) == [(2, "x")]


def test_a_column_that_is_not_there_is_refused(library):
    with library.database.write() as transaction:
        rows = Rows(transaction)
        with pytest.raises(TypeError, match="other has no column nmae"):
            rows.put(other, id=1, nmae="typo")


def test_a_projection_can_be_emptied(library):
    projection = Projection(name="all", tables=(other, keys_only), project=lambda _rows, _fact: None)
    with library.writing() as rows:
        rows.put(other, id=1)
        rows.put(keys_only, a=1, b="x")
    with library.writing() as rows:
        projection.reset(rows)
    assert (library.rows(), library.rows(keys_only)) == ([], [])


def test_stand_ins_are_written_instead(library):
    shadow = other.to_metadata(MetaData(), name="other_shadow")
    with library.database.write() as transaction:
        shadow.create(transaction)
        rows = Rows(transaction, {"other": shadow})
        rows.put(other, id=1, name="one")
        rows.change(other, key=(1,), name="two")
        rows.flush()
    assert (library.rows(), library.rows(shadow)) == ([], [(1, "two")])
