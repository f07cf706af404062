"""An identity service on an empty database, entered by its front door, without a broker."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.command_handling import Unit
from chassis.frame import Frame
from chassis.rpc import Request
from chassis.service import DeskAtWork
from chassis.settings import Settings
from services.identity.projections import METADATA
from services.identity.service import PLAN, IdentityService
from tests.front_door import one_reader
from tests.identity.front_door import mailed_link
from tests.installed import installed

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
    installed(settings.database_url, "identity", METADATA, settings.partitions)
    with one_reader():
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
def signed_up(frame: Frame, asked_as: Caller, ada: dict[str, str]) -> Callable[..., str]:
    """Register somebody like Ada, but for what is named, and confirm the e-mail; gives the candidate id."""

    def sign_up(command: str, **other: str) -> str:
        candidate_id = asked_as(command).register(**ada | other)["candidate_id"]
        asked_as(f"{command}|confirm").confirm_email(mailed_link(frame, "confirm-email", candidate_id))
        return candidate_id

    return sign_up


@pytest.fixture
def joined(asked_as: Caller, signed_up: Callable[..., str], ada: dict[str, str]) -> Callable[..., str]:
    """Sign up and log in for the first time, which makes a candidate of the account; gives the candidate id."""

    def join(command: str, **other: str) -> str:
        candidate_id = signed_up(command, **other)
        asked_as().log_in((ada | other)["email"], ada["password"])
        return candidate_id

    return join


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
def unconfirmed_ada(asked_as: Caller, ada: dict[str, str]) -> str:
    """Ada's candidate id; she has not opened the mailed link yet."""
    return asked_as("ada|register|1").register(**ada)["candidate_id"]


@pytest.fixture
def registered_ada(frame: Frame, asked_as: Caller, unconfirmed_ada: str) -> str:
    """Ada's candidate id; she has confirmed her e-mail."""
    asked_as("ada|confirm|1").confirm_email(mailed_link(frame, "confirm-email", unconfirmed_ada))
    return unconfirmed_ada
