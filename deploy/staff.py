"""People of the house: who belongs to which group of the console."""

import argparse
from typing import Any

from deploy.operations import caller, show


def add(parsed: argparse.Namespace) -> int:
    """Put an account into a group; at the first time the default groups appear, too."""
    caller(parsed.data)("identity", "staff_add", timeout=30.0, email=parsed.email, group_id=parsed.group)
    print(f"{parsed.email} belongs to {parsed.group} from the next log-in on.")
    return 0


def show_all(parsed: argparse.Namespace) -> int:
    """Every group with its members."""
    call = caller(parsed.data)
    groups = [call("identity", "group", group_id=one["group_id"]) for one in call("identity", "groups", timeout=30.0)]
    rows = [(one["group_id"], one["name"], str(len(one["permissions"])), _people(one)) for one in groups]
    show("Groups", ("group", "name", "permissions", "members"), rows)
    return 0


def _people(group: dict[str, Any]) -> str:
    return "\n".join(member["email"] for member in group["members"])
