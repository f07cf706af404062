"""The outer side of a bench process: start it, give it orders, hear outcomes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from signal import SIGKILL
from types import TracebackType
from typing import Any, Self

from deploy import processes

ROOT = Path(__file__).resolve().parent.parent.parent


class BenchFailed(Exception):
    """A bench process did not do what it was told; the message holds its own words."""


class Worker:
    """One process of `tests.bench.parts`; a context manager, so that none is left behind."""

    def __init__(self, part: str, log: Path, **settings: Any) -> None:
        self.part = part
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", f"tests.bench.parts.{part}"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"}, start_new_session=True,
                preexec_fn=processes.leash(SIGKILL),  # noqa: PLW1509  it calls prctl only
            )  # fmt: skip
        self._say(settings)
        self._is_ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Until it takes orders; raises BenchFailed when it ends instead."""
        if not self._is_ready:
            self._hear()
            self._is_ready = True

    def begin(self, order: str, **arguments: Any) -> None:
        """Give an order without waiting for its outcome."""
        self.wait_ready()
        self._say({"order": order, **arguments})

    def outcome(self) -> Any:
        """Wait for the outcome of the last order; raises BenchFailed with what went wrong."""
        document = self._hear()
        if "failure" in document:
            raise BenchFailed(f"{self.part}: {document['failure']}")
        return document["outcome"]

    def ask(self, order: str, **arguments: Any) -> Any:
        """Give an order and wait for its outcome."""
        self.begin(order, **arguments)
        return self.outcome()

    def end(self) -> None:
        """End it; one that has ended is fine."""
        processes.end(self._process, patience=0.2)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _say(self, document: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(document).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise BenchFailed(f"{self.part} ended: {self._log.read_text(errors='replace')[-2000:]}")
        document: dict[str, Any] = json.loads(line)
        return document
