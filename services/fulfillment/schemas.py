"""Between the wire and fulfillment's commands and views."""

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


class Kit(Schema):
    """One kit as readers get it (F8.2, F8.5)."""

    kit_id = fields.String()
    certification = fields.String()
    name = fields.String()
    kind = fields.String()
    status = fields.String()
    offered_on = fields.Date()
    claimed_on = fields.Date()
    order_number = fields.String()
    promise_from = fields.Date()
    promise_until = fields.Date()


candidate = Candidate()
claim_kit = ClaimKit()
kit = Kit()
