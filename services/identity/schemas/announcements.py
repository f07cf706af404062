"""Announcements, and the pages of lists."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.identity.domain.announcement import Audience, Notice
from services.identity.schemas.entries import COUNTRY, VERSION, Paragraphs, code, text


class Announced(Schema):
    """Whom an announcement is for: ids of levels and tracks, countries by ISO 3166, languages by their tag."""

    levels = fields.List(code(40), load_default=(), validate=validate.Length(0, 20))
    tracks = fields.List(code(60), load_default=(), validate=validate.Length(0, 40))
    countries = fields.List(fields.String(validate=COUNTRY), load_default=(), validate=validate.Length(0, 250))
    languages = fields.List(code(20), load_default=(), validate=validate.Length(0, 40))

    @post_load
    def audience(self, data: dict[str, Any], **_: Any) -> Audience:
        """The value object; the order and repetition of a choice mean nothing."""
        return Audience(**{name: tuple(sorted(set(values))) for name, values in data.items()})


class Told(Schema):
    """An announcement as it is written: moments carry their zone."""

    title = text(120)
    text = Paragraphs(required=True, validate=validate.Length(1, 2000))
    shown_from = fields.AwareDateTime(required=True)
    shown_until = fields.AwareDateTime(required=True)
    audience = fields.Nested(Announced, load_default=Audience)

    @post_load
    def notice(self, data: dict[str, Any], **_: Any) -> Notice:
        """The value object."""
        return Notice(**data)


class Page(Schema):
    """Which page of a list."""

    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


class OfCandidate(Schema):
    """Who is meant."""

    candidate_id = fields.String(required=True, validate=[validate.Length(1, 60), VERSION])


class ReaderOf(OfCandidate):
    """Who reads, and in which language if that is known."""

    language = fields.String(required=True, validate=validate.Length(0, 20))


class OneAnnouncement(OfCandidate):
    """Which announcement of the candidate."""

    announcement_id = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])


class RecentActivity(OfCandidate):
    """How much of the activity."""

    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))
