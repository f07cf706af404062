"""The fulfillment service behind its front door."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.frame import Frame
from chassis.sealing import seal
from services.fulfillment.service import PLAN, FulfillmentService
from tests.front_door import KEY, Door, KeyRing, opened


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing()


@pytest.fixture
def frame(database_url: str, tmp_path: Path, keys: KeyRing) -> Iterator[Frame]:
    with opened(PLAN, database_url, tmp_path, keys) as frame:
        yield frame


@pytest.fixture
def door(frame: Frame) -> Door:
    return Door(FulfillmentService, frame)


@pytest.fixture
def asked_as(door: Door) -> Callable[..., FulfillmentService]:
    return door.asked_as


@pytest.fixture
def told(door: Door) -> Callable[..., None]:
    return door.tell


@pytest.fixture
def sealed() -> Callable[[str, str], str]:
    """Personal text as identity seals it."""
    return lambda candidate_id, text: seal(KEY, candidate_id, text)
