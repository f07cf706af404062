"""Between the wire and fulfillment's commands and queries."""

from marshmallow import Schema, fields, validate

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


candidate = Candidate()
activity = RecentActivity()
claim_kit = ClaimKit()
