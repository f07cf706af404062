"""What pages of the console do with a visit: ask what its groups allow, write down, send and come back."""

from collections.abc import Mapping
from typing import Any

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.console import trail
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.visit import Visit

LONGEST_PAGE_NUMBER = 6


def permissions(visit: Visit) -> list[str]:
    """What the groups of this member of staff allow."""
    return sorted(visit.principal.permissions) if visit.principal is not None else []


def may(visit: Visit, permission: str) -> bool:
    """Whether they allow this."""
    return permission in permissions(visit)


async def write_down(visit: Visit, what: str, *, about: str = "", reason: str = "") -> None:
    """An entry of the audit trail about this visit."""
    place = visit.request.url.path
    await trail.write_down(visit.caller, visit.candidate_id, what, about=about, place=place, reason=reason)


async def send(visit: Visit, service: str, method: str, **arguments: Any) -> Trouble:
    """Send a command; what the service refuses comes back as trouble of the form."""
    try:
        await visit.command(service, method, **arguments)
    except (Rejected, Failure) as error:
        return trouble_of(error)
    return NONE


def page_number(query: Mapping[str, str]) -> int:
    """The page that the address names; the first where it makes no sense."""
    text = query.get("page", "1")
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1
