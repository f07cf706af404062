"""One installation for all browser journeys; a test keeps apart by its own people."""

from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from deploy import ports
from deploy.broker import PrivateBroker
from deploy.postgres import PrivatePostgres
from tests.corner import Corner, corner
from tests.outside_provider import CLIENT_ID, SECRET
from tests.system import System

ADDRESSES = count(10)


@pytest.fixture(scope="module")
def place(broker: PrivateBroker) -> Iterator[Corner]:
    """For an installation that needs a broker and not one of its own."""
    with corner(broker) as made:
        yield made


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Everything on SQLite, as `make run` starts it; nobody listens at the outside provider until a test does."""
    (port,) = ports.choose(1)
    there = {
        "CERTTRACK_SIGN_ON_ISSUER": f"http://127.0.0.1:{port}", "CERTTRACK_SIGN_ON_CLIENT_ID": CLIENT_ID,
        "CERTTRACK_SIGN_ON_CLIENT_SECRET": SECRET, "CERTTRACK_SIGN_ON_LABEL": "Cisco.com ID",
    }  # fmt: skip
    with System(tmp_path_factory.mktemp("portal"), "sqlite", environment=there) as running:
        yield running


@pytest.fixture(scope="package")
def on_postgresql(
    broker: PrivateBroker, postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[System]:
    """The same with servers that are there already, for what databases do differently."""
    there = {"DATABASE_ADMIN_URL": postgres.admin_url}
    folder = tmp_path_factory.mktemp("on-postgresql")
    with corner(broker) as place, System(folder, "postgresql", environment=there, place=place) as running:
        yield running


@pytest.fixture
def browser(portal: System) -> Iterator[httpx.Client]:
    """A browser in a network of its own, so that its wrong passwords pause nobody else."""
    transport = httpx.HTTPTransport(local_address=f"127.0.0.{next(ADDRESSES)}")
    with httpx.Client(base_url=portal.url, timeout=15.0, transport=transport) as client:
        yield client
