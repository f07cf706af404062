"""Where tests keep their files: in memory where there is plenty, so that no slow disk decides how long a run takes."""

import os
import shutil
import tempfile
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ENOUGH = 3 << 30
"""Bytes that must be free; a whole run takes half a gigabyte, and its servers need memory of their own."""
LIMITS = {
    "/sys/fs/cgroup/memory.max": "/sys/fs/cgroup/memory.current",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "/sys/fs/cgroup/memory/memory.usage_in_bytes",
}
"""What a container may use, and what it uses."""


def take() -> None:
    """Let this process and those that it starts put temporary files into memory, unless somebody has chosen a place."""
    if "TMPDIR" in os.environ or free() < ENOUGH:
        return
    os.environ["TMPDIR"] = str(SHARED_MEMORY)
    tempfile.tempdir = None


def free() -> int:
    """Bytes that files in memory may take; 0 where there is no such place."""
    if not os.access(SHARED_MEMORY, os.W_OK):
        return 0
    return min(shutil.disk_usage(SHARED_MEMORY).free, unused(Path("/proc/meminfo")), *allowed())


def unused(meminfo: Path) -> int:
    """Memory of the machine that programs could still get."""
    lines = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) << 10


def allowed() -> list[int]:
    """Memory that the container may still take, by each limit it has."""
    told = [(Path(limit), Path(used)) for limit, used in LIMITS.items() if Path(limit).exists()]
    return [
        int(limit.read_text()) - int(used.read_text()) for limit, used in told if limit.read_text().strip() != "max"
    ]
