"""Results, the history, recent activity."""

from marshmallow import Schema, fields, validate

from services.testing.schemas.entries import (
    DELIVERIES,
    OUTCOMES,
    PRINTABLE,
    SORT_KEYS,
    Candidate,
    OneResult,
    id_of,
    maybe,
    reason,
)


class Sitting(Schema):
    """What the test provider says about one sitting (F10.9: scores run from 300 to 1000)."""

    candidate_id = id_of(60)
    exam = id_of(40)
    taken_on = fields.Date(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail", "pending"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))
    exam_version = fields.String(load_default=None, allow_none=True, validate=[validate.Length(1, 20), PRINTABLE])
    language = maybe(20)
    delivery = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(DELIVERIES))
    site = maybe(120)


class ReportResult(Sitting):
    """A sitting, and the provider's own name for its record."""

    provider_reference = id_of(120)


class RevokeResult(Schema):
    """Which result is taken back, and why as a code: public events never hold free text about a person."""

    result_id = id_of(40)
    reason = reason()


class History(Schema):
    """Which page of the history, in what order, and which lines (F6.2)."""

    candidate_id = id_of(60)
    sort = fields.String(required=True, validate=validate.OneOf(SORT_KEYS))
    descending = fields.Boolean(required=True)
    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))
    outcome = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(OUTCOMES))
    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1990, 2200))


candidate = Candidate()
one_result = OneResult()


class RecentActivity(Schema):
    """Whose activity, and how much of it."""

    candidate_id = id_of(60)
    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


activity = RecentActivity()
report_result = ReportResult()
revoke_result = RevokeResult()
history = History()
