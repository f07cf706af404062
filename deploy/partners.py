"""Partner systems: who may hear which events, and how they reach their queue."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlsplit

from deploy import processes
from deploy.environment import Installation
from deploy.operations import caller, screen, show

FILLING_PATIENCE = 30.0
"""Seconds; long logs take longer, and go on filling the queue after that."""


def add(parsed: argparse.Namespace) -> int:
    """Make a partner, print the only thing it needs, an AMQP address and a queue, and wait until they work."""
    call = caller(parsed.data)
    events = [name.strip() for name in parsed.events.split(",") if name.strip()]
    made = call("identity", "partners_add", timeout=30.0, name=parsed.name, events=events, start=parsed.start)
    print(f"uri    {address(Installation.load(parsed.data).amqp_uri, made['user'], made['password'])}")
    print(f"queue  {made['queue']}", flush=True)
    with screen.status("The broker makes user and queue and fills it"):
        if not processes.until(lambda: is_ready(call, parsed.name), FILLING_PATIENCE):
            print("The queue is still being filled: certtrack partners list tells when it is ready.", file=sys.stderr)
    return 0


def is_ready(call: Callable[..., Any], name: str) -> bool:
    """Whether the partner can read now; not as long as nobody answers."""
    from chassis.errors import Unavailable

    listed: list[dict[str, Any]] = []
    with suppress(Unavailable):
        listed = call("identity", "partners_list", timeout=5.0)
    return any(one["name"] == name and one.get("state") == "ready" for one in listed)


def show_all(parsed: argparse.Namespace) -> int:
    """Who hears what."""
    partners = caller(parsed.data)("identity", "partners_list", timeout=30.0)
    rows = [
        (one["name"], one["queue"], one["start"], one.get("state", ""), "\n".join(one["events"])) for one in partners
    ]
    show("Partners", ("name", "queue", "from", "state", "events"), rows)
    return 0


def remove(parsed: argparse.Namespace) -> int:
    """Take a partner's user and queue away; what it has not read is gone."""
    caller(parsed.data)("identity", "partners_remove", timeout=30.0, name=parsed.name)
    print(f"{parsed.name} is removed.")
    return 0


def address(amqp_uri: str, user: str, password: str) -> str:
    """The broker's address with another log-in."""
    at = urlsplit(amqp_uri)
    place = f"{at.hostname}:{at.port or (5671 if at.scheme == 'amqps' else 5672)}"
    return f"{at.scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{place}{at.path or '/%2F'}"
