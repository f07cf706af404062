"""What fields of every topic may hold."""

from typing import Any

from marshmallow import Schema, fields, validate

SORT_KEYS = ("taken_on", "exam", "title", "outcome", "score")
"""What the history can be sorted by (F6.2)."""
OUTCOMES = ("pass", "fail", "pending", "held", "invalidated", "no-show")
DELIVERIES = ("centre", "online", "lab")
HAPPENINGS = ("check-in", "turn-away", "no-show", "decline", "start", "deliver", "interrupt")
PRINTABLE = validate.Regexp(r"[\x20-\x7e]+\Z", error="Only printable ASCII characters.")
NO_CONTROLS = validate.Regexp(r"[^\x00-\x1f\x7f]+\Z", error="No control characters.")
TEXT = validate.Regexp(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+\Z", error="No control characters.")
REASON_CODE = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A reason is a code such as score-irregular.")


def id_of(length: int) -> fields.String:
    """An id of at most so many visible characters."""
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


def maybe(length: int, **more: Any) -> fields.String:
    """A text that may be missing."""
    more = {"load_default": None, "allow_none": True, **more}
    return fields.String(validate=[validate.Length(1, length), NO_CONTROLS], **more)


def reason() -> fields.String:
    """A reason as a code; the people concerned read it in words."""
    return fields.String(required=True, validate=[validate.Length(1, 60), REASON_CODE])


def codes() -> fields.List[Any]:
    """Some codes."""
    code = fields.String(validate=[validate.Length(1, 60), REASON_CODE])
    return fields.List(code, load_default=list, validate=validate.Length(0, 10))


def moment(*, required: bool = True) -> fields.AwareDateTime:
    """A moment with its offset."""
    return fields.AwareDateTime(required=required, format="iso")


def cents(**more: Any) -> fields.Integer:
    """An amount."""
    return fields.Integer(strict=True, validate=validate.Range(0, 100_000_000), **more)


class Domain(Schema):
    """One domain of the blueprint and how much of it was answered well."""

    name = fields.String(required=True, validate=[validate.Length(1, 120), NO_CONTROLS])
    percent = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100))


class Candidate(Schema):
    """Whose."""

    candidate_id = id_of(60)


class OneResult(Candidate):
    """Which result of whom."""

    result_id = id_of(40)


def statement() -> fields.String:
    """What a person writes."""
    return fields.String(required=True, validate=[validate.Length(1, 4000), TEXT])
