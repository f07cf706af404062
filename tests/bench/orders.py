"""The inner side of a bench process: orders come as lines of JSON on standard input, outcomes go back the same way."""

import json
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

Order: TypeAlias = Callable[..., Any]

warnings.simplefilter("ignore")
_OUT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever a library prints must not mix with the outcomes
SETTINGS: dict[str, Any] = json.loads(sys.stdin.readline())
"""What the benchmark told this process at its start."""


def obey(**orders: Order) -> None:
    """Say that all is ready, then carry out orders until standard input ends."""
    _tell({"ready": True})
    while line := _next_line():
        order = json.loads(line)
        try:
            outcome = {"outcome": orders[order.pop("order")](**order)}
        except Exception:  # noqa: BLE001  the benchmark shows it and ends
            outcome = {"failure": traceback.format_exc()}
        _tell(outcome)


def timed(count: int, work: Callable[[], Any]) -> dict[str, float]:
    """The outcome of doing `work`, which consists of `count` operations."""
    began = time.perf_counter()
    work()
    return {"count": count, "seconds": time.perf_counter() - began}


def _next_line() -> str:
    """Wait for an order without stopping green threads that work in the background."""
    eventlet = sys.modules.get("eventlet")
    if eventlet is not None and eventlet.patcher.is_monkey_patched("thread"):
        eventlet.hubs.trampoline(0, read=True)
    return sys.stdin.readline()


def _tell(document: dict[str, Any]) -> None:
    _OUT.write(json.dumps(document) + "\n")
    _OUT.flush()
