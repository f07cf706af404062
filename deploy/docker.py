"""Servers borrowed from a docker engine, where one answers and has or gets the image."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

COMPOSE_FILE = Path(__file__).resolve().parent / "compose.test.yaml"
IMAGES = {"broker": "docker.io/library/rabbitmq:3.13-management", "postgres": "docker.io/library/postgres:16"}
PULL_PATIENCE = float(os.environ.get("CERTTRACK_PULL_SECONDS", "180"))


def usable(server: Literal["broker", "postgres"]) -> bool:
    """Whether an engine answers, knows compose and has the image or gets it before the deadline."""
    if shutil.which("docker") is None:
        return False
    engine = succeeds("docker", "info", patience=10) and succeeds("docker", "compose", "version", patience=10)
    if not engine:
        return False
    image = IMAGES[server]
    if succeeds("docker", "image", "inspect", image, patience=10):
        return True
    print(f"Pulling {image} ...", flush=True)
    pulled = succeeds("docker", "pull", "--quiet", image, patience=PULL_PATIENCE)
    if not pulled:
        print(f"Docker cannot pull {image}; trying the next way.", flush=True)
    return pulled


def succeeds(*command: str, patience: float, env: Mapping[str, str] | None = None) -> bool:
    """Whether a command ended well within `patience` seconds."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=patience,
            env=None if env is None else os.environ | dict(env),
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0


@dataclass(slots=True)
class Container:
    """One server of compose.test.yaml under the project's own name; the engine keeps it and its data alive."""

    server: Literal["broker", "postgres"]
    project: str
    settings: Mapping[str, str]

    @property
    def pid(self) -> int | None:
        """The engine's business."""
        return None

    def launch(self) -> None:
        """Create or start it without waiting for its readiness; the engine restarts it when it dies."""
        self._compose("up", "--detach", "--no-build", self.server, patience=60)

    def alive(self) -> bool:
        """The engine restarts it by itself."""
        return True

    def ask_to_end(self) -> None:
        """Nothing before `stop`: the engine waits anyway."""

    def stop(self) -> None:
        """Stop it; its data stay."""
        self._compose("stop", self.server, patience=30)

    def _compose(self, *words: str, patience: float) -> None:
        succeeds(
            "docker",
            "compose",
            "-p",
            self.project,
            "-f",
            str(COMPOSE_FILE),
            *words,
            patience=patience,
            env=self.settings,
        )
