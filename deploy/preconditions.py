"""What must hold before anything is started: one supervisor per folder, and a free port."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO

from deploy import ports

FIRST_FREE_FOR_ALL = 1024
ANY_ADDRESS = ""


class StartFailed(Exception):
    """The system cannot start; the message is one sentence for the operator."""


def only_one(data: Path) -> IO[str]:
    """The lock that a running supervisor holds on its data folder; StartFailed while another one holds it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "run.lock").open("w")
    except OSError as why:
        raise StartFailed(f"{data} cannot be the folder of an installation: {why.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise StartFailed(f"Certtrack is already running: {describe_running(data)}.") from None
    return lock


def describe_running(data: Path) -> str:
    """Where the running one is and how to end it."""
    try:
        running = json.loads((data / "run.json").read_text())
    except (OSError, ValueError):
        return "it is just starting or stopping"
    return f"{running['url']}, process {running['pid']}; stop it with Ctrl-C in its terminal or: kill {running['pid']}"


def check_port(port: int) -> None:
    """StartFailed when the gateway could not listen there."""
    if ports.is_free(port) and ports.is_free(port, ANY_ADDRESS):
        return
    if port < FIRST_FREE_FOR_ALL and os.geteuid() != 0:
        raise StartFailed(f"Port {port} needs root; choose a higher one: make run PORT={port + 8000}")
    other = next(other for other in range(port + 1, 65536) if ports.is_free(other, ANY_ADDRESS))
    raise StartFailed(f"Port {port} is taken by another program; choose another one: make run PORT={other}")
