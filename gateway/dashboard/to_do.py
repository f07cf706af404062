"""Things to do: what waits for the candidate, each with the page where it is done."""

from datetime import date
from typing import Any

from gateway.dashboard.overview import Overview

EXPIRES_WITHIN_DAYS = 14
AGREEMENT = "/certifications/agreement"


def to_do(found: Overview, today: date) -> list[dict[str, Any]]:
    """The most urgent first."""
    return [*_profile(found), *_agreement(found), *_kits(found), *_transcripts(found, today)]


def _profile(found: Overview) -> list[dict[str, Any]]:
    profile = found.of("identity", "profile")
    return [] if profile is None or profile["complete"] else [_entry("profile-incomplete", "/personal-info")]


def _agreement(found: Overview) -> list[dict[str, Any]]:
    """Earned certifications wait for the agreement (R-Q1), or its newest version for an acceptance (R-N3)."""
    told = found.parts["certification"].result or {}
    waiting = [
        _entry("certification-waits", AGREEMENT, name=one["name"])
        for one in (told.get("status") or {}).get("waiting", ())
    ]
    return waiting or ([_entry("agreement-due", AGREEMENT)] if told.get("agreement_due") else [])


def _kits(found: Overview) -> list[dict[str, Any]]:
    kits = found.of("fulfillment", "kits") or []
    return [
        _entry("kit-unclaimed", f"/kits/{kit['kit_id']}/claim", name=kit["name"], kind=kit["kind"])
        for kit in kits
        if kit["claimable"]
    ]


def _transcripts(found: Overview, today: date) -> list[dict[str, Any]]:
    """Links that readers still use but that end soon."""
    transcripts = found.of("verification", "transcripts") or []
    return [
        _entry("transcript-expires", "/transcripts", view_until=transcript["view_until"])
        for transcript in transcripts
        if transcript["state"] == "enabled"
        and transcript["disclosures"]
        and (date.fromisoformat(transcript["view_until"]) - today).days <= EXPIRES_WITHIN_DAYS
    ]


def _entry(code: str, path: str, **details: Any) -> dict[str, Any]:
    return {"code": code, "path": path, "details": details}
