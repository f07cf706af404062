"""The provider's feed."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.testing.domain.results import DomainScore
from services.testing.schemas.entries import (
    DELIVERIES,
    HAPPENINGS,
    NO_CONTROLS,
    REASON_CODE,
    Candidate,
    Domain,
    cents,
    id_of,
    maybe,
    moment,
)
from services.testing.schemas.results import Sitting


class ResultRecord(Sitting):
    """A result; the record's id is the provider's own."""

    domains = fields.List(fields.Nested(Domain), load_default=list, validate=validate.Length(0, 30))


class ImportedResult(ResultRecord):
    """The same as a line of a file; nothing but results stands there."""

    id = id_of(120)
    kind = fields.String(load_default="result", validate=validate.Equal("result"))


class ImportResults(Schema):
    """So many lines as a second person can look through."""

    records = fields.List(
        fields.Nested(ImportedResult), required=True, validate=validate.Length(1, 200, error="1 to 200 results.")
    )


class ScoreDetails(Candidate):
    """Percentages per domain that come after the result."""

    result = id_of(120)
    domains = fields.List(fields.Nested(Domain), required=True, validate=validate.Length(1, 30))


class PlaceAndTime(Candidate):
    """Where and when somebody sits an exam."""

    starts_at = moment()
    time_zone = id_of(60)
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))
    site = fields.String(required=True, validate=[validate.Length(1, 60), NO_CONTROLS])
    site_name = fields.String(required=True, validate=[validate.Length(1, 120), NO_CONTROLS])


class AppointmentRecord(PlaceAndTime):
    """A booking made by phone, at a centre or in the provider's own pages (F10.2)."""

    exam = id_of(40)
    booked_at = moment()
    channel = fields.String(required=True, validate=validate.OneOf(["phone", "centre", "portal"]))
    price_cents = cents(load_default=0)
    currency = fields.String(load_default="USD", validate=validate.Regexp(r"[A-Z]{3}\Z"))
    accommodations = fields.List(
        fields.String(validate=[validate.Length(1, 60), REASON_CODE]),
        load_default=list,
        validate=validate.Length(0, 10),
    )


class RescheduleRecord(PlaceAndTime):
    """An appointment moved."""

    appointment = id_of(120)
    moved_at = moment()


class CancellationRecord(Candidate):
    """An appointment given up."""

    appointment = id_of(120)
    cancelled_at = moment()
    refunded = fields.Boolean(required=True)


class CheckInRecord(Candidate):
    """What happened at the test site."""

    appointment = id_of(120)
    happening = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    at = moment()
    reason = fields.String(load_default="", validate=[validate.Length(0, 60)])
    agreement_version = fields.String(load_default="", validate=[validate.Length(0, 20)])


class PaymentRecord(Candidate):
    """What was paid for an appointment."""

    appointment = id_of(120)
    order_number = id_of(60)
    paid_at = moment()
    price_cents = cents(required=True)
    discount_cents = cents(load_default=0)
    tax_cents = cents(load_default=0)
    currency = fields.String(load_default="USD", validate=validate.Regexp(r"[A-Z]{3}\Z"))
    voucher = maybe(60)


class SkillChallengeRecord(Candidate):
    """A skill challenge that took place."""

    name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    taken_on = fields.Date(required=True)
    result = fields.String(required=True, validate=[validate.Length(1, 40), NO_CONTROLS])


RECORDS: dict[str, Schema] = {
    "appointment": AppointmentRecord(),
    "reschedule": RescheduleRecord(),
    "cancellation": CancellationRecord(),
    "check-in": CheckInRecord(),
    "result": ResultRecord(),
    "score-details": ScoreDetails(),
    "payment": PaymentRecord(),
    "skill-challenge": SkillChallengeRecord(),
}
"""What a line of the feed may be, by its `kind`."""


import_results = ImportResults()


def domain_scores(loaded: list[dict[str, Any]]) -> tuple[DomainScore, ...]:
    """Percentages as the domain holds them."""
    return tuple(DomainScore(**one) for one in loaded)
