"""What the dashboard shows of testing, in one answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis import activity
from chassis.service import rpc
from services.testing import schemas
from services.testing.projections.activity import ACTIVITY, RECEIVED
from services.testing.service.results import Results

RECENT = timedelta(days=60)
"""So long after a result came in the dashboard tells what has become of it."""


class Overview(Results):
    """Exams at a glance."""

    @rpc
    def overview(self, candidate_id: str) -> dict[str, Any]:
        """The first page of the history, recent activity, results that came in lately."""
        told = self.history(candidate_id)
        with self.desk.read() as connection:
            lines = ACTIVITY.newest(connection, candidate_id, activity.ENOUGH)
        outcomes = {line["result_id"]: line["outcome"] for line in told["results"]}
        return {"history": told, "activity": activity.shown(lines, 10), "received": _received(lines, outcomes)}

    @rpc
    def activity(self, candidate_id: str, limit: int = 10) -> list[dict[str, Any]]:
        """The newest entries, in codes (F3.4)."""
        asked = schemas.activity.load({"candidate_id": candidate_id, "limit": limit})
        with self.desk.read() as connection:
            return activity.shown(ACTIVITY.newest(connection, **asked), asked["limit"])


def _received(lines: list[activity.Line], outcomes: dict[str, str]) -> list[dict[str, Any]]:
    """Each result once, with its first arrival, the outcome of today and the id that counts as evidence today."""
    since = datetime.now(UTC) - RECENT
    arrived = {line.details["result_id"]: line for line in lines if line.code == RECEIVED and line.at >= since}
    changed = [line.details for line in reversed(lines) if "counts_as" in line.details]
    counts = {details["result_id"]: details["counts_as"] for details in changed}
    return [
        {
            **line.details,
            "at": line.at.isoformat(),
            "outcome": outcomes.get(result_id, line.details["outcome"]),
            "counts_as": counts.get(result_id, result_id),
        }
        for result_id, line in arrived.items()
    ]
