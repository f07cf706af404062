"""A testing service on an empty database, entered by its front door, without a broker."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import contracts
from chassis.frame import Frame
from chassis.sealing import seal
from services.testing.service import PLAN, TestingService
from tests.front_door import KEY, Door, KeyRing, opened

NAMES = {"C-ADA": "Ada Lovelace", "C-GRACE": "Grace Hopper", "C-LINUS": "Linus Berg"}


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing()


@pytest.fixture
def frame(database_url: str, tmp_path: Path, keys: KeyRing) -> Iterator[Frame]:
    with opened(PLAN, database_url, tmp_path, keys) as frame:
        yield frame


@pytest.fixture
def door(frame: Frame) -> Door:
    return Door(TestingService, frame)


@pytest.fixture
def asked_as(door: Door) -> Callable[..., Any]:
    """The service as one request sees it; a retry has the same command id."""
    return door.asked_as


@pytest.fixture
def known(door: Door) -> Door:
    """Ada, Grace and Linus have told their names."""
    for candidate_id, name in NAMES.items():
        door.tell(contracts.NameChanged(candidate_id=candidate_id, name=seal(KEY, candidate_id, name)))
    return door
