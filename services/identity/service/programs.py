"""Programs that a person has let know something: listed, and stopped (F1.14)."""

from datetime import UTC, datetime
from typing import Any

from chassis.ids import derived_id
from chassis.service import DeskAtWork, rpc
from services.identity import schemas
from services.identity.domain.consent import Reason, WithdrawConsent, consent
from services.identity.domain.grant import EndGrant, grant
from services.identity.projections import clients, consents, grants
from services.identity.projections.consents import Consent
from services.identity.projections.grants import Grant


class Programs:
    """A person sees programs; each has one consent, and a grant per device or log-in."""

    desk: DeskAtWork

    @rpc
    def programs(self, candidate_id: str) -> list[dict[str, Any]]:
        """What each program may know, since when, and when it has last asked; by name."""
        with self.desk.read() as connection:
            given: list[Consent | Grant] = [
                *consents.of_candidate(connection, candidate_id),
                *grants.of_candidate(connection, candidate_id, datetime.now(UTC)),
            ]
            names = {one.client_id: one.name for one in clients.everyone(connection)}
        known = names.keys() & {one.client_id for one in given}
        told = [_shown(names[client], [one for one in given if one.client_id == client]) for client in known]
        return sorted(told, key=lambda program: (program["name"].casefold(), program["client_id"]))

    @rpc
    def withdraw_program(self, candidate_id: str, client_id: str) -> dict[str, Any]:
        """Let a program know nothing more, at once, and ask again; one that may know nothing is fine."""
        asked = schemas.one_client.load({"client_id": client_id})
        return {"ended": end_programs(self.desk, candidate_id, "withdrawn", client_id=asked["client_id"])}


def consent_id(candidate_id: str, client_id: str) -> str:
    """Whose consent to which program."""
    return derived_id("consent", f"{candidate_id}/{client_id}")


def end_programs(desk: DeskAtWork, candidate_id: str, reason: Reason, *, client_id: str = "") -> int:
    """End what a candidate has allowed, to one program or to all; gives how many grants."""
    with desk.read() as connection:
        agreed = consents.of_candidate(connection, candidate_id)
        given = grants.of_candidate(connection, candidate_id, datetime.now(UTC))
    for one in agreed:
        if client_id in {"", one.client_id}:
            desk.handle(consent, one.consent_id, WithdrawConsent(reason=reason), subject=candidate_id)
    ended = [one for one in given if client_id in {"", one.client_id}]
    for each in ended:
        desk.handle(grant, each.grant_id, EndGrant(reason=reason), subject=candidate_id)
    return len(ended)


def _shown(name: str, given: list[Consent | Grant]) -> dict[str, Any]:
    scopes = dict.fromkeys(scope for one in given for scope in one.scopes)
    return {
        "client_id": given[0].client_id,
        "name": name,
        "scopes": list(scopes),
        "since": min(one.since if isinstance(one, Grant) else one.given_at for one in given).isoformat(),
        "used_at": max(one.used_at if isinstance(one, Grant) else one.given_at for one in given).isoformat(),
    }
