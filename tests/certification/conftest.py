"""A certification service on an empty database, entered by its front door, without a broker."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chassis.command_handling import Unit
from chassis.decider import Fact
from chassis.frame import Frame
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.settings import Settings
from services.certification.projections import METADATA
from services.certification.service import PLAN, CertificationService
from tests.certification.portal import Portal, at_work
from tests.certification.world import World, at_once
from tests.front_door import KeyRing, one_reader
from tests.installed import installed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Noon:
    """A clock that only tests move."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def go_to(self, day: str) -> None:
        self.at = datetime.combine(date.fromisoformat(day), self.at.timetz())


@pytest.fixture
def frame(database_url: str, tmp_path: Path) -> Iterator[Frame]:
    settings = Settings(
        database_url=database_url,
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=bytes(range(32)),
        mode="test",
        data=tmp_path,
    )
    installed(settings.database_url, "certification", METADATA, settings.partitions)
    with one_reader():
        frame = Frame(replace(PLAN, keys=lambda _frame: KeyRing()), settings)
    frame.clock = Noon()
    frame.committer.start()
    yield frame
    frame.committer.stop()
    frame.database.close()


@pytest.fixture
def clock(frame: Frame) -> Noon:
    return frame.clock


@pytest.fixture
def asked_as(frame: Frame) -> Callable[..., CertificationService]:
    """The service as one request sees it; a retry has the same command id."""

    def service(command: str = "") -> CertificationService:
        entered = CertificationService()
        entered.desk = DeskAtWork(frame, Request(command=command or os.urandom(8).hex()))
        return entered

    return service


@pytest.fixture
def told(frame: Frame) -> Callable[..., None]:
    """Tells the service events of others, one batch each, as the subscription does."""
    numbers = iter(range(1, 1000))

    def tell(*events: object) -> None:
        for event in events:
            number = next(numbers)
            fact = Fact(
                event=event,
                source=event.source,
                subject=event.candidate_id,
                number=number,
                recorded_at=NOON,
                cause=f"{event.source}/E1/0/{number}",
            )
            unit = Unit(received=[fact])
            entered = CertificationService()
            entered.desk = DeskAtWork(frame, Request(), fact=fact, unit=unit)
            HANDLERS[type(event).__name__](entered, event)
            frame.committer.perform(unit, timeout=5.0)

    return tell


HANDLERS = {
    "ExamPassed": CertificationService.on_exam_passed,
    "ExamFailed": CertificationService.on_exam_failed,
    "ExamResultRevoked": CertificationService.on_exam_result_revoked,
    "AccountsMerged": CertificationService.on_records_joined_or_parted,
    "AccountsSeparated": CertificationService.on_records_joined_or_parted,
}


@pytest.fixture
def portal(frame: Frame) -> Iterator[Portal]:
    """The portal in front of this service."""

    opened = Portal(certification=at_work(CertificationService, frame))
    yield opened
    opened.here.stop()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Testing and certification behind one gateway."""
    with at_once(tmp_path) as opened:
        yield opened
