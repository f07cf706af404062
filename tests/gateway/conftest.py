"""A broker corner of our own with stock nameko services, and a gateway in front of them."""

from collections.abc import Iterator

import httpx
import pytest

from deploy.broker import PrivateBroker
from tests.corner import corner
from tests.gateway import places, stand_ins_known
from tests.judges.panel import Panel


@pytest.fixture(scope="package")
def amqp_uri(broker: PrivateBroker) -> Iterator[str]:
    """A virtual host of our own."""
    with corner(broker) as place:
        yield place.uri


@pytest.fixture(scope="package")
def services(amqp_uri: str) -> Iterator[None]:
    """All stand-ins."""
    with places.stand_ins(amqp_uri):
        yield


@pytest.fixture(scope="package")
def site(
    services: None, judges: Panel, amqp_uri: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """The gateway in front of the stand-ins."""
    with places.gateway(amqp_uri, tmp_path_factory.mktemp("gateway")) as client:
        yield client


@pytest.fixture
def browser(site: httpx.Client) -> Iterator[httpx.Client]:
    """A browser with a cookie jar of its own."""
    with httpx.Client(base_url=site.base_url, timeout=5.0) as client:
        yield client


@pytest.fixture
def ada(site: httpx.Client) -> Iterator[httpx.Client]:
    """Ada's client of the API."""
    answer = site.post("/api/v1/sessions", json={"email": "ada@example.org", "password": stand_ins_known.PASSWORD})
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    with httpx.Client(base_url=site.base_url, headers=headers, timeout=5.0) as client:
        yield client
