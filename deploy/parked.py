"""Events that a service could not take: see them, take them again, or give one up."""

import argparse
from typing import Any

from chassis.errors import NotFound
from deploy.environment import SERVICES
from deploy.operations import caller, show


def show_all(parsed: argparse.Namespace) -> int:
    """What waits in which service, and what became of earlier ones."""
    call, wanted = caller(parsed.data), (parsed.service,) if parsed.service else SERVICES
    rows = [
        (service, place(one), one["state"], one["type"], one["subject"], one["why"] or one["reason"])
        for service in wanted
        for one in call(service, "parked_list", timeout=30.0)
    ]
    show("Parked events", ("service", "id", "state", "event", "subject", "reason"), rows)
    return 0


def retry(parsed: argparse.Namespace) -> int:
    """Take all waiting events of one subject again, in order: all of them, or none."""
    call = caller(parsed.data)
    one = find(call(parsed.service, "parked_list", timeout=30.0), parsed.id)
    call(parsed.service, "parked_retry", timeout=60.0, source=one["source"], subject=one["subject"])
    print(f"{parsed.service} has taken the events of {one['subject'] or 'no subject'} from {one['source']}.")
    return 0


def skip(parsed: argparse.Namespace) -> int:
    """Give one event up for good; rebuild and verify leave it out too."""
    call = caller(parsed.data)
    one = find(call(parsed.service, "parked_list", timeout=30.0), parsed.id)
    number = {"partition": one["partition"], "sequence": one["sequence"]}
    call(parsed.service, "parked_skip", timeout=30.0, source=one["source"], why=parsed.why, **number)
    print(f"{parsed.service} has given up {parsed.id}.")
    return 0


def place(one: dict[str, Any]) -> str:
    """How an operator names a parked event."""
    return f"{one['source']}/{one['partition']}/{one['sequence']}"


def find(listed: list[dict[str, Any]], id: str) -> dict[str, Any]:
    """The parked event with that name; NotFound otherwise."""
    found = next((one for one in listed if place(one) == id), None)
    if found is None:
        raise NotFound("nothing-parked", id=id)
    return found
