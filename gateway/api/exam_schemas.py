"""From JSON to testing: what requests about exams may hold; the service judges the rest."""

from typing import Any

from marshmallow import Schema, fields, validate

from gateway.api.schemas import PRINTABLE, REASON

HAPPENINGS = ("check-in", "turn-away", "no-show", "decline", "start", "deliver", "interrupt")
KINDS = ("exam_item", "missing_or_wrong_result", "lab_rescore", "testing_conditions", "sanction_appeal")
REMEDIES = ("correct", "restore", "retake", "lift", "none")


def _id(longest: int = 60, **more: Any) -> fields.String:
    return fields.String(**{"required": True, **more}, validate=[validate.Length(1, longest), PRINTABLE])


def _text(longest: int = 4000) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, longest))


def _maybe(longest: int) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, longest))


def _score() -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, validate=validate.Range(300, 1000))


def _card() -> fields.String:
    return fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])


class Search(Schema):
    """Words of code, acronym, title or track, and the code of a private exam (F10.3)."""

    words = fields.String(load_default="", validate=validate.Length(0, 100))
    access_code = fields.String(load_default="", validate=validate.Length(0, 60))


class SessionsQuery(Schema):
    """Where, and from which day on."""

    site = _id()
    from_day = fields.Date(load_default=None, allow_none=True)
    days = fields.Integer(load_default=14, validate=validate.Range(1, 60))


class QuoteQuery(Schema):
    """Where, and with which voucher."""

    site = _id()
    voucher = _maybe(60)


class NewAppointment(Schema):
    """Which exam, where and when, under which name, and how it is paid (F10.1)."""

    exam = _id(40)
    site = _id()
    starts_at = fields.AwareDateTime(required=True, format="iso")
    confirmed_name = _text(200)
    card = _card()
    voucher = _maybe(60)
    pay_later = fields.Boolean(load_default=False)
    accommodations = fields.List(fields.String(validate=[validate.Length(1, 60), REASON]), load_default=list)


class Move(Schema):
    """Where and when instead."""

    site = _id()
    starts_at = fields.AwareDateTime(required=True, format="iso")


class Payment(Schema):
    """How an appointment is paid."""

    card = _card()
    voucher = _maybe(60)


class Paging(Schema):
    """Which page."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class NewChallenge(Schema):
    """What is objected to, and why (F6.4)."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    matter_kind = fields.String(required=True, validate=validate.OneOf(["result", "appointment", "sanction"]))
    matter_id = _id(40)
    question = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 500))
    statement = _text()
    card = _card()


class Evidence(Schema):
    """The candidate's answer, and files that were uploaded before."""

    answer = _text()
    files = fields.List(_id(40), load_default=list, validate=validate.Length(0, 10))


class CentreQuery(Schema):
    """Which day, and where."""

    day = fields.Date(required=True)
    site = _maybe(60)


class Happening(Schema):
    """What happened, and why where that needs a reason."""

    happening = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


class ScoredDomain(Schema):
    """One domain of the blueprint."""

    name = _text(120)
    percent = fields.Integer(required=True, validate=validate.Range(0, 100))


class Score(Schema):
    """The result of a delivered exam."""

    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = _score()
    domains = fields.List(fields.Nested(ScoredDomain), load_default=list, validate=validate.Length(0, 30))


class Question(Schema):
    """What the reviewer wants to know."""

    question = _text()


class Ruling(Schema):
    """How a challenge should end."""

    upheld = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), REASON])
    remedy = fields.String(load_default="none", validate=validate.OneOf(REMEDIES))
    outcome = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["pass", "fail"]))
    score = _score()


class Decision(Schema):
    """Whether the second reviewer agrees."""

    agrees = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


class AccommodationRequest(Schema):
    """What somebody needs at the test site, and why (F10.8)."""

    accommodation = fields.String(required=True, validate=[validate.Length(1, 60), REASON])
    statement = _text()


class AccommodationDecision(Schema):
    """Whether it is granted."""

    approved = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))
