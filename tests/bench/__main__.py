"""`python -m tests.bench [--write] [NAME ...]`: measure and print; with --write keep it in docs/benchmarks.md."""

import argparse
import importlib
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench import machine, table
from tests.bench.ground import Ground

if TYPE_CHECKING:
    from tests.bench.measuring import Figure

WIDTH = 150
"""Of a line that nobody watches."""
NAMES = (
    "append", "command", "relay", "projection", "pipeline", "rebuild", "rpc", "composed", "dashboard", "public",
    "log_in", "fold", "preview", "history",
)  # fmt: skip
WITHOUT_SERVERS = {"fold", "preview", "history"}
"""Alone they need neither broker nor PostgreSQL."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 0; goals that are missed are shown, never enforced."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; all by default")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.names) - set(NAMES))
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    figures: list[Figure] = []
    names = chosen.names or NAMES
    with nullcontext() if WITHOUT_SERVERS.issuperset(names) else Ground() as ground:
        description = machine.describe(ground)
        console.print("\n".join(f"{name}: {words}" for name, words in description.items()), highlight=False)
        for name in names:
            began = time.perf_counter()
            measured = importlib.import_module(f"tests.bench.{name}").measure(ground)
            console.print(f"[dim]{name}: {time.perf_counter() - began:.0f} s[/]")
            figures += measured
    table.show(console, figures)
    if chosen.write:
        machine.write(description, table.markdown(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
