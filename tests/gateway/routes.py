"""The addresses that people, programs and bookmarks may know: `python -m tests.gateway.routes` remembers new ones."""

import sys
from collections.abc import Iterable
from pathlib import Path

from gateway import access

FILE = Path(__file__).with_name("routes.txt")


def remembered() -> set[str]:
    """Every route that has ever been served."""
    return {line for line in FILE.read_text("utf-8").splitlines() if line}


def served() -> set[str]:
    """Every route of the authorisation table, without which none is served."""
    return {f"{method} {path}" for method, path in access.TABLE}


def write(routes: Iterable[str]) -> None:
    """Sorted by path, one per line, so that two branches' new ones merge."""
    ordered = sorted(routes, key=lambda route: route.split(" ")[::-1])
    FILE.write_text("".join(f"{route}\n" for route in ordered), "utf-8")


if __name__ == "__main__":
    write(remembered() | served())
    sys.stdout.write(f"{FILE.name} remembers {len(remembered())} routes.\n")
