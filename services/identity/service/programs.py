"""Programs that a person has let know something: listed, and stopped (F1.14)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.grant import EndGrant, Reason, grant
from services.identity.projections import clients, grants
from services.identity.projections.grants import Grant


class Programs:
    """A person sees programs; each has a grant per device or log-in."""

    desk: DeskAtWork

    @rpc
    def programs(self, candidate_id: str) -> list[dict[str, Any]]:
        """What each program may know, since when, and when it has last asked; by name."""
        with self.desk.read() as connection:
            given = grants.of_candidate(connection, candidate_id, datetime.now(UTC))
            names = {one.client_id: one.name for one in clients.everyone(connection)}
        by_client = groupby(sorted(given, key=attrgetter("client_id")), key=attrgetter("client_id"))
        told = [_shown(names[one], list(group)) for one, group in by_client if one in names]
        return sorted(told, key=lambda program: (program["name"].casefold(), program["client_id"]))

    @rpc
    def withdraw_program(self, candidate_id: str, client_id: str) -> dict[str, Any]:
        """Let a program know nothing more, at once; one that may know nothing is fine."""
        asked = schemas.one_client.load({"client_id": client_id})
        return {"ended": end_grants(self.desk, candidate_id, "withdrawn", client_id=asked["client_id"])}


def end_grants(desk: DeskAtWork, candidate_id: str, reason: Reason, *, client_id: str = "") -> int:
    """End what a candidate has allowed, to one program or to all; gives how many grants."""
    with desk.read() as connection:
        given = grants.of_candidate(connection, candidate_id, datetime.now(UTC))
    ended = [one for one in given if client_id in {"", one.client_id}]
    for one in ended:
        desk.handle(grant, one.grant_id, EndGrant(reason=reason), subject=candidate_id)
    return len(ended)


def _shown(name: str, given: Sequence[Grant]) -> dict[str, Any]:
    scopes = dict.fromkeys(scope for one in given for scope in one.scopes)
    return {
        "client_id": given[0].client_id,
        "name": name,
        "scopes": list(scopes),
        "since": min(one.since for one in given).isoformat(),
        "used_at": max(one.used_at for one in given).isoformat(),
    }
