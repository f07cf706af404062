"""Processor time of process trees, from /proc: it survives noise that rates do not."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(roots: Iterable[int]) -> float:
    """User and system seconds of these processes and everything that they started, living or ended and waited for."""
    stats = _all()
    children: dict[int, list[int]] = {}
    for pid, (parent, _) in stats.items():
        children.setdefault(parent, []).append(pid)
    waiting, counted = [pid for pid in roots if pid in stats], set[int]()
    while waiting:
        pid = waiting.pop()
        if pid not in counted:
            counted.add(pid)
            waiting.extend(children.get(pid, ()))
    return sum(stats[pid][1] for pid in counted) / TICKS


def _all() -> dict[int, tuple[int, int]]:
    """Parent and ticks of every process."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:  # it has just ended
                continue
            fields = text.rpartition(")")[2].split()  # the name before may hold anything
            found[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    return found
