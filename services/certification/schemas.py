"""Between the wire and certification's commands and queries."""

from datetime import date

from marshmallow import Schema, fields, validate

PRINTABLE = validate.Regexp(r"[\x20-\x7e]+\Z", error="Only printable ASCII characters.")


def day(text: str) -> date:
    """A calendar date."""
    return date.fromisoformat(text)


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


class Candidate(Schema):
    """Whose record."""

    candidate_id = _id(60)


class RecordClaim(Candidate):
    """An approved claim: the item, its credits (1 to 64, R-CE9) and its three days."""

    item = _id(60)
    credits = fields.Integer(required=True, strict=True, validate=validate.Range(1, 64))
    completed_on = fields.Date(required=True)
    submitted_on = fields.Date(required=True)
    decided_on = fields.Date(required=True)


class GrantEmeritus(Candidate):
    """From which day a term is granted."""

    granted_on = fields.Date(required=True)


class Page(Schema):
    """Which candidates an operators' job goes through in one call: those after an id, so many of them."""

    after = fields.String(load_default="", validate=validate.Length(max=60))
    limit = fields.Integer(load_default=200, strict=True, validate=validate.Range(1, 1000))


class ExtendAll(Page):
    """By how many days what is active on a day is extended."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)


class ReviewAll(Page):
    """The day to review by; none means today."""

    today = fields.Date(load_default=None, allow_none=True)


class History(Candidate):
    """Which page of the history."""

    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


class Expirations(Candidate):
    """How far to look ahead."""

    within_days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 3660))


class RecordOn(Candidate):
    """Which day, and by what was known when; none means today."""

    on = fields.Date(required=True)
    known_on = fields.Date(load_default=None, allow_none=True)


class SupposedPass(Schema):
    """An exam and the day on which it is supposed to be passed."""

    exam = _id(40)
    on = fields.Date(required=True)


class WhatIf(Candidate):
    """One to five supposed passes."""

    passes = fields.List(fields.Nested(SupposedPass), required=True, validate=validate.Length(1, 5))


class EmeritusPayment(Schema):
    """Which application was paid, when, and the payer's reference."""

    application_id = _id(60)
    payment = _id(120)
    paid_on = fields.Date(required=True)


class RecentActivity(Candidate):
    """How much of the activity."""

    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


candidate = Candidate()
activity = RecentActivity()
emeritus_payment = EmeritusPayment()
record_on = RecordOn()
what_if = WhatIf()
record_claim = RecordClaim()
grant_emeritus = GrantEmeritus()
extend_all = ExtendAll()
review_all = ReviewAll()
history = History()
expirations = Expirations()
