"""Start broker, database, migrations, services and gateway; keep them alive; stop them in order."""

import json
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self

from deploy import servers
from deploy.environment import (
    SERVICES,
    Installation,
    InstallationRefused,
    Mode,
    migrate_command,
    run_command,
    write_private,
)
from deploy.health import Doctor
from deploy.keeper import Keeper, Program, shorten, stop_all
from deploy.preconditions import StartFailed, check_port, only_one

TICK = 0.1
NICENESS = 5
"""Of services: what they catch up with must not keep the gateway from answering everybody in time."""
LOOK_AT_LOGS_EVERY = 5.0
READY_PATIENCE = 60.0
SILENT_PATIENCE = 30.0
"""A process that answers no health question for so long is ended and started again."""
TRIES_BEFORE_READY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the operator asked for."""

    data: Path
    database: str = "sqlite"
    port: int = 8080
    mode: Mode = "demo"
    partitions: int | None = None
    """As at the installation, or 1, when not chosen."""
    clock_offset_days: int = 0
    demo: bool = True


def main(choices: Choices) -> int:
    """Run until Ctrl-C or SIGTERM; the exit code. A reason not to start is one sentence on standard error."""
    try:
        with only_one(choices.data), Supervisor(choices) as supervisor:
            supervisor.run()
    except (StartFailed, servers.NoServer, InstallationRefused) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


@dataclass(slots=True)
class Supervisor:
    """All processes of one installation; a context manager, so that whatever started is stopped."""

    choices: Choices
    keepers: list[Keeper] = field(default_factory=list)
    migrations: dict[str, Program] = field(default_factory=dict)
    installation: Installation | None = None
    demo: Program | None = None
    ready_at: float | None = None
    told_unwell: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    doctor: Doctor = field(default_factory=lambda: Doctor({}))
    noted_pids: dict[str, int | None] = field(default_factory=dict)
    looked_at_logs: float = 0.0

    def __enter__(self) -> Self:
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self) -> None:
        """Start everything and tend it until asked to stop; StartFailed when it does not become ready."""
        began = time.monotonic()
        check_port(self.choices.port)
        self._start_servers()
        self._start_programs()
        self.doctor = Doctor(self._health_urls())
        threading.Thread(target=self.doctor.listen, args=(self.stopping,), daemon=True).start()
        while not self.stopping.wait(TICK):
            self._tend(time.monotonic(), began)

    def stop(self) -> None:
        """Gateway first, then services, database and broker; nothing is left."""
        self.stopping.set()
        programs = {keeper.name: keeper.runnable for keeper in self.keepers if isinstance(keeper.runnable, Program)}
        if programs:
            print("\nStopping ...", flush=True)
        others = [*self.migrations.values(), *([self.demo] if self.demo else [])]
        for program in others:
            program.kill()
        stop_all([program for name, program in programs.items() if name == "gateway"], patience=2.0)
        for keeper in self.keepers:
            if keeper.name in {"broker", *SERVICES}:
                keeper.runnable.ask_to_end()  # the broker takes its time, and the services can do without it
        stop_all([program for name, program in programs.items() if name != "gateway"], patience=5.0)
        for keeper in reversed(self.keepers):
            if not isinstance(keeper.runnable, Program):
                keeper.runnable.stop()
        (self.choices.data / "run.json").unlink(missing_ok=True)

    def _start_servers(self) -> None:
        data, choices = self.choices.data.resolve(), self.choices
        broker = servers.find_broker(data / f"broker-{choices.database}")  # its queues belong to one set of logs
        self._keep("broker", broker.keep)
        urls = None
        if choices.database == "postgresql":
            database = servers.find_database(data)
            self._keep("postgres", database.keep)
            urls = database.service_urls(data)
        self.installation = Installation.at(
            data,
            amqp_uri=broker.uri,
            management_url=broker.management_url,
            database_urls=urls,
            port=choices.port,
            mode=choices.mode,
            partitions=choices.partitions or partitions_of(data),
            clock_offset_days=choices.clock_offset_days,
        )
        self.installation.save()
        print(f"Starting on {choices.database} and {broker.how} ...", flush=True)

    def _keep(self, name: str, runnable: servers.Runnable | None) -> None:
        if runnable is None:
            return
        keeper = Keeper(name, runnable)
        self.keepers.append(keeper)
        if not runnable.alive():
            keeper.start(time.monotonic())
        else:
            keeper.started = time.monotonic()

    def _start_programs(self) -> None:
        """Migrations of all services at once; each service follows its own, the gateway waits for nobody."""
        installation = self._installed()
        for name in SERVICES:
            self.migrations[name] = Program(migrate_command(name), installation.service(name), self._log(name))
            self.migrations[name].launch()
        self._keep("gateway", Program(run_command("gateway"), installation.gateway(), self._log("gateway")))
        self._note()

    def _tend(self, now: float, began: float) -> None:
        self._follow_migrations()
        news = [sentence for keeper in self.keepers if (sentence := keeper.tend(now))]
        for sentence in news:
            print(sentence, flush=True)
        if self.ready_at is None:
            self._become_ready(now, began)
        else:
            self._end_the_silent(now)
        self._tell_demo()
        if self._pids() != self.noted_pids:
            self._note()
        if now - self.looked_at_logs > LOOK_AT_LOGS_EVERY:
            self.looked_at_logs = now
            for file in self._log("x").parent.glob("*.log"):
                shorten(file)

    def _follow_migrations(self) -> None:
        for name, migration in list(self.migrations.items()):
            if migration.alive():
                continue
            if migration.process is None or migration.process.returncode != 0:
                raise StartFailed(f"The database of {name} could not be migrated: {migration.last_words()}")
            del self.migrations[name]
            environment = self._installed().service(name)
            self._keep(name, Program(run_command(name), environment, self._log(name), niceness=NICENESS))

    def _become_ready(self, now: float, began: float) -> None:
        if self.doctor.all_well() and not self.migrations:
            self.ready_at, self.doctor.calm = now, True
            print(f"Ready after {now - began:.1f} s: {self._url()}  (Ctrl-C stops it)", flush=True)
            self._note()
            self._start_demo()
            return
        for keeper in self.keepers:
            if not isinstance(keeper.runnable, Program):
                continue
            if keeper.deaths >= TRIES_BEFORE_READY or keeper.runnable.refused():
                raise StartFailed(f"{keeper.name} does not start: {keeper.runnable.last_words()}")
        if now - began > READY_PATIENCE and not self.told_unwell:
            self._tell_unwell()

    def _tell_unwell(self) -> None:
        """A silent process ends the start; one that lacks something waits for it, or for the operator."""
        silent = [name for name in (*SERVICES, "gateway") if name not in self.doctor.heard]
        if silent:
            raise StartFailed(f"Not ready after {READY_PATIENCE:.0f} s: {', '.join(silent)}; see {self._log('*')}.")
        unwell = ", ".join(sorted(set(self.doctor.urls) - self.doctor.well))
        print(f"Running, but not well: {unwell}; certtrack health says why. {self._url()}", flush=True)
        self.told_unwell = True

    def _end_the_silent(self, now: float) -> None:
        for keeper in self.keepers:
            last = max(self.doctor.heard.get(keeper.name, now), keeper.started)
            if isinstance(keeper.runnable, Program) and keeper.runnable.alive() and now - last > SILENT_PATIENCE:
                print(f"{keeper.name} answers no health question for {SILENT_PATIENCE:.0f} s; ending it.", flush=True)
                keeper.runnable.kill()

    def _start_demo(self) -> None:
        if self.choices.mode == "demo" and self.choices.demo:
            command = [sys.executable, "-m", "deploy.demo", "--data", str(self.choices.data.resolve())]
            self.demo = Program(command, dict(os.environ), self._log("demo"))
            self.demo.log.unlink(missing_ok=True)
            self.demo.launch()

    def _tell_demo(self) -> None:
        """Print the demo programme's log-ins once its process has ended."""
        if self.demo is not None and not self.demo.alive():
            print(self.demo.log.read_text(errors="replace"), flush=True)
            self.demo = None

    def _health_urls(self) -> dict[str, str]:
        ports_of_services = self._installed().health_ports
        services = {name: f"http://127.0.0.1:{port}/health" for name, port in ports_of_services.items()}
        return services | {"gateway": f"{self._url()}/health"}

    def _note(self) -> None:
        """Leave var/run.json for operators and tests: who runs where."""
        installation, self.noted_pids = self._installed(), self._pids()
        note = {
            "pid": os.getpid(),
            "url": self._url(),
            "ready": self.ready_at is not None,
            "database": self.choices.database,
            "pids": self.noted_pids,
            "health": {name: f"http://127.0.0.1:{port}/health" for name, port in installation.health_ports.items()},
        }
        write_private(self.choices.data / "run.json", json.dumps(note, indent=1) + "\n")

    def _pids(self) -> dict[str, int | None]:
        return {keeper.name: keeper.runnable.pid for keeper in self.keepers}

    def _installed(self) -> Installation:
        assert self.installation is not None
        return self.installation

    def _url(self) -> str:
        return f"http://127.0.0.1:{self.choices.port}"

    def _log(self, name: str) -> Path:
        return self.choices.data.resolve() / "log" / f"{name}.log"

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        if self.stopping.is_set() and number == signal.SIGINT:
            os._exit(130)  # a second Ctrl-C: the children die with this process
        self.stopping.set()


def partitions_of(data: Path) -> int:
    """What an earlier start has chosen."""
    try:
        return Installation.load(data).partitions
    except InstallationRefused:
        return 1
