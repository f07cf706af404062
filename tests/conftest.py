"""Servers and databases for all tests; a missing program skips the tests that need it, with the reason."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

import chassis.database
import chassis.service
import services.identity.service.parts
import services.identity.service.steady
from deploy.broker import BrokerFailed, PrivateBroker
from deploy.postgres import PostgresFailed, PrivatePostgres

pytest_plugins = ["tests.features.plugin", "tests.judges.fixtures", "tests.browser"]

pytest.register_assert_rewrite("tests.faults", "tests.front_door", "tests.gateway", "tests.identity", "tests.system")
"""A helper's failed assert tells its values, too."""

SQLITE_AND_POSTGRESQL = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]
"""Whatever runs on both runs the same test on both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever Hypothesis tries with many examples is thorough."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session", autouse=True)
def haste() -> None:
    """In the test's own process services wait for a slow disk, and nobody for a power cut or a guesser with a watch."""
    chassis.service.COMMAND_SECONDS = services.identity.service.parts.WRITE_SECONDS = 20.0
    chassis.database.SYNCHRONOUS = "OFF"
    services.identity.service.steady.STEP = 0.01


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker]:
    """A RabbitMQ of our own for the whole run; tests keep apart by virtual hosts."""
    node = PrivateBroker(tmp_path_factory.mktemp("rabbitmq"))
    try:
        node.start()
    except BrokerFailed as why:
        pytest.skip(str(why))
    yield node
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


@pytest.fixture
def postgresql_url(postgres: PrivatePostgres) -> Iterator[str]:
    """An empty PostgreSQL database, gone after the test."""
    name = f"test_{secrets.token_hex(6)}"
    yield postgres.create_database(name)
    postgres.drop_database(name)


@pytest.fixture(params=SQLITE_AND_POSTGRESQL)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'service.sqlite'}"
    return str(request.getfixturevalue("postgresql_url"))
