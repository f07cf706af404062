"""What comes with the ways into an account besides the password."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from services.identity.schemas.entries import COUNTRY, text


class ForgottenEmail(Schema):
    """What somebody tells of themselves who forgot their e-mail address; an id or the day of an exam is needed."""

    name = text(240)
    country = fields.String(required=True, validate=COUNTRY)
    external_id = text(60, shortest=0)
    exam_on = fields.Date(required=True, allow_none=True)

    @validates_schema
    def _told_enough(self, data: dict[str, Any], **_more: Any) -> None:
        if not data["external_id"] and data["exam_on"] is None:
            raise ValidationError("An external ID or the day of an exam is needed.", "external_id")
