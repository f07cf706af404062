"""The whole system for tests: started by the supervisor, exactly as an operator starts it."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import httpx

import contracts
from chassis.calling import BlockingCaller
from chassis.errors import Failure
from contracts.words import LISTENERS
from deploy import ports
from deploy.environment import ROOT, SERVICES, Installation
from deploy.postgres import PrivatePostgres
from deploy.processes import until
from tests import log_search
from tests.corner import Corner

READY = 90.0
SERVERS = {"AMQP_URI", "RABBITMQ_MANAGEMENT_URL", "DATABASE_ADMIN_URL"}
"""A test chooses its servers itself."""


DOCTOR = httpx.Client(timeout=1.0)
"""Asks for health; one for all, because making a client takes longer than an answer."""


def today() -> date:
    """The programme day, now: a run may last beyond midnight."""
    return datetime.now(UTC).date()


@dataclass
class System:
    """Broker, database, five services and the gateway in processes of their own, under one supervisor."""

    folder: Path
    database: str
    partitions: int = 1
    environment: Mapping[str, str] = field(default_factory=dict)
    supervisor: subprocess.Popen[bytes] | None = None
    port: int = 0
    days_ahead: int = 0
    clients: list[httpx.Client] = field(default_factory=list)
    caller: BlockingCaller | None = None
    place: Corner | None = None
    """Where it has its queues in a broker that it shares; without one it starts a broker of its own."""
    letters: Callable[[str], list[str]] | None = None
    """What the test's own mail server got for an address, newest first; without one the embedded mailbox is read."""

    def __enter__(self) -> Self:
        self.port = self.port or ports.choose(1)[0]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(hastily=True)
        found = log_search.personal(self.folder)
        if (self.folder / "postgres").exists():  # its data may lie elsewhere
            PrivatePostgres(self.folder / "postgres").remove()
        assert found == []

    def start(self) -> None:
        """Until every health question is answered well."""
        self.launch()
        assert until(lambda: self.note().get("ready", False) or self._ended(), READY), self.last_words()
        assert not self._ended(), self.last_words()

    def start_unhealthy(self) -> None:
        """Until the processes answer, with whatever they have to say."""
        self.launch()
        assert until(lambda: len(self.note().get("health", {})) == len(SERVICES), READY), self.last_words()

    def launch(self) -> None:
        """Start the supervisor and wait for nothing."""
        command = [
            sys.executable, "-m", "deploy.cli", "--data", str(self.folder), "run", "--database", self.database,
            "--port", str(self.port), "--mode", "test", "--partitions", str(self.partitions),
            "--clock-offset-days", str(self.days_ahead),
        ]  # fmt: skip
        inherited = {name: value for name, value in os.environ.items() if name not in SERVERS}
        variables = {**inherited, "CERTTRACK_ARGON2": "fast", **self._servers(), **self.environment}
        with (self.folder / "supervisor.log").open("ab") as output:
            self.supervisor = subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )

    def _servers(self) -> dict[str, str]:
        place = self.place
        return {"AMQP_URI": place.uri, "RABBITMQ_MANAGEMENT_URL": place.management_url} if place else {}

    def stop(self, *, hastily: bool = False) -> None:
        """Everything ends with the supervisor; a broker of its own takes five seconds to end well, and none hastily."""
        while self.clients:
            self.clients.pop().close()
        if self.caller is not None:
            self.caller.close()
            self.caller = None
        if self.supervisor is not None and self.supervisor.poll() is None:
            broker = self.note().get("pids", {}).get("broker") if hastily else None
            self.supervisor.terminate()
            if broker:
                os.kill(broker, signal.SIGKILL)
            try:
                self.supervisor.wait(30)
            except subprocess.TimeoutExpired:
                self.supervisor.kill()
                self.supervisor.wait(5)

    def travel(self, days: int) -> None:
        """Start everything again so many days later, at the same address; browsers stay logged in."""
        self.stop(hastily=True)
        self.days_ahead += days
        self.start()

    def _ended(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is not None

    def last_words(self) -> str:
        """The end of the supervisor's log."""
        return (self.folder / "supervisor.log").read_text(errors="replace")[-2000:]

    def note(self) -> dict[str, Any]:
        """What the supervisor tells operators: pids and addresses."""
        try:
            return dict(json.loads((self.folder / "run.json").read_text()))
        except (OSError, ValueError):
            return {}

    @property
    def url(self) -> str:
        """Where the gateway listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def installation(self) -> Installation:
        """The settings of every process."""
        return Installation.load(self.folder)

    def call(self, service: str, method: str, *, timeout: float = 10.0, **arguments: Any) -> Any:
        """An operator's call."""
        if self.caller is None:
            self.caller = BlockingCaller(self.installation.amqp_uri)
        return self.caller.call(service, method, timeout=timeout, **arguments)

    def letters_to(self, email: str) -> list[str]:
        """The texts mailed to an address, newest first."""
        if self.letters is not None:
            return self.letters(email)
        return [str(mail["text"]) for mail in self.call("identity", "mailbox", to=email)]

    def kill(self, name: str) -> None:
        """SIGKILL one process; the supervisor is left to notice. The note may be a moment behind."""
        pid = self.note()["pids"].get(name)
        if pid:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def healthy(self) -> bool:
        """Whether every process answers its health question well, now."""
        return not self.ailments()

    def ailments(self) -> list[str]:
        """What the processes say of their health where it is not good."""
        urls = [*self.note()["health"].values(), f"{self.url}/health"]
        try:
            answers = [DOCTOR.get(url) for url in urls]
        except httpx.HTTPError as error:
            return [repr(error)]
        return [answer.text for answer in answers if answer.status_code != httpx.codes.OK]

    def settled(self, patience: float = 20.0) -> bool:
        """Wait until every service has applied everything that the others have told."""
        return until(self._is_settled, patience)

    def _is_settled(self) -> bool:
        try:
            heads = {name: self.call(name, "heads", timeout=1.0) for name in SERVICES}
            marks = [
                [name, answer["epoch"], int(partition), sequence]
                for name, answer in heads.items()
                for partition, sequence in answer["heads"].items()
                if sequence
            ]
            return all(
                self.call(name, "reached", marks=self._followed(name, marks), wait_ms=200)["reached"]
                for name in SERVICES
            )
        except Failure:
            return False

    def _followed(self, name: str, marks: list[Any]) -> list[Any]:
        return [mark for mark in marks if mark[0] in FOLLOWS[name]]

    def differences(self) -> dict[str, Any]:
        """Where replaying facts and logs does not give the live projections; empty when all is well."""
        with ThreadPoolExecutor(len(SERVICES)) as at_once:
            reports = at_once.map(lambda name: self.call(name, "verify_projections", timeout=300.0), SERVICES)
        return {report["service"]: report["differences"] for report in reports if report["differences"]}


FOLLOWS = {
    service: {event.source for event in contracts.ALL if service in LISTENERS[event.event_name]} for service in SERVICES
}
"""Which sources each service follows."""


@dataclass
class Person:
    """A client of the JSON API; every write gets a fresh Idempotency-Key unless one is given."""

    system: System
    token: str = ""
    candidate_id: str = ""
    at_least: str = ""
    email: str = ""
    session: str = ""

    def __post_init__(self) -> None:
        self._connect()

    def _connect(self) -> None:
        self.http = httpx.Client(base_url=self.system.url, timeout=5.0)
        self.system.clients.append(self.http)

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> httpx.Response:
        """One request, on a new connection where the system was stopped meanwhile."""
        if self.http.is_closed:
            self._connect()
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.at_least:
            headers["Certtrack-At-Least"] = self.at_least
        if method != "GET":
            headers["Idempotency-Key"] = key or uuid.uuid4().hex
        response = self.http.request(method, path, json=body, headers=headers)
        self.at_least = response.headers.get("Certtrack-Written", self.at_least)
        return response

    def get(self, path: str) -> Any:
        """What a page of the API says, if need be at the second try; fails the test on any other error."""
        response = self._patiently(lambda: self.ask("GET", path))
        assert response.status_code == httpx.codes.OK, (path, response.status_code, response.text)
        return response.json()

    def do(self, method: str, path: str, body: Any = None) -> Any:
        """A write that must succeed, if need be at the second try with the same key."""
        key = uuid.uuid4().hex
        response = self._patiently(lambda: self.ask(method, path, body, key=key))
        assert response.is_success, (path, response.status_code, response.text)
        return response.json() if response.content else None

    def _patiently(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        response = ask()
        for pause in (0.2, 0.5, 1.0, 2.0, 3.0):
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(pause)
            response = ask()
        return response

    def refresh(self) -> None:
        """A new token by the session."""
        self.token = self.do("POST", "/api/v1/sessions/refresh", {"session": self.session})["token"]


PASSWORD = "correct horse battery"
ADDRESS = {
    "country": "GB", "lines": ["12 Box Hill Road"], "city": "Dorking", "state": "Surrey", "postal_code": "RH5 6BY",
}  # fmt: skip


def signed_up(system: System, first_name: str, last_name: str, email: str) -> Person:
    """Somebody who has confirmed the e-mail and never logged in."""
    person = Person(system, email=email)
    account = {
        "email": email, "password": PASSWORD, "first_name": first_name, "last_name": last_name, "country": "GB",
        "privacy_version": "2026-01", "terms_version": "2026-01",
    }  # fmt: skip
    person.candidate_id = person.do("POST", "/api/v1/accounts", account)["candidate_id"]
    person.do("POST", "/api/v1/accounts/confirmation", {"link": mailed_link(system, email)})
    return person


def candidate(system: System, first_name: str, last_name: str, email: str = "", born_on: str = "1990-12-10") -> Person:
    """Somebody who has signed up, logged in and given an address."""
    email = email or f"{first_name}.{uuid.uuid4().hex[:8]}@example.org".lower()
    person = signed_up(system, first_name, last_name, email)
    opened = person.do("POST", "/api/v1/sessions", {"email": person.email, "password": PASSWORD})
    person.session, person.token = opened["session"], opened["token"]
    person.do("PUT", "/api/v1/me/birth-date", {"birth_date": born_on})
    person.do("PUT", "/api/v1/me/news", {"wanted": False})
    person.do("PUT", "/api/v1/me/address", ADDRESS)
    person.refresh()
    return person


def member(system: System, first_name: str, last_name: str, group: str) -> Person:
    """A member of staff: somebody with an account who was put into a group."""
    person = candidate(system, first_name, last_name)
    system.call("identity", "staff_add", email=person.email, group_id=group)
    log_in = {"email": person.email, "password": PASSWORD}
    person.token = person.do("POST", "/api/v1/sessions", log_in)["token"]
    return person


def mailed_link(system: System, email: str, page: str = "/confirm") -> str:
    """The newest link to that page in the mail for this address, as it comes behind `link=`."""

    def links() -> list[str]:
        marks = [text.partition(f"{page}?link=")[2] for text in system.letters_to(email)]
        return [link.split()[0] for link in marks if link]

    return str(eventually(links, bool)[0])


def provider(system: System) -> Person:
    """The test provider's system, with the token that an operator issued."""
    token = system.call(
        "identity", "issue_token", subject="test-provider", roles=["provider"], lifetime_seconds=36_000
    )["token"]
    return Person(system, token=token)


def result(candidate_id: str, exam: str, taken_on: str, outcome: str = "pass") -> dict[str, Any]:
    """One result as the provider reports it."""
    reference = f"P-{uuid.uuid4().hex[:12]}"
    return {
        "candidate_id": candidate_id, "exam": exam, "taken_on": taken_on, "outcome": outcome,
        "provider_reference": reference, "score": 870 if outcome == "pass" else 640,
    }  # fmt: skip


def eventually(read: Callable[[], Any], wanted: Callable[[Any], bool], patience: float = 10.0) -> Any:
    """What `read` says once it is as wanted; the last answer fails the test after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not wanted(answer := read()):
        assert time.monotonic() < deadline, answer
        time.sleep(0.05)
    return answer
