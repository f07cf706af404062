"""Servers and databases for all tests; a missing program skips the tests that need it, with the reason."""

import gc
import re
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import starlette.routing
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, make_url
from zxcvbn import zxcvbn

import chassis.database
import chassis.service
import services.identity.adapters.known_passwords
import services.identity.service.parts
import services.identity.service.steady
from chassis.database import POSTGRESQL
from deploy.broker import BrokerFailed, PrivateBroker
from deploy.postgres import PostgresFailed, PrivatePostgres
from tests import room

gc.disable()
"""Until everything is collected, nothing of it is garbage; `haste` switches the collector on again."""

pytest_plugins = ["tests.features.plugin", "tests.judges.fixtures", "tests.browser"]

pytest.register_assert_rewrite("tests.faults", "tests.front_door", "tests.gateway", "tests.identity", "tests.system")
"""A helper's failed assert tells its values, too."""

SQLITE_AND_POSTGRESQL = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]
"""Whatever runs on both runs the same test on both."""

WHOLE_GATEWAYS = {"portal", "house", "world"}
"""Fixtures that give a gateway with services behind it."""


WITH_SERVERS = re.compile(r"^pytestmark = .*pytest\.mark\.server\b", re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    """Files lie in memory; but faults, which are about what survives, happen to servers on a disk."""
    if config.option.markexpr != "alone":
        room.take()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whoever wants no servers need not read files that are all about them."""
    if "not server" not in config.option.markexpr or not collection_path.name.startswith("test_"):
        return None
    return WITH_SERVERS.search(collection_path.read_text("utf-8")) is not None or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever Hypothesis tries with many examples is thorough, and so are walks through the whole gateway."""
    for item in items:
        tries_examples = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if tries_examples or WHOLE_GATEWAYS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.thorough)


@cache
def _judge(password: str, about: tuple[str, ...], longest: int) -> dict[str, Any]:
    return dict(zxcvbn(password, user_inputs=list(about), max_length=longest))


def judged_before(password: str, user_inputs: list[str], max_length: int) -> dict[str, Any]:
    """What zxcvbn says of a password, looked for once: everybody in the tests has the same few."""
    return _judge(password, tuple(user_inputs), max_length)


_compiled: dict[Any, Any] = {}
_dialects: dict[tuple[str, object], Dialect] = {}


def like_the_first(url: URL, **options: Any) -> Engine:
    """An engine that knows every statement which another one of its kind has compiled in this process."""
    engine = create_engine(url, execution_options={"compiled_cache": _compiled}, **options)
    engine.dialect = _dialects.setdefault((engine.dialect.name, options.get("isolation_level")), engine.dialect)
    return engine


@pytest.fixture(scope="session", autouse=True)
def haste() -> None:
    """In the test's own process services wait for a slow disk, and nobody for a power cut or a guesser with a watch."""
    chassis.service.COMMAND_SECONDS = services.identity.service.parts.WRITE_SECONDS = 20.0
    chassis.database.SYNCHRONOUS = "OFF"
    services.identity.service.steady.STEP = 0.002
    vars(chassis.database)["create_engine"] = like_the_first
    vars(services.identity.adapters.known_passwords)["zxcvbn"] = judged_before
    gc.freeze()  # modules and collected tests stay to the end: nobody need look through them for garbage
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
    starlette.routing.compile_path = cache(starlette.routing.compile_path)  # each gateway has the same four hundred


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker]:
    """A RabbitMQ of our own for the whole run; tests keep apart by virtual hosts."""
    node = PrivateBroker(tmp_path_factory.mktemp("rabbitmq"))
    try:
        node.start()
    except BrokerFailed as why:
        pytest.skip(str(why))
    yield node
    node.kill()  # to end well takes it five seconds
    node.stop()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivatePostgres]:
    """A PostgreSQL of our own for the whole run; each test gets a fresh database."""
    cluster = PrivatePostgres(tmp_path_factory.mktemp("postgres"), {"fsync": "off"})
    try:
        cluster.start()
    except PostgresFailed as why:
        pytest.skip(str(why))
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def databases(postgres: PrivatePostgres) -> Iterator[Connection]:
    """Where databases of tests are made and dropped: one connection, because opening one takes longer than either."""
    engine = create_engine(postgres.admin_url.replace("postgresql:", f"{POSTGRESQL}:", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def owner_url(postgres: PrivatePostgres) -> URL:
    """The role that owns the databases of tests, with a database of its own that stays empty."""
    return make_url(postgres.create_database("tests"))


@pytest.fixture
def postgresql_url(databases: Connection, owner_url: URL) -> Iterator[str]:
    """An empty PostgreSQL database, gone after the test."""
    name = f"test_{secrets.token_hex(6)}"
    databases.exec_driver_sql(f"CREATE DATABASE {name} OWNER {owner_url.username} TEMPLATE {owner_url.database}")
    yield owner_url.set(database=name).render_as_string(hide_password=False)
    databases.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=SQLITE_AND_POSTGRESQL)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'service.sqlite'}"
    return str(request.getfixturevalue("postgresql_url"))
