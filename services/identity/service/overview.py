"""What the dashboard shows of the account, in one answer."""

from typing import Any

from chassis import activity
from chassis.service import rpc
from services.identity import schemas
from services.identity.projections.activity import ACTIVITY
from services.identity.service.accounts import Accounts
from services.identity.service.announcing import Announcements
from services.identity.service.personal_data import PersonalData


class Overview(Accounts, PersonalData, Announcements):
    """The account at a glance."""

    @rpc
    def overview(self, candidate_id: str, language: str = "") -> dict[str, Any]:
        """Profile, announcements and recent activity; raises NotFound for an unknown or erased candidate."""
        asked = schemas.reader.load({"candidate_id": candidate_id, "language": language})
        told, seconds = self.announced(asked["candidate_id"], asked["language"])
        return {
            "profile": self.personal(asked["candidate_id"]),
            "announcements": told,
            "activity": self._activity(asked["candidate_id"], 10),
            "good_for": seconds,
        }

    @rpc
    def activity(self, candidate_id: str, limit: int = 10) -> list[dict[str, Any]]:
        """The newest entries, in codes (F3.4)."""
        asked = schemas.activity.load({"candidate_id": candidate_id, "limit": limit})
        return self._activity(asked["candidate_id"], asked["limit"])

    def _activity(self, candidate_id: str, limit: int) -> list[dict[str, Any]]:
        with self.desk.read() as connection:
            return activity.shown(ACTIVITY.newest(connection, candidate_id, limit), limit)
