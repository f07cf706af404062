"""All five services behind one gateway in this process, without a broker; events pass when a test says so."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
from sqlalchemy import select

import contracts
from chassis import serialization
from chassis.frame import Frame
from chassis.settings import Settings
from chassis.tables import effects, outbox
from gateway.app import build
from gateway.tokens import Tokens
from services.certification.service import CertificationService
from services.fulfillment.service import FulfillmentService
from services.identity.projections import METADATA
from services.identity.service import PLAN, IdentityService
from services.identity.service.parts import parts_of
from services.testing.service import TestingService as Testing
from services.verification.service import VerificationService
from tests.certification.pages import do
from tests.certification.portal import Here, Inside, Portal, at_work
from tests.front_door import KEY, Door, Noon, handlers_of, opened
from tests.gateway import places
from tests.gateway.pages import follow, send
from tests.identity.front_door import HOME
from tests.installed import installed

SERVICES: dict[str, type] = {
    "certification": CertificationService,
    "testing": Testing,
    "fulfillment": FulfillmentService,
    "verification": VerificationService,
}
PERSON = {
    "password": "correct horse battery", "first_name": "Ada", "last_name": "Lovelace", "country": "GB",
    "privacy_version": "2026-01", "terms_version": "7",
}  # fmt: skip


class IdentitysKeys:
    """Keys as identity has them."""

    def __init__(self, identity: Frame) -> None:
        self._identity = identity

    def keys_for(self, candidate_ids: Collection[str]) -> dict[str, bytes | None]:
        return parts_of(self._identity).keys.keys_for(candidate_ids)


class FrontOfHouse(Portal):
    """The portal with a real identity behind it."""

    def __init__(self, **services: Any) -> None:
        inside: Any = Inside(**services)
        house = replace(places.house(), client=inside, tokens=Tokens(inside))
        house.tokens.know([places.KEY.as_dict(private=False)])
        self.here = Here(build(house))


@dataclass
class WholeHouse:
    """Everything, with one clock."""

    portal: Portal
    doors: dict[str, Door]
    clock: Noon
    heard: dict[str, int] = field(default_factory=dict)

    def ask(self, service: str) -> Any:
        """A service as one request sees it."""
        return self.doors[service].asked_as()

    def person(self, email: str, **other: str) -> str:
        """Somebody who has signed up, logged in and completed the profile; gives the candidate id."""
        identity = self.ask("identity")
        candidate_id = identity.register(email=email, **PERSON | other)["candidate_id"]
        self.confirm(candidate_id, email)
        self.ask("identity").give_birth_date(candidate_id, "1990-12-10")
        self.ask("identity").answer_news(candidate_id, wanted=False)
        self.ask("identity").change_address(candidate_id, **HOME)
        self.hand_on()
        return candidate_id

    def confirm(self, candidate_id: str, email: str) -> None:
        """Open the mailed link, and log in for the first time."""
        links = parts_of(self.doors["identity"].frame).links
        [told] = [
            effect.payload for effect in _mails(self.doors["identity"].frame, candidate_id)
            if effect.payload.get("letter") == "confirm-email"
        ]  # fmt: skip
        link = links.address("confirm-email", candidate_id, told["link_id"]).partition("link=")[2]
        self.ask("identity").confirm_email(link)
        self.ask("identity").log_in(email, PERSON["password"])

    def browser(self, email: str) -> httpx.Client:
        """A browser in which somebody has logged in by password: the token is identity's own, like the session.

        From then on the gateway knows identity's keys and none of a test; `script` is the way to the API.
        """
        window = self.portal.anybody()
        send(window, follow(window, "/login"), "/login", email=email)
        answer = send(window, follow(window, "/login/password"), "/login/password", password=PERSON["password"])
        assert answer.headers["location"] == "/home", answer.text
        return window

    def script(self, email: str) -> httpx.Client:
        """A client of the API for which somebody has logged in by password."""
        client = self.portal.anybody()
        opened = do(client, "POST", "/api/v1/sessions", {"email": email, "password": PERSON["password"]})
        client.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        return client

    def hand_on(self) -> None:
        """Every event to everybody who listens, until nobody has anything new to tell."""
        while sum(self._hand_on_from(source) for source in self.doors):
            self.ask("certification").join_records()

    def _hand_on_from(self, source: str) -> int:
        last = self.heard.get(source, 0)
        with self.doors[source].frame.database.read() as connection:
            rows = connection.execute(select(outbox).where(outbox.c.sequence > last).order_by(outbox.c.sequence)).all()
        for row in rows:
            kind = getattr(contracts, row.name)
            for name, door in self.doors.items():
                if name != source and _listens(door.service, kind):
                    door.tell(serialization.from_plain(kind, orjson.loads(row.data)))
            self.heard[source] = row.sequence
        return len(rows)

    def staff(self, name: str, *permissions: str) -> httpx.Client:
        """A member of staff in a browser."""
        return self.portal.browser(name, *permissions)


def _mails(frame: Frame, subject: str) -> list[Any]:
    with frame.database.read() as connection:
        return list(connection.execute(select(effects).where(effects.c.subject == subject)))


def _listens(service: type, kind: type) -> bool:
    try:
        return bool(handlers_of(service, kind))
    except AssertionError:
        return False


@contextmanager
def whole_house(tmp_path: Path) -> Iterator[WholeHouse]:
    """Five services on five empty databases."""
    with ExitStack() as stack:
        identity = stack.enter_context(_identity(tmp_path / "identity"))
        frames = {"identity": identity}
        for name, service in SERVICES.items():
            (tmp_path / name).mkdir()
            url = f"sqlite:///{tmp_path / name / 'service.sqlite'}"
            keys: Any = IdentitysKeys(identity)
            frames[name] = stack.enter_context(opened(service.desk.plan, url, tmp_path / name, keys))
            frames[name].clock = identity.clock
        doors = {name: Door({"identity": IdentityService, **SERVICES}[name], frame) for name, frame in frames.items()}
        portal = FrontOfHouse(**{name: at_work(door.service, door.frame) for name, door in doors.items()})
        yield WholeHouse(portal, doors, identity.clock)
        portal.here.stop()


@contextmanager
def _identity(folder: Path) -> Iterator[Frame]:
    folder.mkdir()
    settings = Settings(
        database_url=f"sqlite:///{folder / 'service.sqlite'}",
        amqp_uri="amqp://nobody:nothing@127.0.0.1:1/%2F",
        master_key=KEY,
        mode="test",
        argon2="fast",
        data=folder,
    )
    installed(settings.database_url, "identity", METADATA, settings.partitions)
    frame = Frame(PLAN, settings)
    frame.clock = Noon()
    frame.clock.at = datetime.now(UTC)  # mailed links and sessions last in real time
    frame.committer.start()
    try:
        yield frame
    finally:
        frame.committer.stop()
        frame.database.close()
