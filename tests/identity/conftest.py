"""An identity service on an empty database, entered by its front door, without a broker."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.command_handling import Unit
from chassis.database import Database
from chassis.frame import Frame
from chassis.installing import install
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.settings import Settings
from chassis.tables import FRAME
from services.identity.projections import METADATA
from services.identity.service import PLAN, IdentityService

MASTER = bytes(range(32))
Caller = Callable[[str], IdentityService]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=MASTER,
        mode="test",
        argon2="fast",
        data=tmp_path,
    )


@pytest.fixture
def frame(settings: Settings) -> Iterator[Frame]:
    database = Database(settings.database_url)
    with database.write() as transaction:
        FRAME.create_all(transaction)
        METADATA.create_all(transaction)
    install(database, "identity", settings.partitions)
    database.close()
    frame = Frame(PLAN, settings)
    frame.committer.start()
    yield frame
    frame.committer.stop()
    frame.database.close()


@pytest.fixture
def asked_as(frame: Frame) -> Caller:
    """The service as one request sees it: `asked_as("ada|register|1").register(...)`; a retry has the same id."""

    def service(command: str = "") -> IdentityService:
        identity = IdentityService()
        identity.desk = DeskAtWork(frame, Request(command=command or os.urandom(8).hex()))
        return identity

    return service


@pytest.fixture
def told(frame: Frame) -> Callable[[str, object], list[tuple[str, str, dict]]]:
    """What a subscription handler of the service orders when it is told one event: its effects."""

    def tell(handler: str, event: object) -> list[tuple[str, str, dict]]:
        unit = Unit()
        identity = IdentityService()
        identity.desk = DeskAtWork(frame, Request(), unit=unit)
        getattr(identity, handler)(event)
        return [(effect.kind, effect.key, effect.payload) for effect in unit.effects]

    return tell


@pytest.fixture
def ada() -> dict[str, str]:
    """What Ada types into the sign-up form."""
    return {
        "email": "ada@example.org",
        "password": "correct horse battery",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "country": "GB",
        "privacy_version": "2026-01",
        "terms_version": "7",
    }


@pytest.fixture
def registered_ada(asked_as: Caller, ada: dict[str, str]) -> str:
    """Ada's candidate id."""
    return asked_as("ada|register|1").register(**ada)["candidate_id"]
