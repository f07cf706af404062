"""Support asks for an act by a case: what is personal is sealed before anybody else sees the proposal."""

from collections.abc import Sequence
from typing import Any

from chassis.decider import Rejected
from chassis.errors import NotFound
from chassis.four_eyes import FourEyes
from chassis.service import rpc
from services.identity import schemas
from services.identity.projections import accounts, cases
from services.identity.service.case_acts import sealed_arguments

MAPPING = "mapping-grant"


class Support(FourEyes):
    """Proposals that come from cases."""

    @rpc
    def propose_by_case(
        self,
        case_id: str,
        action: str,
        reason: str,
        by: str,
        permissions: Sequence[str],
        candidate_id: str = "",
        values: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Ask for an act by a case; the candidate must be named where a visitor opened it."""
        asked = schemas.by_case.load(
            {"case_id": case_id, "action": action, "candidate_id": candidate_id, "values": values or {}}
        )
        subject = self._subject(asked["case_id"], asked["candidate_id"], asked["action"])
        plain = schemas.ACTS[asked["action"]].load(asked["values"])
        arguments = {"case_id": asked["case_id"], **sealed_arguments(self.desk, subject, plain)}
        return self.propose(asked["action"], subject, arguments, reason, by, permissions)

    def _subject(self, case_id: str, candidate_id: str, action: str) -> str:
        """Whom the act is about: the owner of the case, or whom support has found for a visitor."""
        with self.desk.read() as connection:
            found = cases.with_id(connection, case_id)
            known = None if found is None else accounts.of_candidate(connection, found.owner)
        if found is None:
            raise NotFound("case-unknown")
        if known is not None or action == MAPPING:
            return found.owner
        if not candidate_id:
            raise Rejected("candidate-not-named")
        return candidate_id
