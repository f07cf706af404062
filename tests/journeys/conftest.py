"""One installation for all browser journeys; a test keeps apart by its own people."""

from collections.abc import Iterator

import pytest

from tests.system import System


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Everything on SQLite, as `make run` starts it."""
    with System(tmp_path_factory.mktemp("portal"), "sqlite") as running:
        yield running
