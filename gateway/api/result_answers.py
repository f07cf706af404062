"""From testing to JSON: results, score reports, sanctions, and what became of a feed."""

from marshmallow import Schema, fields

from gateway.api.fields import maybe


class Exam(Schema):
    """One line of the testing history (F6.1)."""

    result_id = fields.String()
    exam = fields.String()
    acronym = fields.String()
    title = fields.String()
    exam_version = maybe(fields.String)
    taken_on = fields.Date()
    attempt = maybe(fields.Integer, metadata={"description": "Null for a no-show, which is none."})
    outcome = fields.String()
    score = maybe(fields.Integer)
    next_allowed_on = maybe(fields.Date)
    language = maybe(fields.String)
    delivery = maybe(fields.String)
    site = maybe(fields.String)
    score_report = fields.Boolean()
    missing_from = maybe(fields.Date, metadata={"description": "From then on the result may be reported missing."})
    missing = fields.Boolean()


class Exams(Schema):
    """One page of the testing history."""

    results = fields.List(fields.Nested(Exam))
    total = fields.Integer()
    years = fields.List(fields.Integer())
    page = fields.Integer()
    page_size = fields.Integer()
    stale = fields.Boolean()


class Domain(Schema):
    """One domain of the blueprint."""

    name = fields.String()
    percent = fields.Integer()


class ScoreReport(Exam):
    """A result with percentages per domain (F10.9)."""

    domains = fields.List(fields.Nested(Domain))


class PracticalExam(Exam):
    """A lab or practical (F6.3)."""

    track = maybe(fields.String)
    qualifier = maybe(fields.String)
    qualifier_until = maybe(fields.Date)


class PracticalExams(Schema):
    """Labs and practicals, newest first."""

    practical_exams = fields.List(fields.Nested(PracticalExam))
    stale = fields.Boolean()


class Sanction(Schema):
    """A sanction and the last day of an appeal (R-X3)."""

    sanction_id = fields.String()
    kind = fields.String()
    reason = fields.String()
    imposed_on = fields.Date()
    appeal_until = fields.Date()
    result_id = maybe(fields.String)
    banned_until = maybe(fields.Date)
    lifted = fields.Boolean()


class Sanctions(Schema):
    """Sanctions, newest first."""

    sanctions = fields.List(fields.Nested(Sanction))
    stale = fields.Boolean()


class Refusal(Schema):
    """A record that was not taken."""

    line = fields.Integer()
    id = fields.String()
    code = fields.String()
    detail = fields.String()
    details = fields.Dict()


class Taken(Schema):
    """What became of a feed: `refusals` names the first thousand."""

    lines = fields.Integer()
    recorded = fields.Integer()
    known = fields.Integer()
    refused = fields.Integer()
    refusals = fields.List(fields.Nested(Refusal))
