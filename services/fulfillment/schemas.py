"""Between the wire and fulfillment's commands and queries."""

from datetime import date

from marshmallow import Schema, ValidationError, fields, validate

PRINTABLE = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only printable ASCII characters.")
NO_CONTROLS = validate.Regexp(r"[^\x00-\x1f\x7f]+\Z", error="No control characters.")


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


class Candidate(Schema):
    """Whose kits."""

    candidate_id = _id(60)


class ClaimKit(Schema):
    """Which kit is claimed, and the name to print as the candidate confirmed it (F8.4)."""

    candidate_id = _id(60)
    kit_id = _id(40)
    printed_name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])


class RecentActivity(Candidate):
    """How much of the activity."""

    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


def place_of(text: str) -> tuple[date, str, str] | None:
    """From where a report goes on, as its last answer named it; None for the beginning."""
    if not text:
        return None
    parts = text.split("|")
    try:
        day, candidate_id, kit_id = date.fromisoformat(parts[0]), parts[1], parts[2]
    except (ValueError, IndexError) as error:
        raise ValidationError("This is not a place in the report.", "after") from error
    return day, candidate_id, kit_id


candidate = Candidate()
activity = RecentActivity()
claim_kit = ClaimKit()
