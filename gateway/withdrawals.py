"""Withdrawals are answered with success only when nobody can read the withdrawn any more."""

import asyncio
from collections.abc import Sequence
from typing import Any

from chassis.errors import Failure
from gateway.calls import Caller
from gateway.public_cache import LONGEST_LEASE

PATIENCE = 1.2
"""Seconds from the request's start in which the public view must have followed, else the answer is "in progress"."""


async def public_view_follows(caller: Caller, mark: Sequence[Any] | None, *, through: Sequence[str]) -> bool:
    """Whether nobody can read what a fact has withdrawn: every service of `through` applied it, every lease ran out.

    The last of `through` is the one that public pages are read from.
    """
    if mark is None:  # nothing new was written: it was withdrawn before
        return True
    marks: list[Any] = [mark]
    for service in through:
        answer = await _reached(caller, service, marks)
        if not answer.get("reached"):
            return False
        marks = list(answer.get("heads") or [])
    await asyncio.sleep(LONGEST_LEASE)
    return True


async def _reached(caller: Caller, service: str, marks: list[Any]) -> dict[str, Any]:
    left = min(PATIENCE, caller.left - LONGEST_LEASE - 0.05)
    if left <= 0:
        return {}
    wait_ms = max(0, int(left * 1000) - 50)
    try:
        return dict(await caller.result(service, "reached", seconds=left, marks=marks, wait_ms=wait_ms))
    except Failure:  # away or too slow: it will follow by itself
        return {}
