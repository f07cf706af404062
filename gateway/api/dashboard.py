"""The composed answer: five services asked at once, silence forgiven."""

from datetime import UTC, datetime
from typing import Any

from gateway.api import answers
from gateway.api.operation import Answer, Ask, Operation
from gateway.dashboard.activity import recent
from gateway.dashboard.overview import Overview, overview, programme_day
from gateway.dashboard.results import results
from gateway.dashboard.to_do import to_do


async def dashboard(ask: Ask) -> Answer:
    """Everything about one candidate at a glance."""
    found = await overview(ask.caller, ask.candidate_id)
    return Answer({**_told(found), **_composed(found), "unavailable": found.silent, "stale": found.behind})


def _told(found: Overview) -> dict[str, Any]:
    """What services say, as it stands."""
    return {
        "profile": found.of("identity", "profile"),
        "announcements": found.of("identity", "announcements"),
        "certifications": found.of("certification", "status"),
        "expirations": found.of("certification", "expirations"),
        "exams": found.of("testing", "history"),
        "kits": found.of("fulfillment", "kits"),
        "transcripts": found.of("verification", "transcripts"),
    }


def _composed(found: Overview) -> dict[str, Any]:
    """What takes several of them."""
    return {
        "activity": recent(found),
        "results": results(found),
        "to_do": to_do(found, programme_day(found)),
        "known_at": {name: datetime.fromtimestamp(at, UTC).isoformat() for name, at in found.known_at.items()},
    }


OPERATIONS = (
    Operation(
        method="GET", path="/api/v1/me/dashboard", summary="Everything at a glance", handler=dashboard,
        answer=answers.Dashboard(),
    ),
)  # fmt: skip
