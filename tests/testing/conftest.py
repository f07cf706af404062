"""A testing service on an empty database, entered by its front door, without a broker."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chassis.database import Database
from chassis.frame import Frame
from chassis.installing import install
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.settings import Settings
from chassis.tables import FRAME
from services.testing.projections import METADATA
from services.testing.service import PLAN, TestingService

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOON

    def today(self) -> date:
        return NOON.date()


@pytest.fixture
def frame(database_url: str, tmp_path: Path) -> Iterator[Frame]:
    settings = Settings(
        database_url=database_url,
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=bytes(range(32)),
        mode="test",
        data=tmp_path,
    )
    database = Database(settings.database_url)
    with database.write() as transaction:
        FRAME.create_all(transaction)
        METADATA.create_all(transaction)
    install(database, "testing", settings.partitions)
    database.close()
    frame = Frame(PLAN, settings)
    frame.clock = Noon()
    frame.committer.start()
    yield frame
    frame.committer.stop()
    frame.database.close()


@pytest.fixture
def asked_as(frame: Frame) -> Callable[..., TestingService]:
    """The service as one request sees it; a retry has the same command id."""

    def service(command: str = "") -> TestingService:
        testing = TestingService()
        testing.desk = DeskAtWork(frame, Request(command=command or os.urandom(8).hex()))
        return testing

    return service
