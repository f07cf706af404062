"""Services as real processes around one virtual host of a real broker, with means to disturb them."""

import base64
import json
import os
import signal
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from sqlalchemy import Connection, Table, func, select

from chassis.calling import BlockingCaller
from chassis.database import Database
from chassis.errors import Failure, Unavailable
from chassis.tables import cursors, outbox
from deploy import ports, processes
from deploy.broker import PrivateBroker
from tests.chassis.services_under_test import depot, post
from tests.corner import Corner
from tests.installed import installed

ROOT = Path(__file__).parents[2]
PLANS = {"post": post.PLAN, "depot": depot.PLAN}
PATIENCE = 30.0
QUICK = {
    "chassis.subscription.IDLE_SECONDS": 0.3,
    "chassis.applying.RETRY_PAUSES": [0.02, 0.05],
    "chassis.effects.POLL_SECONDS": 0.1,
    "chassis.effects.FIRST_PAUSE": 0.05,
}
"""Pauses that a test can wait for."""


class Town:
    """A post and a depot; `urls` gives the database of each."""

    KILL = signal.SIGKILL

    def __init__(
        self, broker: PrivateBroker, host: str, folder: Path, urls: dict[str, str], partitions: int = 1
    ) -> None:
        self.corner = Corner(broker, host)
        self.folder = folder
        self.urls = urls
        self.partitions = partitions
        self.knobs: dict[str, Any] = dict(QUICK)
        self.health_ports = dict(zip(urls, ports.choose(len(urls)), strict=True))
        self.running: dict[str, Any] = {}
        self.databases: dict[str, Database] = {}
        self.caller = BlockingCaller(self.amqp_uri)
        self.corner.open()

    @property
    def amqp_uri(self) -> str:
        """The virtual host's address."""
        return self.corner.uri

    def is_complete(self) -> bool:
        """Whether the depot has applied the post's whole public log."""
        return sum(row.last for row in self.rows("depot", cursors)) == self.written()

    # -- services -----------------------------------------------------------------------------------------------------

    def install(self, *names: str) -> None:
        """Make the tables of services and of the frame."""
        for name in names:
            installed(self.urls[name], name, PLANS[name].metadata, self.partitions)

    def start(self, *names: str) -> None:
        """Start services and wait until they answer; `depot+` is a second replica of `depot`."""
        for name in names:
            service = name.rstrip("+")
            with (self.folder / f"{name}.log").open("ab") as log:
                command = [sys.executable, "-W", "ignore", "-m", "tests.chassis.services_under_test.runner", service]
                self.running[name] = processes.spawn(command, env=self._environment(name), cwd=ROOT, output=log)
        for name in names:
            self.wait(lambda name=name: self.answers(name))

    def stop(self, *names: str, how: signal.Signals = signal.SIGTERM) -> None:
        """End services, kindly or not."""
        for name in names:
            processes.end(self.running.pop(name, None), how=how, patience=15)

    def close(self) -> None:
        """End everything."""
        self.caller.close()
        self.stop(*list(self.running))
        for database in self.databases.values():
            database.close()
        self.corner.close()

    def log(self, name: str) -> list[dict[str, Any]]:
        """What a service has said so far."""
        lines = (self.folder / f"{name}.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    # -- asking -------------------------------------------------------------------------------------------------------

    def call(self, service: str, method: str, *, timeout: float = 10.0, command: str = "", **arguments: Any) -> Any:
        """One call, repeated while a part is away."""
        answer: list[Any] = []

        def called() -> bool:
            try:
                answer.append(self.caller.call(service, method, timeout=timeout, command=command, **arguments))
            except Unavailable:
                return False
            return True

        self.wait(called)
        return answer[0]

    def answers(self, name: str) -> bool:
        """Whether a service takes calls."""
        process = self.running[name]
        assert process.poll() is None, (self.folder / f"{name}.log").read_text()[-3000:]
        try:
            self.caller.call(name.rstrip("+"), "heads", timeout=1.0)
        except Failure:
            return False
        return True

    def health(self, name: str) -> dict[str, Any]:
        """The service's own report."""
        url = f"http://127.0.0.1:{self.health_ports[name]}/health"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return dict(json.load(answer))
        except HTTPError as unwell:
            return dict(json.load(unwell))

    def alarm(self, name: str) -> str:
        """What stopped the subscription, if anything."""
        return " ".join(self.health(name)["problems"])

    def wait(self, condition: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Until it is so; fails with the services' last words."""
        if not processes.until(condition, patience):
            words = "\n".join(
                f"--- {name}\n{json.dumps(self.log(name)[-6:], indent=1)[-3000:]}" for name in self.running
            )
            raise AssertionError(f"did not happen within {patience} s\n{words}")

    # -- looking into databases ---------------------------------------------------------------------------------------

    @contextmanager
    def reading(self, name: str) -> Iterator[Connection]:
        """A connection beside the service's own."""
        if name not in self.databases:
            self.databases[name] = Database(self.urls[name])
        with self.databases[name].read() as connection:
            yield connection

    def rows(self, name: str, table: Table) -> list[Any]:
        """All rows of a service's table, by primary key."""
        with self.reading(name) as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key)))

    def written(self, name: str = "post") -> int:
        """How many events stand in a service's public log."""
        with self.reading(name) as connection:
            return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())

    def diary(self, candidate_id: str) -> list[tuple[str, int]]:
        """What the depot noted about one candidate, in the order in which it heard of it: (parcel, number)."""
        with self.reading("depot") as connection:
            noted = select(depot.notes).where(depot.notes.c.candidate_id == candidate_id)
            rows = connection.execute(noted.order_by(depot.notes.c.position))
            return [(row.parcel_id, row.number) for row in rows]

    # -- disturbing the broker ----------------------------------------------------------------------------------------

    def wipe(self) -> None:
        """Lose every queue, exchange, binding and message at once; connections break."""
        self.corner.close()
        self.corner.open()

    def unbind(self, queue: str, key: str) -> None:
        """Let messages go nowhere."""
        path = f"bindings/{self.corner.name}/e/certtrack.internal/q/{queue}"
        for binding in self.corner.manage("GET", path):
            if binding["routing_key"] == key:
                self.corner.manage("DELETE", f"{path}/{binding['properties_key']}")

    def bind(self, queue: str, key: str) -> None:
        """Let them arrive again."""
        self.corner.manage("POST", f"bindings/{self.corner.name}/e/certtrack.internal/q/{queue}", {"routing_key": key})

    def queues(self) -> dict[str, str]:
        """Type of each queue by its name."""
        return {queue["name"]: queue["type"] for queue in self.corner.manage("GET", f"queues/{self.corner.name}")}

    def _environment(self, name: str) -> dict[str, str]:
        return dict(os.environ) | {
            "DATABASE_URL": self.urls[name.rstrip("+")],
            "AMQP_URI": self.amqp_uri,
            "CERTTRACK_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
            "CERTTRACK_MODE": "test",
            "CERTTRACK_PARTITIONS": str(self.partitions),
            "CERTTRACK_HEALTH_PORT": str(self.health_ports.get(name, 0)),
            "CERTTRACK_DATA": str(self.folder),
            "KNOBS": json.dumps(self.knobs),
        }
