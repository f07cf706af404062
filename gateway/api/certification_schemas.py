"""What requests about certifications and continuing education hold, and what answers say."""

from marshmallow import Schema, fields, validate

from gateway.api.schemas import LONGEST_ID, PRINTABLE


def _id(longest: int = LONGEST_ID) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, longest), PRINTABLE])


class WhatIfQuery(Schema):
    """An exam and the day on which it is supposed to be passed."""

    exam = _id(40)
    on = fields.Date(required=True)


class OnQuery(Schema):
    """Which day, and by what was known when."""

    on = fields.Date(required=True)
    known_on = fields.Date(load_default=None)


class ItemsQuery(Schema):
    """Words that must stand in an item, and which page."""

    words = fields.String(load_default="", validate=validate.Length(max=200))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 10_000))


class FileQuery(Schema):
    """What the file is called."""

    name = fields.String(required=True, validate=validate.Length(1, 200))


class Version(Schema):
    """A version that is accepted."""

    version = _id(40)


class CreditLine(Schema):
    """A completed item."""

    item = _id(60)
    completed_on = fields.Date(required=True)


class NewClaim(Schema):
    """One to twenty completed items."""

    lines = fields.List(fields.Nested(CreditLine), required=True, validate=validate.Length(1, 20))


class Completion(CreditLine):
    """Who completed an item."""

    candidate_id = _id(60)


class Completions(Schema):
    """A provider's list of completions."""

    completions = fields.List(fields.Nested(Completion), required=True, validate=validate.Length(1, 500))


class EmeritusPayment(Schema):
    """A paid application for emeritus."""

    application_id = _id(60)
    payment = _id(120)
    paid_on = fields.Date(required=True)


class Advice(Schema):
    """Options of renewal, per active certification, cheapest first."""

    as_of = fields.Date()
    advice = fields.List(fields.Dict())


class WhatIf(Schema):
    """Each certification as it is and as it would be."""

    on = fields.Date()
    certifications = fields.List(fields.Dict())


class RecordOn(Schema):
    """How everything stood on a day."""

    on = fields.Date()
    known_on = fields.Date()
    certifications = fields.List(fields.Dict())
    ce_balance = fields.Integer()


class Requirements(Schema):
    """The parts of a certification and what fills them."""

    certification = fields.String()
    name = fields.String()
    level = fields.String()
    retired_on = fields.Date(allow_none=True)
    earned_on = fields.Date(allow_none=True)
    window_years = fields.Integer(allow_none=True)
    first_lab_months = fields.Integer(allow_none=True)
    missing_until = fields.Date(allow_none=True)
    first_lab_until = fields.Date(allow_none=True)
    parts = fields.List(fields.Dict())
    as_of = fields.Date()


class EarnedAndWaiting(Schema):
    """A certification that is earned and waits for the agreement; its date stands."""

    certification = fields.String()
    name = fields.String()
    earned_on = fields.Date()


class Agreement(Schema):
    """Versions of the agreement and their acceptances."""

    current = fields.String(allow_none=True)
    stands = fields.Boolean()
    waiting = fields.List(fields.Nested(EarnedAndWaiting))
    versions = fields.List(fields.Dict())
    as_of = fields.Date()


class Expert(Schema):
    """Expert numbers, days, titles and applications."""

    first_expert_on = fields.Date(allow_none=True)
    anniversary_on = fields.Date(allow_none=True)
    eligible_on = fields.Date(allow_none=True)
    granted_from = fields.Date(allow_none=True)
    may_apply = fields.Boolean()
    fee_usd = fields.Integer()
    numbers = fields.List(fields.Dict())
    titles = fields.List(fields.Dict())
    applications = fields.List(fields.Dict())
    as_of = fields.Date()


class Credits(Schema):
    """Continuing education of the candidate."""

    terms = fields.String()
    accepted = fields.String(allow_none=True)
    accepted_on = fields.Date(allow_none=True)
    balance = fields.Dict()
    claims = fields.List(fields.Dict())
    as_of = fields.Date()


class Items(Schema):
    """Items that earn credits."""

    items = fields.List(fields.Dict())
    total = fields.Integer()


class Done(Schema):
    """It is done."""

    candidate_id = fields.String()


class ClaimDone(Done):
    """It is done, for this claim."""

    claim_id = fields.String()


class Applied(Done):
    """The number to pay under."""

    application_id = fields.String()


class FileDone(Schema):
    """The file's id."""

    evidence_id = fields.String()
    claim_id = fields.String()


class Outcomes(Schema):
    """What became of each line."""

    outcomes = fields.List(fields.Dict())


class CalendarLink(Schema):
    """The private address of the calendar; null where there is none."""

    url = fields.String(allow_none=True)
