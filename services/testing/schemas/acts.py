"""What two people of the house do together."""

from marshmallow import Schema, fields, validate

from services.testing.schemas.entries import id_of, maybe, reason
from services.testing.schemas.results import RevokeResult, revoke_result


class ExaminedOn(Schema):
    """Who of some candidates sat an exam on a day."""

    candidate_ids = fields.List(fields.String(validate=validate.Length(1, 60)), required=True)
    taken_on = fields.Date(required=True)


class CorrectResult(RevokeResult):
    """What the result is after scoring again."""

    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))


class ImposeSanction(Schema):
    """A ban with its last day, or a cancelled score with its result."""

    kind = fields.String(required=True, validate=validate.OneOf(["ban", "score-cancelled"]))
    reason = reason()
    result_id = maybe(40)
    banned_until = fields.Date(load_default=None, allow_none=True)


class LiftSanction(Schema):
    """Which sanction goes, and why as a code."""

    sanction_id = id_of(40)
    reason = reason()


examined_on = ExaminedOn()
change_result = revoke_result
correct_result = CorrectResult()
impose_sanction = ImposeSanction()
lift_sanction = LiftSanction()
