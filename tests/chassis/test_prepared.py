"""Queries that are asked again are planned once, and answer as they did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import (
    JSON,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    func,
    literal,
    select,
    text,
    union_all,
)

from chassis import prepared
from chassis.database import Database
from chassis.projections import Moment

METADATA = MetaData()
parts = Table(
    "parts", METADATA,
    Column("number", Integer, primary_key=True), Column("name", String(20)), Column("made_on", Date),
    Column("seen_at", Moment), Column("sizes", JSON),
)  # fmt: skip
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BOLT = {"number": 1, "name": "100% bolt", "made_on": date(2026, 4, 20), "seen_at": NOON, "sizes": {"mm": 8}}
NUT = {"number": 2, "name": "nut", "made_on": None, "seen_at": None, "sizes": {}}


@contextmanager
def filled(url: str) -> Iterator[Database]:
    """A database with both parts, whose queries share one connection."""
    database = Database(url, readers=1)
    with database.write() as connection:
        METADATA.create_all(connection)
        connection.execute(parts.insert(), [BOLT, NUT])
    yield database
    database.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with filled(database_url) as database:
        yield database


@pytest.fixture
def on_postgresql(postgresql_url: str) -> Iterator[Database]:
    with filled(postgresql_url) as database:
        yield database


def thrice(database: Database, statement, **parameters) -> list[list[tuple]]:
    """What each of three times answers, on one connection."""
    answers = []
    for _ in range(3):
        with database.read() as connection:
            answers.append([tuple(row) for row in connection.execute(statement, parameters)])
    return answers


def plans(database: Database) -> int:
    """How many queries the server has prepared for the connection."""
    with database.read() as connection:
        return connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()


@pytest.mark.parametrize(
    ("statement", "parameters", "wanted"),
    [
        (select(parts.c.name).where(parts.c.number == bindparam("wanted")), {"wanted": 2}, [("nut",)]),
        (select(parts.c.number).where(parts.c.name.like("100\\%%", escape="\\")), {}, [(1,)]),
        (select(parts.c.number).where(parts.c.name.in_(["nut", "screw"])), {}, [(2,)]),
        (select(parts.c.number).where(parts.c.made_on == bindparam("on")), {"on": date(2026, 4, 20)}, [(1,)]),
        (select(parts.c.number).where(parts.c.seen_at <= bindparam("at")), {"at": NOON}, [(1,)]),
        (select(parts.c.number).where(parts.c.name == bindparam("a")).where(parts.c.name == bindparam("a")),
         {"a": "nut"}, [(2,)]),
        (select(parts.c.number).order_by(parts.c.number.desc()).limit(bindparam("most")), {"most": 1}, [(2,)]),
        (select(parts.c.sizes["mm"]).where(parts.c.number == 1), {}, [(8,)]),
        (select(parts.c.name).where(parts.c.number < bindparam("below")), {"below": 2}, [("100% bolt",)]),
        (select(parts.c.name).where(parts.c.number == bindparam("wanted")), {"wanted": 1 << 40}, []),
        (select(literal(7), literal("seven"), literal(None)), {}, [(7, "seven", None)]),
        (union_all(select(literal(1)), select(literal(2))), {}, [(1,), (2,)]),
        (select(func.coalesce(func.max(parts.c.number), 0)), {}, [(2,)]),
    ],
)  # fmt: skip
def test_a_query_answers_the_same_every_time(database, statement, parameters, wanted):
    assert thrice(database, statement, **parameters) == [wanted] * 3


def test_other_values_get_their_own_answers(database):
    statement = select(parts.c.name).where(parts.c.number == bindparam("wanted"))
    assert [thrice(database, statement, wanted=number)[2] for number in (1, 2, 3)] == [[("100% bolt",)], [("nut",)], []]


def test_the_same_text_with_values_of_another_type_is_another_query(database):
    answers = [thrice(database, select(literal(value))) for value in (7, "seven", 7.5, "7")]
    assert answers == [[[(7,)]] * 3, [[("seven",)]] * 3, [[(7.5,)]] * 3, [[("7",)]] * 3]


@pytest.mark.server
def test_a_query_is_planned_at_its_second_time_and_not_again(on_postgresql):
    statement = select(parts.c.name)
    planned = []
    for _ in range(4):
        with on_postgresql.read() as connection:
            connection.execute(statement).all()
        planned.append(plans(on_postgresql))
    assert planned == [0, 1, 1, 1]


@pytest.mark.server
@pytest.mark.parametrize("columns", ["*", "number, name::text AS name", "number, name::char(40) AS name"])
def test_a_plan_follows_a_table_that_was_swapped(on_postgresql, columns):
    statement = select(parts.c.number, func.trim(parts.c.name), parts.c.name).order_by(parts.c.number)
    assert [row[0] for row in thrice(on_postgresql, statement)[2]] == [1, 2]
    with on_postgresql.write() as connection:
        connection.execute(text(f"CREATE TABLE shadow AS SELECT {columns} FROM parts WHERE number = 2"))
        connection.execute(text("DROP TABLE parts"))
        connection.execute(text("ALTER TABLE shadow RENAME TO parts"))
    answers = thrice(on_postgresql, statement)
    assert [[(number, name) for number, name, _ in rows] for rows in answers] == [[(2, "nut")]] * 3
    assert plans(on_postgresql) == 1


@pytest.mark.server
def test_a_plan_is_given_up_when_its_parameters_have_got_other_types(on_postgresql):
    statement = select(parts.c.number).where(parts.c.name == bindparam("name"))
    assert thrice(on_postgresql, statement, name="7") == [[]] * 3
    with on_postgresql.write() as connection:
        connection.execute(text("ALTER TABLE parts ALTER name TYPE integer USING 6 + number"))
    with on_postgresql.read() as connection:
        assert connection.execute(statement, {"name": "7"}).all() == [(1,)]


@pytest.mark.server
def test_a_plan_that_its_session_has_lost_is_made_again(on_postgresql):
    statement = select(parts.c.number).order_by(parts.c.number)
    thrice(on_postgresql, statement)
    with on_postgresql.read() as connection:
        connection.execute(text("DEALLOCATE ALL"))
    assert thrice(on_postgresql, statement) == [[(1,), (2,)]] * 3
    assert plans(on_postgresql) == 1


@pytest.mark.server
def test_a_plan_of_one_name_is_of_one_query_whoever_has_made_it(on_postgresql):
    statements = [select(parts.c.number).order_by(parts.c.number), select(parts.c.name).order_by(parts.c.number)]
    made = []
    for statement in (*statements, statements[0]):
        with on_postgresql.read() as connection:
            connection.info["queries"].clear()
        thrice(on_postgresql, statement)
        made.append(plans(on_postgresql))
    assert made == [1, 2, 2]
    assert [thrice(on_postgresql, one)[2] for one in statements] == [[(1,), (2,)], [("100% bolt",), ("nut",)]]


@pytest.mark.server
def test_a_query_that_cannot_be_prepared_is_planned_each_time(on_postgresql):
    statement = select(func.pg_typeof(bindparam("of")))
    assert thrice(on_postgresql, statement, of=7) == [[("integer",)]] * 3
    assert plans(on_postgresql) == 0


@pytest.mark.server
def test_a_connection_remembers_so_many_and_no_more(on_postgresql, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 1)
    thrice(on_postgresql, select(parts.c.name))
    assert thrice(on_postgresql, select(parts.c.number).order_by(parts.c.number)) == [[(1,), (2,)]] * 3
    assert plans(on_postgresql) == 1


@pytest.mark.server
def test_writers_prepare_nothing(on_postgresql):
    for _ in range(3):
        with on_postgresql.write() as connection:
            connection.execute(select(parts.c.name)).all()
            told = connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar_one()
        assert told == 0
