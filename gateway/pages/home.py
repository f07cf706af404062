"""The dashboard: announcements, things to do, results on their way, expirations, recent activity (F3.2 to F3.6)."""

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from chassis.decider import Rejected
from chassis.errors import Failure
from gateway.dashboard import words
from gateway.dashboard.activity import recent
from gateway.dashboard.overview import Overview, overview, programme_day
from gateway.dashboard.results import results
from gateway.dashboard.to_do import to_do
from gateway.language import reader
from gateway.pages.forms import NONE, Trouble, trouble_of
from gateway.pages.page import Page
from gateway.pages.visit import Visit


async def home(visit: Visit) -> Response:
    """Everything at a glance."""
    return await _page(visit, NONE)


async def dismiss(visit: Visit) -> Response:
    """Put an announcement away, on every device."""
    announcement_id = visit.path["announcement_id"]
    try:
        await visit.command(
            "identity", "dismiss_announcement", candidate_id=visit.candidate_id, announcement_id=announcement_id
        )
    except (Rejected, Failure) as error:
        return await _page(visit, trouble_of(error))
    return visit.go("/home")


async def _page(visit: Visit, trouble: Trouble) -> Response:
    found = await overview(visit.caller, visit.candidate_id, reader().language)
    return visit.show(
        "home", profile=found.of("identity", "profile"), announcements=found.of("identity", "announcements") or [],
        to_do=[(entry, *words.to_do(entry)) for entry in to_do(found, programme_day(found))], ways=ways(found),
        expirations=expirations(found), activities=activities(found), silent=found.unknown, stale=bool(found.behind),
        known_at=oldest(found), trouble=trouble, status=trouble.status if trouble else 200,
    )  # fmt: skip


def activities(found: Overview) -> list[words.Line]:
    """Recent activity in words."""
    return [line for entry in recent(found) if (line := words.activity(entry)) is not None]


def ways(found: Overview) -> list[dict[str, Any]] | None:
    """Results on their way, each with its steps in words; None while testing is unknown."""
    known = results(found)
    if known is None:
        return None
    return [{**way, "lines": [line for one in way["steps"] for line in words.step(one)]} for way in known]


def expirations(found: Overview) -> list[dict[str, Any]] | None:
    """What expires soon, each with what its cheapest renewal takes; None while certification is unknown."""
    known = found.of("certification", "expirations")
    return None if known is None else [{**one, "takes": words.renewal(one["renewal"])} for one in known]


def oldest(found: Overview) -> str | None:
    """The moment of the oldest data on the page, where it is not of now (F3.6)."""
    moments = found.known_at.values()
    return datetime.fromtimestamp(min(moments), UTC).isoformat() if moments else None


PAGES = (
    Page(method="GET", path="/home", handler=home),
    Page(method="POST", path="/announcements/{announcement_id}/dismissal", handler=dismiss),
)
