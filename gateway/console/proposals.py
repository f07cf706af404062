"""Proposals of all services together: each keeps its own, the console shows them as one list."""

from dataclasses import dataclass
from typing import Any

from gateway.calls import Caller
from gateway.console.people import names_of
from gateway.problems import Problem

SERVICES = ("identity", "certification", "testing", "fulfillment", "verification")
STATES = ("open", "granted", "declined", "withdrawn", "lapsed")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of proposals, the newest first; page by page of every service, so that none is left out."""

    proposals: list[dict[str, Any]]
    total: int
    pages: int
    silent: list[str]


async def listed(caller: Caller, state: str, page: int, subject: str = "") -> Listed:
    """Proposals in one state, of one candidate if named."""
    answers, silent = await caller.together(
        **{one: caller.ask(one, "proposals", state=state, page=page, subject=subject) for one in SERVICES}
    )
    found = [
        {**line, "service": service} for service, answer in answers.items() if answer for line in answer["proposals"]
    ]
    told = [answer for answer in answers.values() if answer]
    return Listed(
        proposals=sorted(found, key=lambda line: (line["asked_at"], line["proposal_id"]), reverse=True),
        total=sum(answer["total"] for answer in told),
        pages=max((-(-answer["total"] // answer["page_size"]) for answer in told), default=1) or 1,
        silent=silent,
    )


async def one(caller: Caller, service: str, proposal_id: str) -> dict[str, Any]:
    """A proposal with the names of the people in it; Problem 404 for a service that does not exist."""
    found = dict(await caller.result(known(service), "proposal", proposal_id=proposal_id))
    people = [found[name] for name in ("asked_by", "settled_by") if found[name]]
    return {**found, "service": service, "names": await names_of(caller, people)}


def known(service: str) -> str:
    """The service, if it is one of ours."""
    if service not in SERVICES:
        raise Problem(404, "proposal-unknown")
    return service
