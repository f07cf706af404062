"""What the figures were measured on, and the page that keeps them."""

import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from deploy import postgres
from tests.bench.ground import Ground
from tests.bench.workers import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
NOTES = "\n## Notes\n"
PACKAGES = ("nameko", "eventlet", "amqp", "SQLAlchemy", "psycopg2-binary", "uvicorn", "eventsourcing")
TITLE = """\
# Benchmarks

Written by `make bench ARGS=--write`. Clients, services, broker and database share the machine's cores. Every figure is
the median of rounds taken in turn with its raw limit and its peer, or the least where all is one thread of Python;
`x limit` and `x peer` are ours to theirs. `CPU ms` is the processor time per operation of all processes that took part,
broker and database included: it survives the noise of a shared machine, which rates do not.
"""


def describe(ground: Ground | None) -> dict[str, str]:
    """The machine and the versions, in words; without the servers where none was started."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "fdatasync": f"{syncs_per_second():,.0f} /s",
        "Python": platform.python_version(),
        **({} if ground is None else _servers(ground)),
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def _servers(ground: Ground) -> dict[str, str]:
    return {
        "RabbitMQ": ground.broker.control("version").strip(),
        "PostgreSQL": f"{postgres.ask(ground.postgres.admin_url, 'SHOW server_version')} (fsync on)",
    }


def syncs_per_second(seconds: float = 0.5) -> float:
    """How often a small append reaches the disk per second; bounds every durable commit."""
    with tempfile.TemporaryFile() as file:
        done, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            os.write(file.fileno(), b"x" * 512)
            os.fdatasync(file.fileno())
            done += 1
    return done / seconds


def write(description: dict[str, str], table: str) -> None:
    """Replace everything on the page but its notes, which people write."""
    old = PAGE.read_text() if PAGE.exists() else ""
    notes = old.partition(NOTES)[2]
    machine = "".join(f"- {name}: {words}\n" for name, words in description.items())
    PAGE.write_text(f"{TITLE}\n## Machine\n\n{machine}\n## Figures\n\n{table}{NOTES}{notes}")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
