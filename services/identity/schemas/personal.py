"""Personal data, and the records of bookings that it is compared with."""

import zoneinfo
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from chassis.languages import LANGUAGES
from services.identity.domain.address import Address
from services.identity.domain.person import DIRECTORY_FIELDS
from services.identity.schemas.entries import COUNTRY, text

DATE_FORMATS = ("language", "iso", "day-first", "month-first")


@cache
def time_zones() -> set[str]:
    """Their names; the database lies in hundreds of files, which are listed once."""
    return zoneinfo.available_timezones()


def known_time_zone(name: str) -> None:
    """One of the zones that the time zone database names."""
    if name not in time_zones():
        raise ValidationError("A time zone such as Europe/Berlin, as in the IANA database.")


class ReportCandidate(Schema):
    """Whom the test provider has booked, and on which day."""

    provider_id = text(60)
    first_name = text(120)
    last_name = text(120)
    email = fields.Email(required=True, validate=validate.Length(3, 254))
    booked_on = fields.Date(required=True)
    birth_date = fields.Date(required=True, allow_none=True)


class JoinRecord(Schema):
    """An older record by one of its ids, and the birth date that shows whose it is."""

    external_id = text(60)
    birth_date = fields.Date(required=True)


class BirthDate(Schema):
    """When the person was born."""

    birth_date = fields.Date(required=True)


class News(Schema):
    """Whether mail about training, offers and events is wanted."""

    wanted = fields.Boolean(required=True, truthy={True}, falsy={False})


class ChangeAddress(Schema):
    """The mailing address form (F2.1): one to three lines; which parts are needed depends on the country."""

    country = fields.String(required=True, validate=COUNTRY)
    lines = fields.List(text(120, shortest=0), required=True, validate=validate.Length(1, 3))
    city = text(120, shortest=0)
    state = text(120, shortest=0)
    postal_code = text(20, shortest=0)

    @post_load
    def address(self, data: dict[str, Any], **_: Any) -> Address:
        """The value object; empty lines fall away, but one must remain."""
        lines = tuple(line for line in data.pop("lines") if line)
        if not lines:
            raise ValidationError("The address needs a line with street and number.", "lines")
        return Address(lines=lines, **data)


class AddressCountry(Schema):
    """Whose form is wanted."""

    country = fields.String(required=True, validate=COUNTRY)


class ChangePreferences(Schema):
    """How pages and letters speak; null leaves a choice to the browser."""

    language = fields.String(required=True, allow_none=True, validate=validate.OneOf(LANGUAGES))
    time_zone = fields.String(required=True, allow_none=True, validate=known_time_zone)
    date_format = fields.String(required=True, allow_none=True, validate=validate.OneOf(DATE_FORMATS))


class ChangeLanguage(Schema):
    """The language alone."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class Company(Schema):
    """For whom somebody works; empty for nobody."""

    company = text(120, shortest=0)


class CompanyReview(Schema):
    """What support makes of a name; an empty company lets it stand as written."""

    seen = text(120)
    company = text(120, shortest=0)
    by = text(60)


class JobTitle(Schema):
    """What somebody does at work; empty for nothing."""

    job_title = text(120, shortest=0)


class LocalScript(Schema):
    """Name and up to three address lines in the script of the country; empty ones fall away."""

    name = text(200, shortest=0)
    lines = fields.List(text(120, shortest=0), required=True, validate=validate.Length(0, 3))

    @post_load
    def filled(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Without empty lines."""
        return {**data, "lines": [line for line in data["lines"] if line]}


class Directory(Schema):
    """Whether and with what somebody stands in the public directory."""

    listed = fields.Boolean(required=True, truthy={True}, falsy={False})
    shown = fields.List(
        fields.String(validate=validate.OneOf(DIRECTORY_FIELDS)), required=True, validate=validate.Length(0, 10)
    )


class Guardian(Schema):
    """Who consents for a minor."""

    guardian_name = text(200)
    guardian_email = fields.Email(required=True, validate=validate.Length(3, 254))


class GuardianAnswer(Schema):
    """What the guardian says, by the mailed link."""

    link = fields.String(required=True, validate=validate.Length(0, 256))
    consents = fields.Boolean(required=True, truthy={True}, falsy={False})
