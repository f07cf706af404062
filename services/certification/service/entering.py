"""Evidence that people enter."""

from typing import Any

from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.commands import GrantEmeritus, RecordClaim
from services.certification.service.parts import Records


class Entering(Records):
    """Approved claims and paid terms of emeritus."""

    @rpc
    def record_claim(
        self, candidate_id: str, item: str, credits: int, completed_on: str, submitted_on: str, decided_on: str
    ) -> dict[str, Any]:
        """Enter an approved claim of credits; refuses one that can never count (F5.6)."""
        asked = schemas.record_claim.load(
            {
                "candidate_id": candidate_id,
                "item": item,
                "credits": credits,
                "completed_on": completed_on,
                "submitted_on": submitted_on,
                "decided_on": decided_on,
            }
        )
        del asked["candidate_id"]
        return self._handle(candidate_id, RecordClaim(**asked, today=self.desk.today(), catalogue=self.catalogue))

    @rpc
    def grant_emeritus(self, candidate_id: str, granted_on: str) -> dict[str, Any]:
        """Grant a paid term of emeritus (R-E1)."""
        asked = schemas.grant_emeritus.load({"candidate_id": candidate_id, "granted_on": granted_on})
        command = GrantEmeritus(granted_on=asked["granted_on"], today=self.desk.today(), catalogue=self.catalogue)
        return self._handle(candidate_id, command)
