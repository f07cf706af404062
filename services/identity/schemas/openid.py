"""What comes with requests of OAuth 2 and OpenID Connect."""

from typing import Any
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from services.identity.schemas.entries import text

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def is_safe(uri: str) -> bool:
    """HTTPS, or plain HTTP on the person's own machine; no fragment (RFC 9700, 4.1)."""
    parts = urlsplit(uri)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return safe and bool(parts.hostname) and not parts.fragment


def only_safe(uri: str) -> None:
    """Refuse addresses that others could read on the way."""
    if not is_safe(uri):
        raise ValidationError("HTTPS is needed, or HTTP on this machine.")


class NewClient(Schema):
    """A program that may ask for tokens."""

    name = text(80)
    redirect_uris = fields.List(fields.String(validate=[validate.Length(1, 500), only_safe]), required=True)
    scopes = fields.List(fields.String(validate=validate.Length(1, 40)), required=True, validate=validate.Length(1, 10))
    public = fields.Boolean(required=True, truthy={True}, falsy={False})
    signed_by = fields.String(required=True, validate=validate.OneOf(["RS256", "Ed25519"]))


class OneClient(Schema):
    """Which program."""

    client_id = fields.String(required=True, validate=validate.Length(1, 60))


def _word(longest: int, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(0, longest), load_default="", **more)


class _Parameters(Schema):
    """What else a client says is ignored, as RFC 6749 wants it."""

    class Meta:
        """Unknown parameters are nobody's business."""

        unknown = EXCLUDE


class AuthorizationRequest(_Parameters):
    """What a client sends a person with."""

    client_id = _word(60)
    redirect_uri = _word(500)
    response_type = _word(40)
    scope = _word(200)
    state = _word(1000)
    nonce = _word(255)
    code_challenge = _word(128)
    code_challenge_method = _word(10)
    prompt = _word(40)


class TokenRequest(_Parameters):
    """What a client wants tokens for."""

    grant_type = _word(40)
    code = _word(2000)
    redirect_uri = _word(500)
    code_verifier = _word(128)
    refresh_token = _word(256)
    scope = _word(200)
    client_id = _word(60)
    client_secret = _word(256)
    token = _word(2000)
