"""Bookings and the test centre."""

from marshmallow import Schema, fields, validate

from services.testing.schemas.entries import (
    HAPPENINGS,
    NO_CONTROLS,
    REASON_CODE,
    Candidate,
    Domain,
    id_of,
    maybe,
    moment,
)


class Sessions(Schema):
    """Free times of an exam at a site, from a day on."""

    exam = id_of(40)
    site = id_of(60)
    from_day = fields.Date(load_default=None, allow_none=True)
    days = fields.Integer(load_default=14, strict=True, validate=validate.Range(1, 60))


class Booking(Schema):
    """Which exam, where and when; the name as on the identity document (R-N1), and how it is paid."""

    candidate_id = id_of(60)
    exam = id_of(40)
    site = id_of(60)
    starts_at = moment()
    confirmed_name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])
    voucher = maybe(60)
    pay_later = fields.Boolean(load_default=False)
    accommodations = fields.List(
        fields.String(validate=[validate.Length(1, 60), REASON_CODE]),
        load_default=list,
        validate=validate.Length(0, 10),
    )


class OneAppointment(Candidate):
    """Which appointment of whom."""

    appointment_id = id_of(40)


class Payment(OneAppointment):
    """How an appointment is paid."""

    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])
    voucher = maybe(60)


class Reschedule(OneAppointment):
    """Where and when instead."""

    site = id_of(60)
    starts_at = moment()


class PageOf(Candidate):
    """Which page of whose list."""

    page = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, 200))


class AtCentre(Schema):
    """Whose coming is asked for."""

    day = fields.Date(required=True)
    site = maybe(60)


class Happening(Schema):
    """What happened at the built-in test centre."""

    appointment_id = id_of(40)
    happening = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


class Score(Schema):
    """How a delivered exam of the built-in centre was scored."""

    appointment_id = id_of(40)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))
    domains = fields.List(fields.Nested(Domain), load_default=list, validate=validate.Length(0, 30))


sessions = Sessions()
booking = Booking()
one_appointment = OneAppointment()
payment = Payment()
reschedule = Reschedule()
page_of = PageOf()
at_centre = AtCentre()
happening = Happening()
score = Score()
