"""Names by id, and what a member of staff may see of somebody."""

from collections.abc import Iterable
from typing import Any

from chassis.errors import Unavailable
from gateway.calls import Caller

PERSONAL = "candidates.personal-data"
HIDDEN = (
    *("name", "first_name", "last_name", "email", "address"),
    *("company", "job_title", "local_script", "guardian_email"),
)


async def names_of(caller: Caller, ids: Iterable[str]) -> dict[str, str]:
    """Names of people of the house; while identity is silent, and for the operator, ids must do."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    try:
        return dict(await caller.result("identity", "names_of", candidate_ids=wanted))
    except Unavailable:
        return {}


def shown(person: dict[str, Any], *, personal: bool) -> dict[str, Any]:
    """The person, without what only some groups may see."""
    return person if personal else {name: None if name in HIDDEN else value for name, value in person.items()}
