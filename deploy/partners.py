"""Partner systems: who may hear which events, and how they reach their queue."""

import argparse
from urllib.parse import quote, urlsplit

from deploy.environment import Installation
from deploy.operations import caller, show


def add(parsed: argparse.Namespace) -> int:
    """Make a partner and print the only thing it needs: an AMQP address and the name of its queue."""
    events = [name.strip() for name in parsed.events.split(",") if name.strip()]
    made = caller(parsed.data)(
        "identity", "partners_add", timeout=30.0, name=parsed.name, events=events, start=parsed.start
    )
    print(f"uri    {address(Installation.load(parsed.data).amqp_uri, made['user'], made['password'])}")
    print(f"queue  {made['queue']}")
    return 0


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
