"""Between the wire and verification's commands and answers."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, validate

from services.verification.domain.public_answers import Meant, Shown
from services.verification.domain.standing import Standing

PRINTABLE = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only printable ASCII characters.")
LINES_OF_TEXT = validate.Regexp(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\Z", error="No control characters.")

ANSWERS = {
    "active": "valid-until",
    "lifetime_emeritus": "lifetime-emeritus",
    "on_hold": "on-hold",
    "never_expires": "valid-without-expiry",
    "emeritus": "emeritus",
    "expired": "expired",
    "revoked": "revoked",
}
"""What verification says about a certification's status (F11.2)."""
NOTHING_SHOWN = {
    "holder": None,
    "certification": None,
    "name": None,
    "active_on": None,
    "expires_on": None,
    "revoked_on": None,
}


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


def _text() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(0, 2000), LINES_OF_TEXT])


class Candidate(Schema):
    """Whose transcripts or codes."""

    candidate_id = _id(60)


class OneTranscript(Schema):
    """Which transcript of the candidate."""

    candidate_id = _id(60)
    transcript_id = _id(40)


class CreateTranscript(Schema):
    """What the transcript shows, to whom it speaks, and until when (F9.5, F9.6)."""

    candidate_id = _id(60)
    certifications = fields.List(_id(60), required=True, allow_none=True, validate=validate.Length(1, 200))
    include_expired = fields.Boolean(required=True)
    show_dates = fields.Boolean(required=True)
    show_address = fields.Boolean(required=True)
    view_until = fields.Date(required=True, allow_none=True)
    remarks = _text()
    private_notes = _text()


class RecentActivity(Candidate):
    """How much of the activity."""

    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


candidate = Candidate()
activity = RecentActivity()
one_transcript = OneTranscript()
create_transcript = CreateTranscript()


def public_page(shown: Shown, address: dict[str, Any] | None, today: date) -> dict[str, Any]:
    """What the reader of a transcript gets: the status of today, dates and address only if chosen (R-G6).

    Written by hand, for it is the answer that is asked for most.
    """
    return {
        "holder": shown.holder,
        "remarks": shown.remarks,
        "view_until": shown.view_until.isoformat(),
        "address": address,
        "certifications": [
            _public_line(standing, today, show_dates=shown.show_dates) for standing in shown.visible_on(today)
        ],
        "as_of": today.isoformat(),
    }


def _public_line(standing: Standing, today: date, *, show_dates: bool) -> dict[str, Any]:
    return {
        "certification": standing.certification,
        "name": standing.name,
        "status": standing.status_on(today),
        "active_on": standing.active_on.isoformat() if show_dates else None,
        "expires_on": _iso(standing.valid_until(today)) if show_dates else None,
    }


def verdict(meant: Meant | None, today: date) -> dict[str, Any]:
    """What a verification code says today (F11.2); of an erased holder only that it was withdrawn."""
    if meant is None:
        return {"answer": "unknown", **NOTHING_SHOWN}
    if meant.erased:
        return {"answer": "withdrawn", **NOTHING_SHOWN}
    standing = meant.standing
    return {
        "answer": ANSWERS[standing.status_on(today)],
        "holder": meant.holder,
        "certification": standing.certification,
        "name": standing.name,
        "active_on": standing.active_on.isoformat(),
        "expires_on": _iso(standing.valid_until(today)),
        "revoked_on": _iso(standing.revoked_on),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
