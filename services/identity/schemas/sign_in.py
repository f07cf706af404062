"""What comes with the ways into an account besides the password."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.identity.schemas.entries import COUNTRY, VERSION, text

CODE = fields.String(required=True, validate=validate.Length(0, 64))


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


class NewAuthenticator(Schema):
    """For which session an authenticator is set up."""

    session_id = fields.String(required=True, validate=validate.Length(0, 60))


class TurnOnAuthenticator(NewAuthenticator):
    """The first code of the app."""

    code = CODE


class OneCode(Schema):
    """A code of the app, or a recovery code."""

    code = CODE


class PasswordAndCode(OneCode):
    """Both factors."""

    password = fields.String(required=True, validate=validate.Length(0, 1024))


class FromSomewhere(Schema):
    """Where a log-in comes from."""

    network = fields.String(required=True, validate=validate.Length(0, 64))
    device = text(80, shortest=0)


class ProveLogIn(FromSomewhere):
    """The second factor, after the password."""

    second_factor = fields.String(required=True, validate=validate.Length(0, 256))
    code = CODE


class LogInByPasskey(FromSomewhere):
    """What the browser has answered, as JSON of WebAuthn Level 3."""

    credential = fields.Dict(keys=fields.String(), required=True)


ANSWER = ("code", "state", "iss", "error")
"""What a provider sends a browser back with, as far as it matters."""
SEALED = fields.String(required=True, validate=validate.Length(0, 4000))


class AnswerOfSignOn(FromSomewhere):
    """What came back from the outside provider, and from the browser that was sent there."""

    pending = SEALED
    answer = fields.Dict(
        keys=fields.String(validate=validate.OneOf(ANSWER)),
        values=fields.String(validate=validate.Length(0, 4000)),
        required=True,
    )
    candidate_id = fields.String(required=True, validate=validate.Length(0, 60))


class SignOnEmail(Schema):
    """The e-mail that the outside provider knows."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))


class SignOnTicket(Schema):
    """Whom the outside provider has seen."""

    ticket = SEALED


class RegisterBySignOn(SignOnTicket, FromSomewhere):
    """The sign-up form of somebody who needs no password."""

    first_name = text(120)
    last_name = text(120)
    country = fields.String(required=True, validate=COUNTRY)
    privacy_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])
    terms_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])


class OnePasskey(Schema):
    """Which passkey."""

    passkey_id = fields.String(required=True, validate=validate.Length(1, 1400))


class NamedPasskey(OnePasskey):
    """What a passkey is called."""

    name = text(60)


class NewPasskey(Schema):
    """A new passkey and what it is called."""

    name = text(60)
    credential = fields.Dict(keys=fields.String(), required=True)
