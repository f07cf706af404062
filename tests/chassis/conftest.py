"""Post offices on fresh databases, of both kinds."""

from collections.abc import Callable, Iterator

import pytest

from tests.chassis.office import Office, prepare


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
