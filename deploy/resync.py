"""Logs that came back from a backup: every service that has stopped for one takes it up again."""

import argparse
import re
import time
from collections.abc import Callable
from typing import Any

from deploy import health as doctor
from deploy import processes
from deploy.operations import LONG, caller, running_from, screen

Pair = tuple[str, str]
"""A service and the source whose log it reads."""
NOTICE = 6.0
"""Seconds in which a subscription surely notices that its source has begun a new epoch."""
START_PATIENCE, PAUSE = 60.0, 1.0
STOPPED = re.compile(r"(?P<source>\w+) was restored|beyond the head of (?P<beyond>\w+)")


def resync(parsed: argparse.Namespace) -> int:
    """Let services take up again the logs that were restored: one pair, or all that have stopped for it."""
    one = {(parsed.service, parsed.source)} if parsed.service and parsed.source else None
    done = take_up(caller(parsed.data), lambda known: one or stopped_pairs(parsed, known))
    if not done:
        print("No subscription has stopped for a restored log.")
    return 0


def take_up(call: Callable[..., Any], stopped: Callable[[set[Pair]], set[Pair]]) -> set[Pair]:
    """Call each service until nothing new has `stopped` besides those already known; gives the pairs taken up.

    A service reads all its logs anew. It cannot while another of them is shorter than what it has read, because that
    alarm is still to come, nor while a source is at its start: then everything that has stopped by then is tried again.
    Unavailable when a service does not get on.
    """
    done, waiting, deadline = set[Pair](), set[Pair](), time.monotonic() + START_PATIENCE
    while waiting := (waiting | stopped(done | waiting)) - done:
        for service in sorted({reader for reader, _ in waiting}):
            pairs = {pair for pair in waiting if pair[0] == service}
            if _taken_up(call, service, sorted(source for _, source in pairs), deadline):
                done |= pairs
                deadline = time.monotonic() + START_PATIENCE
        if waiting - done:
            time.sleep(PAUSE)
    return done


def _taken_up(call: Callable[..., Any], service: str, sources: list[str], deadline: float) -> bool:
    """Whether it could be done now; raises Unavailable after the deadline."""
    from chassis.errors import Unavailable

    with screen.status(f"{service} takes up the logs of {', '.join(sources)}"):
        try:
            call(service, "resync", timeout=LONG, sources=sources)
        except Unavailable:
            if time.monotonic() >= deadline:
                raise
            return False
    for source in sources:
        print(f"{service} reads the log of {source} again.")
    return True


def stopped_pairs(parsed: argparse.Namespace, known: set[Pair]) -> set[Pair]:
    """Subscriptions that have stopped because their source was restored; others than `known` are looked for a while."""
    urls, found = running_from(parsed.data)["health"], set[Pair]()

    def look() -> bool:
        for service, url in urls.items():
            for problem in doctor.question(url)[1].get("problems", []):
                source = source_of(problem)
                if source and parsed.service in {None, service} and parsed.source in {None, source}:
                    found.add((service, source))
        return bool(found - known)

    processes.until(look, NOTICE)
    return found


def source_of(problem: str) -> str | None:
    """The source that an alarm says was restored; None for every other problem."""
    told = STOPPED.search(problem)
    return told and (told["source"] or told["beyond"])
