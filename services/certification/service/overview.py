"""What the dashboard shows of the record, in one answer."""

from typing import Any

from chassis import activity
from chassis.service import rpc
from services.certification import schemas
from services.certification.domain.agreement import is_outdated
from services.certification.projections import expirations
from services.certification.projections.activity import ACTIVITY, Outcome, outcomes
from services.certification.service.advising import Advising
from services.certification.service.reading import SOON_DAYS, Reading, Standing


class Overview(Reading, Advising):
    """The record at a glance."""

    @rpc
    def overview(self, candidate_id: str) -> dict[str, Any]:
        """Standing, what expires soon and how to renew it, activity, what results have brought."""
        schemas.candidate.load({"candidate_id": candidate_id})
        today = self.desk.today()
        with self.desk.read() as connection:
            standing = Standing.of_candidate(connection, candidate_id, today)
            soon = expirations.within(connection, candidate_id, today=today, days=SOON_DAYS)
            lines = ACTIVITY.newest(connection, candidate_id, activity.ENOUGH)
        return {
            "status": self._standing(candidate_id, standing, today),
            "agreement_due": is_outdated(self._accepted(standing.acceptances), self.catalogue, today),
            "expirations": self._with_renewals(candidate_id, self._expiring(soon, today)),
            "activity": activity.shown(lines, 10),
            "outcomes": {result_id: _outcome(found) for result_id, found in outcomes(lines).items()},
        }

    @rpc
    def activity(self, candidate_id: str, limit: int = 10) -> list[dict[str, Any]]:
        """The newest entries, in codes (F3.4)."""
        asked = schemas.activity.load({"candidate_id": candidate_id, "limit": limit})
        with self.desk.read() as connection:
            return activity.shown(ACTIVITY.newest(connection, candidate_id, activity.ENOUGH), asked["limit"])

    def _with_renewals(self, candidate_id: str, expirations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each with its cheapest renewal; null where nothing renews it any more. Only who needs advice pays for it."""
        if not expirations:
            return []
        advised = {one["certification"]: one["options"] for one in self.advice(candidate_id)["advice"]}
        return [{**one, "renewal": next(iter(advised.get(one["certification"], ())), None)} for one in expirations]


def _outcome(found: Outcome) -> dict[str, Any]:
    return {"matched_at": found.matched_at.isoformat(), "brought": [line.as_plain() for line in found.brought]}
