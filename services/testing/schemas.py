"""Between the wire and testing's commands and queries."""

from marshmallow import Schema, fields, validate

SORT_KEYS = ("taken_on", "exam", "title", "outcome", "score")
"""What the history can be sorted by (F6.2)."""
PRINTABLE = validate.Regexp(r"[\x20-\x7e]+\Z", error="Only printable ASCII characters.")
REASON_CODE = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A reason is a code such as score-irregular.")


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


class ReportResult(Schema):
    """What the test provider says about one sitting (F10.9: scores run from 300 to 1000)."""

    candidate_id = _id(60)
    exam = _id(40)
    taken_on = fields.Date(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(required=True, allow_none=True, strict=True, validate=validate.Range(300, 1000))
    exam_version = fields.String(required=True, allow_none=True, validate=[validate.Length(1, 20), PRINTABLE])
    provider_reference = _id(120)


class RevokeResult(Schema):
    """Which result is taken back, and why as a code: public events never hold free text about a person."""

    result_id = _id(40)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), REASON_CODE])


class History(Schema):
    """Which page of the history, and in what order (F6.2)."""

    candidate_id = _id(60)
    sort = fields.String(required=True, validate=validate.OneOf(SORT_KEYS))
    descending = fields.Boolean(required=True)
    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


report_result = ReportResult()
revoke_result = RevokeResult()
history = History()
