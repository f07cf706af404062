"""Accommodations (F10.8)."""

from marshmallow import Schema, fields, validate

from services.testing.schemas.entries import REASON_CODE, Candidate, id_of, statement


class AccommodationRequest(Candidate):
    """What somebody needs at the test site, and why (F10.8)."""

    accommodation = fields.String(required=True, validate=[validate.Length(1, 60), REASON_CODE])
    statement = statement()


class AccommodationDecision(Schema):
    """Whether it is granted."""

    request_id = id_of(40)
    reviewer = id_of(60)
    approved = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


accommodation_request = AccommodationRequest()
accommodation_decision = AccommodationDecision()
