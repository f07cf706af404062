"""Recent activity: the last facts of the candidate across all services, newest first (F3.4)."""

from typing import Any

from gateway.dashboard.overview import SERVICES, Overview

MOST = 10


def recent(found: Overview) -> list[dict[str, Any]]:
    """Moment, code and details of each; moments are all written alike, in UTC, so they sort as text."""
    entries = [{**entry, "service": service} for service in SERVICES for entry in found.of(service, "activity") or []]
    return sorted(entries, key=lambda entry: str(entry["at"]), reverse=True)[:MOST]
