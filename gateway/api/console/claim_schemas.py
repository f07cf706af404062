"""What requests about claims and extensions hold, and what answers say; pages read their forms with the same."""

from marshmallow import Schema, fields, validate

from gateway.api.schemas import PRINTABLE

CODE = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A code such as misconduct.")

PLACE = validate.Regexp(r"([\x20-\x7e]+\|[\x20-\x7e]+)?\Z", error="A place that an earlier page gave.")


class ClaimQueuePlace(Schema):
    """From where the queue goes on."""

    after = fields.String(load_default="", validate=validate.Length(max=80))


class ClaimRefusal(Schema):
    """One of the catalogue's reasons."""

    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ClaimQuestion(Schema):
    """What the candidate is asked."""

    question = fields.String(required=True, validate=validate.Length(1, 1000))


class ClaimRevocation(Schema):
    """An approved claim that is taken back, and why as a code that the candidate sees in words."""

    claim_id = fields.String(required=True, validate=[validate.Length(1, 60), PRINTABLE])
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ExtensionAsked(Schema):
    """An extension that is looked at, and where the list goes on."""

    days = fields.Integer(required=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)
    after = fields.String(load_default="", validate=[validate.Length(max=141), PLACE])


class TitleAction(Schema):
    """Which certification, and why as a code that the candidate sees in words."""

    certification = fields.String(required=True, validate=[validate.Length(1, 80), PRINTABLE])
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ExtensionAction(Schema):
    """An extension for everybody: there is no field for a person."""

    days = fields.Integer(required=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ClaimQueue(Schema):
    """One page of the claims that wait."""

    claims = fields.List(fields.Dict())
    waiting = fields.Integer()
    next = fields.String(allow_none=True)


class ClaimAtWork(Schema):
    """A claim with its files and the reasons that it can be refused for."""

    candidate_id = fields.String()
    claim_id = fields.String()
    status = fields.String()
    submitted_on = fields.Date(allow_none=True)
    decided_on = fields.Date(allow_none=True)
    reason = fields.String(allow_none=True)
    refusal = fields.String(allow_none=True)
    question = fields.String(allow_none=True)
    asked_on = fields.Date(allow_none=True)
    credits = fields.Integer()
    lines = fields.List(fields.Dict())
    files = fields.List(fields.Dict())
    refusals = fields.List(fields.Dict())


class Extensions(Schema):
    """Blanket extensions, and how far each has come."""

    extensions = fields.List(fields.Dict())


class ExtensionReach(Schema):
    """Whom an extension reaches, a page at a time."""

    certifications = fields.Integer()
    candidates = fields.Integer()
    lines = fields.List(fields.Dict())
    next = fields.String(allow_none=True)
