"""Cases of Online Support."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.identity.domain.case import KINDS
from services.identity.schemas.entries import text, words

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PART = 48 * 1024
MEDIA_TYPES = ("application/pdf", "image/png", "image/jpeg", "text/plain")
DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z"


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


class Reply(Message):
    """The same with files that were sent before."""

    files = fields.List(fields.String(validate=validate.Length(1, 40)), required=True, validate=validate.Length(0, 5))


class NewFile(Schema):
    """A file that is about to come in parts."""

    name = text(200)
    media_type = fields.String(required=True, validate=validate.OneOf(MEDIA_TYPES))


class FilePart(Schema):
    """One part, in Base64."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST_FILE // LARGEST_PART + 1))
    data = fields.String(required=True, validate=validate.Length(1, LARGEST_PART * 4 // 3 + 4))


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


class EmailChange(Schema):
    """Another log-in, as a proposal keeps it: sealed."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    email = fields.String(required=True, validate=validate.Length(1, 4000))


class NameChange(Schema):
    """Another legal name, as a proposal keeps it: sealed."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    first_name = fields.String(required=True, validate=validate.Length(1, 4000))
    last_name = fields.String(required=True, validate=validate.Length(1, 4000))


class BirthDateChange(Schema):
    """Another birth date, as a proposal keeps it: sealed."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    birth_date = fields.String(required=True, validate=validate.Length(1, 4000))


class Nothing(Schema):
    """No arguments at all."""


class NewEmail(Schema):
    """Another log-in in clear."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))


class NewName(Schema):
    """Another legal name in clear."""

    first_name = text(120)
    last_name = text(120)


class NewBirthDate(Schema):
    """Another birth date in clear."""

    birth_date = fields.String(required=True, validate=validate.Regexp(DAY, error="Not a valid date."))


class MergeWanted(Schema):
    """The record that goes into the one of the case."""

    absorbed_id = fields.String(required=True, validate=validate.Length(1, 60))


class MappingWanted(Schema):
    """The record that the account of the case is to open."""

    candidate_id = fields.String(required=True, validate=validate.Length(1, 60))


ACTS: dict[str, Schema] = {
    "mapping-grant": MappingWanted(),
    "email-change": NewEmail(),
    "name-change": NewName(),
    "birth-date-change": NewBirthDate(),
    "records-merge": MergeWanted(),
}
"""What can be proposed by a case, and which values it needs."""


class RecordsMerge(Schema):
    """Which record goes into the one of the case, as a proposal keeps it."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    absorbed_id = fields.String(required=True, validate=validate.Length(1, 60))


class RecordsSeparate(Schema):
    """Which record comes back."""

    absorbed_id = fields.String(required=True, validate=validate.Length(1, 60))


class RecordNamed(Schema):
    """A record by one of its ids, or by its log-in."""

    text = fields.String(required=True, validate=validate.Length(1, 254))


class ByCase(Schema):
    """A proposal that comes from a case."""

    case_id = fields.String(required=True, validate=validate.Length(1, 60))
    action = fields.String(required=True, validate=validate.OneOf(ACTS))
    candidate_id = fields.String(required=True, validate=validate.Length(0, 60))
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
