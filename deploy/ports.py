"""Loopback ports: free ones, below the range that the kernel hands out, remembered between starts."""

import json
import random
import socket
from pathlib import Path

LOWEST, HIGHEST = 15000, 32000
ATTEMPTS = 500


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose(count: int) -> list[int]:
    """So many free ports, all different; RuntimeError when the machine has none left."""
    chosen: list[int] = []
    for _ in range(ATTEMPTS):
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - nothing secret in a port
        if port not in chosen and is_free(port):
            chosen.append(port)
        if len(chosen) == count:
            return chosen
    raise RuntimeError(f"No {count} free ports between {LOWEST} and {HIGHEST} on 127.0.0.1; end some servers.")


def remembered(file: Path, names: tuple[str, ...]) -> dict[str, int]:
    """A port per name: those in `file` while they are all free, else new ones, written to `file`."""
    known = read(file)
    if set(names) <= known.keys() and all(is_free(known[name]) for name in names):
        return {name: known[name] for name in names}
    ports = dict(zip(names, choose(len(names)), strict=True))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(ports, indent=1) + "\n")
    return ports


def read(file: Path) -> dict[str, int]:
    """The remembered ports; none when the file is missing or damaged."""
    try:
        known = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return {name: port for name, port in known.items() if isinstance(port, int)} if isinstance(known, dict) else {}
