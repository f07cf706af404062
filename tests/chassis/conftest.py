"""Post offices on fresh databases of both kinds, and towns of real processes."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.broker import PrivateBroker
from deploy.postgres import PrivatePostgres
from tests.chassis.office import Office, prepare
from tests.chassis.town import Town


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """An open office on an empty database."""
    prepare(database_url)
    with Office(database_url) as opened:
        yield opened


@pytest.fixture
def closed_office(database_url: str) -> Iterator[Office]:
    """An office where units wait until the test opens it."""
    prepare(database_url)
    made = Office(database_url)
    yield made
    made.close()


@pytest.fixture
def replicas(postgresql_url: str) -> Iterator[Callable[[], Office]]:
    """Gives open offices on one PostgreSQL database, as replicas of one service are."""
    prepare(postgresql_url)
    made: list[Office] = []

    def another() -> Office:
        made.append(Office(postgresql_url))
        made[-1].open()
        return made[-1]

    yield another
    for office in made:
        office.close()


@pytest.fixture
def empty_town(broker: PrivateBroker, tmp_path: Path) -> Iterator[Town]:
    """Installed services on SQLite, not yet started."""
    yield from _town(broker, tmp_path, _files(tmp_path))


@pytest.fixture
def partitioned_town(broker: PrivateBroker, tmp_path: Path) -> Iterator[Town]:
    """The same with four partitions."""
    yield from _town(broker, tmp_path, _files(tmp_path), partitions=4)


@pytest.fixture(scope="module")
def town(broker: PrivateBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Running services on SQLite that the tests of one module share; each test has candidates of its own."""
    folder = tmp_path_factory.mktemp("town")
    for made in _town(broker, folder, _files(folder)):
        made.start("post", "depot")
        yield made


@pytest.fixture(scope="module")
def postgresql_town(
    broker: PrivateBroker, postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """The same on PostgreSQL."""
    names = {service: f"{service}_{secrets.token_hex(4)}" for service in ("post", "depot")}
    urls = {service: postgres.create_database(name) for service, name in names.items()}
    for made in _town(broker, tmp_path_factory.mktemp("town"), urls):
        made.start("post", "depot")
        yield made
    for name in names.values():
        postgres.drop_database(name)


@pytest.fixture(params=["town", "postgresql_town"])
def any_town(request: pytest.FixtureRequest) -> Town:
    """Running services on each kind of database."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Town)
    return made


def _files(folder: Path) -> dict[str, str]:
    return {name: f"sqlite:///{folder / name}.sqlite" for name in ("post", "depot")}


def _town(broker: PrivateBroker, folder: Path, urls: dict[str, str], partitions: int = 1) -> Iterator[Town]:
    made = Town(broker, f"town-{secrets.token_hex(4)}", folder, urls, partitions)
    try:
        made.install(*urls)
        yield made
    finally:
        made.close()
