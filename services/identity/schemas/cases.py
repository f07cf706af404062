"""Cases of Online Support."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.identity.domain.case import KINDS
from services.identity.schemas.entries import words


class OpenCase(Schema):
    """A call for help (F1.16): by a candidate, or by a visitor with an e-mail address."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    text = words()
    candidate_id = fields.String(required=True, validate=validate.Length(0, 60))
    email = fields.String(required=True, validate=validate.Length(0, 254))

    @post_load
    def somebody(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Whoever is not logged in needs an address for the answer."""
        if not data["candidate_id"]:
            validate.Email(error="Not a valid email address.")(data["email"])
        return data


class Message(Schema):
    """What somebody writes in a case."""

    text = words()


class CaseQueue(Schema):
    """Which cases are wanted."""

    state = fields.String(required=True, validate=validate.OneOf(["open", "waiting", "solved", "refused"]))
    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))


class CloseCase(Schema):
    """How a case ends."""

    outcome = fields.String(required=True, validate=validate.OneOf(["solved", "refused"]))


class MappingGrant(Schema):
    """Which record an account opens after a case."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    candidate_id = fields.String(required=True, validate=validate.Length(1, 60))
