"""One service on an empty database, entered by its front door, without a broker; keys are at hand."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from chassis.command_handling import Unit
from chassis.database import Database
from chassis.decider import Fact
from chassis.frame import Frame, Plan
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.settings import Settings
from chassis.subscription import Subscribe
from tests.installed import installed

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


def one_reader() -> AbstractContextManager[Any]:
    """A frame made within reads by one connection: who asks for another one while holding it waits in vain, as many
    do who ask at once.
    """
    return patch("chassis.frame.Database", partial(Database, readers=1))


@contextmanager
def opened(plan: Plan, database_url: str, folder: Path, keys: KeyRing) -> Iterator[Frame]:
    """The service's frame on an empty database, with a clock that stands still."""
    settings = Settings(
        database_url=database_url,
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=KEY,
        mode="test",
        data=folder,
    )
    installed(settings.database_url, plan.source, plan.metadata, settings.partitions)
    with one_reader():
        frame = Frame(replace(plan, keys=lambda _frame: keys), settings)
    frame.clock = Noon()
    frame.committer.start()
    try:
        yield frame
    finally:
        frame.committer.stop()
        frame.database.close()


@dataclass
class Door:
    """How requests and events come in."""

    service: type
    frame: Frame

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def asked_as(self, command: str = "") -> Any:
        """The service as one request sees it; a retry has the same command id."""
        entered = self.service()
        entered.desk = DeskAtWork(self.frame, Request(command=command or os.urandom(8).hex()))
        return entered

    def tell(self, *events: Any) -> None:
        """Events of others, one batch each, as the subscription hands them over."""
        for event in events:
            number = next(self._numbers)
            self.frame.revealer.fetch({event.candidate_id})
            fact = Fact(
                event=event,
                source=event.source,
                subject=event.candidate_id,
                number=number,
                recorded_at=NOON,
                cause=f"{event.source}/E1/0/{number}",
                revealed=self.frame.revealer.revealed(event, event.candidate_id),
            )
            unit = Unit(received=[fact])
            for method in handlers_of(self.service, type(event)):
                entered = self.service()
                entered.desk = DeskAtWork(self.frame, Request(), fact=fact, unit=unit)
                method(entered, event)
            self.frame.committer.perform(unit, timeout=5.0)


def handlers_of(service: type, kind: type) -> list[Callable[..., None]]:
    """The methods that listen to an event class."""
    methods = [
        method for part in service.__mro__ for method in vars(part).values() if hasattr(method, "nameko_entrypoints")
    ]
    found = [
        method
        for method in methods
        for entrypoint in method.nameko_entrypoints
        if isinstance(entrypoint, Subscribe) and entrypoint.event is kind
    ]
    assert found, f"nobody listens to {kind.__name__}"
    return found
