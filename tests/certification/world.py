"""Testing and certification behind one gateway in this process, with one clock; events pass when a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import orjson
from sqlalchemy import select

import contracts
from chassis import serialization
from chassis.frame import Frame
from chassis.tables import outbox
from services.certification.service import PLAN, CertificationService
from services.testing.service import PLAN as TESTING
from services.testing.service import TestingService as Testing
from tests.certification.portal import Portal, at_work
from tests.certification.test_service import ADA
from tests.front_door import Door, KeyRing, Noon, opened

MAY = ("approvals.request", "approvals.decide", "certifications.extend", "credits.review")


@dataclass
class World:
    """Testing and certification behind one gateway, with one clock."""

    portal: Portal
    testing: Frame
    certification: Door
    clock: Noon
    heard: int = 0

    def go_to(self, day: date) -> None:
        self.clock.at = self.clock.at.replace(year=day.year, month=day.month, day=day.day)

    def candidate(self) -> httpx.Client:
        return self.portal.client(ADA)

    def staff(self, name: str) -> httpx.Client:
        return self.portal.client(name, *MAY)

    def provider(self) -> httpx.Client:
        return self.portal.client("PROVIDER", role="provider")

    def hand_on(self) -> None:
        """What testing has announced since, in its order."""
        with self.testing.database.read() as connection:
            rows = connection.execute(
                select(outbox).where(outbox.c.sequence > self.heard).order_by(outbox.c.sequence)
            ).all()
        for row in rows:
            kind = getattr(contracts, row.name)
            self.certification.tell(serialization.from_plain(kind, orjson.loads(row.data)))
            self.heard = row.sequence


@contextmanager
def at_once(tmp_path: Path) -> Iterator[World]:
    """The world on two empty databases."""
    keys, folders = KeyRing(), [tmp_path / name for name in ("certification", "testing")]
    for folder in folders:
        folder.mkdir()
    with (
        opened(PLAN, f"sqlite:///{folders[0] / 'service.sqlite'}", folders[0], keys) as certification,
        opened(TESTING, f"sqlite:///{folders[1] / 'service.sqlite'}", folders[1], keys) as testing,
    ):
        testing.clock = certification.clock
        portal = Portal(certification=at_work(CertificationService, certification), testing=at_work(Testing, testing))
        yield World(portal, testing, Door(CertificationService, certification), certification.clock)
        portal.here.stop()
