"""A fulfillment service on an empty database, entered by its front door, without a broker; keys are at hand."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chassis.command_handling import Unit
from chassis.database import Database
from chassis.decider import Fact
from chassis.frame import Frame
from chassis.installing import install
from chassis.rpc import Request
from chassis.sealing import seal
from chassis.service import DeskAtWork
from chassis.settings import Settings
from chassis.subscription import Subscribe
from chassis.tables import FRAME
from services.fulfillment.projections import METADATA
from services.fulfillment.service import PLAN, FulfillmentService

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEY = bytes(range(32))


class Noon:
    """A clock that only tests move."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)


class KeyRing:
    """Identity's keys: everybody has one until erased."""

    def __init__(self) -> None:
        self.erased: set[str] = set()

    def keys_for(self, candidate_ids: Collection[str]) -> dict[str, bytes | None]:
        return {one: None if one in self.erased else KEY for one in candidate_ids}


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing()


@pytest.fixture
def frame(database_url: str, tmp_path: Path, keys: KeyRing) -> Iterator[Frame]:
    settings = Settings(
        database_url=database_url,
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=KEY,
        mode="test",
        data=tmp_path,
    )
    database = Database(settings.database_url)
    with database.write() as transaction:
        FRAME.create_all(transaction)
        METADATA.create_all(transaction)
    install(database, "fulfillment", settings.partitions)
    database.close()
    frame = Frame(replace(PLAN, keys=lambda _frame: keys), settings)
    frame.clock = Noon()
    frame.committer.start()
    yield frame
    frame.committer.stop()
    frame.database.close()


@pytest.fixture
def asked_as(frame: Frame) -> Callable[..., FulfillmentService]:
    """The service as one request sees it; a retry has the same command id."""

    def service(command: str = "") -> FulfillmentService:
        entered = FulfillmentService()
        entered.desk = DeskAtWork(frame, Request(command=command or os.urandom(8).hex()))
        return entered

    return service


@pytest.fixture
def told(frame: Frame, keys: KeyRing) -> Callable[..., None]:
    """Tells the service events of others, one batch each, as the subscription does."""
    numbers = iter(range(1, 1000))

    def tell(*events: object) -> None:
        for event in events:
            number = next(numbers)
            frame.revealer.fetch({event.candidate_id})
            fact = Fact(
                event=event,
                source=event.source,
                subject=event.candidate_id,
                number=number,
                recorded_at=NOON,
                cause=f"{event.source}/E1/0/{number}",
                revealed=frame.revealer.revealed(event, event.candidate_id),
            )
            unit = Unit(received=[fact])
            for method in handlers_of(type(event)):
                entered = FulfillmentService()
                entered.desk = DeskAtWork(frame, Request(), fact=fact, unit=unit)
                method(entered, event)
            frame.committer.perform(unit, timeout=5.0)

    return tell


def handlers_of(kind: type) -> list[Callable[..., None]]:
    methods = [method for method in vars(FulfillmentService).values() if hasattr(method, "nameko_entrypoints")]
    found = [
        method
        for method in methods
        for entrypoint in method.nameko_entrypoints
        if isinstance(entrypoint, Subscribe) and entrypoint.event is kind
    ]
    assert found, f"nobody listens to {kind.__name__}"
    return found


@pytest.fixture
def sealed() -> Callable[[str, str], str]:
    """Personal text as identity seals it."""
    return lambda candidate_id, text: seal(KEY, candidate_id, text)
