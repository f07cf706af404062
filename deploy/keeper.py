"""Keep one thing alive: start it, notice its death, start it again after a short, growing pause."""

import logging
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy import processes
from deploy.broker import BrokerFailed
from deploy.environment import ROOT
from deploy.health import as_object
from deploy.postgres import PostgresFailed
from deploy.servers import Runnable

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 3.0
HEALTHY_AFTER = 3.0
"""Seconds of life after which earlier deaths are forgotten."""
LARGEST_LOG = 20_000_000
START_REFUSED = 2
"""Exit code of a process that asks the operator for another setting."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Program:
    """A process of ours; its output is appended to `log`."""

    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    niceness: int = 0
    """How far it lets others go first when processors are scarce; 0 to 19."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id while it lives."""
        return self.process.pid if self.process is not None and self.alive() else None

    def launch(self) -> None:
        """Start without waiting; a living one is fine."""
        if not self.alive():
            with self.log.open("ab") as output:
                self.process = processes.spawn(self.command, env=self.environment, cwd=ROOT, output=output)
            processes.let_others_first(self.process.pid, self.niceness)

    def alive(self) -> bool:
        """Whether it lives."""
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        """Begin to stop, without waiting."""
        if self.process is not None and self.alive():
            self.process.terminate()

    def stop(self) -> None:
        """End it cleanly, or kill it after some seconds."""
        processes.end(self.process, patience=6.0)

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None and self.alive():
            self.process.kill()

    def refused(self) -> bool:
        """Whether it ended by itself because it must not start like this."""
        return self.process is not None and self.process.poll() == START_REFUSED

    def last_words(self) -> str:
        """The reason on the last line of its log, or that line."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        line = lines[-1][-500:] if lines else "no word in its log"
        return str(as_object(line.encode()).get("reason", line))


@dataclass(slots=True)
class Keeper:
    """Watches one runnable; `tend` is called several times a second and answers a sentence when there is news."""

    name: str
    runnable: Runnable
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0
    """When to start again; 0 while it lives."""

    def start(self, now: float) -> None:
        """Start it; a failure to start counts as a death."""
        self.started, self.due = now, 0.0
        try:
            self.runnable.launch()
        except (OSError, BrokerFailed, PostgresFailed):
            log.exception("start-failed: %s", self.name)

    def tend(self, now: float) -> str | None:
        """Start it again when its pause is over; the sentence tells of a death just noticed."""
        if self.runnable.alive():
            self.deaths = 0 if now - self.started > HEALTHY_AFTER else self.deaths
            return None
        if self.due:
            if now >= self.due:
                self.start(now)
            return None
        pause = min(FIRST_PAUSE * 2**self.deaths, LONGEST_PAUSE)
        self.deaths += 1
        self.due = now + pause
        return f"{self.name} ended; starting it again in {pause:.1f} s."


def stop_all(programs: Sequence[Program], patience: float = 6.0) -> None:
    """Ask all to end at the same time; kill what is left after `patience` seconds."""
    for program in programs:
        program.ask_to_end()
    deadline = time.monotonic() + patience
    for program in programs:
        processes.until(lambda one=program: not one.alive(), deadline - time.monotonic())  # type: ignore[misc]
        program.kill()


def shorten(file: Path) -> None:
    """Keep one older part of a log that has grown large; its writer appends and notices nothing."""
    if file.exists() and file.stat().st_size > LARGEST_LOG:
        file.with_suffix(".log.1").write_bytes(file.read_bytes())
        with file.open("r+b") as grown:
            grown.truncate()
