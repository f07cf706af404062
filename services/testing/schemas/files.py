"""Files that come in parts."""

from marshmallow import fields, validate

from services.testing.schemas.entries import NO_CONTROLS, Candidate, id_of

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PART = 48 * 1024
MEDIA_TYPES = ("application/pdf", "image/png", "image/jpeg", "text/plain")


class NewFile(Candidate):
    """A file that is about to come in parts."""

    name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    media_type = fields.String(required=True, validate=validate.OneOf(MEDIA_TYPES))


class FilePart(Candidate):
    """One part, in Base64."""

    file_id = id_of(40)
    number = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST_FILE // LARGEST_PART + 1))
    data = fields.String(required=True, validate=validate.Length(1, LARGEST_PART * 4 // 3 + 4))


new_file = NewFile()
file_part = FilePart()
