"""Between the wire and identity's commands and queries; unknown fields are refused."""

import unicodedata
import zoneinfo
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from chassis.languages import LANGUAGES
from contracts import permissions
from services.identity.domain.address import Address
from services.identity.domain.announcement import Audience, Notice
from services.identity.domain.case import KINDS

COUNTRY = validate.Regexp(r"[A-Z]{2}\Z", error="Two capital letters, as in ISO 3166.")
VERSION = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only printable ASCII characters.")
UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
DATE_FORMATS = ("language", "iso", "day-first", "month-first")
ROLES = ("candidate", "provider", "operator")


class Text(fields.String):
    """Words that people typed: composed, trimmed, in one line, without characters that nobody can see."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = " ".join(unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **more)).split())
        if any(unicodedata.category(character) in UNPRINTABLE or _is_bidi(character) for character in text):
            raise ValidationError("Characters that cannot be printed are not allowed.")
        return text


def _is_bidi(character: str) -> bool:
    """Overrides and isolates would let one name look like another; joiners are needed in many scripts."""
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


def _text(longest: int, *, shortest: int = 1) -> Text:
    return Text(required=True, validate=validate.Length(shortest, longest))


def _code(longest: int) -> fields.String:
    return fields.String(validate=[validate.Length(1, longest), VERSION])


@cache
def time_zones() -> set[str]:
    """Their names; the database lies in hundreds of files, which are listed once."""
    return zoneinfo.available_timezones()


def known_time_zone(name: str) -> None:
    """One of the zones that the time zone database names."""
    if name not in time_zones():
        raise ValidationError("A time zone such as Europe/Berlin, as in the IANA database.")


class Register(Schema):
    """The sign-up form (F1.4) with the versions of the documents that were shown (F1.5)."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))
    password = fields.String(required=True, validate=validate.Length(1, 1024))
    first_name = _text(120)
    last_name = _text(120)
    country = fields.String(required=True, validate=COUNTRY)
    privacy_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])
    terms_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])


class LogIn(Schema):
    """E-mail and password as typed; what cannot be right is refused like what is wrong."""

    email = fields.String(required=True, validate=validate.Length(0, 1024))
    password = fields.String(required=True, validate=validate.Length(0, 1024))
    network = fields.String(required=True, validate=validate.Length(0, 64))
    device = _text(80, shortest=0)


class Email(Schema):
    """Whose account a link is asked for; any text may be asked about."""

    email = fields.String(required=True, validate=validate.Length(0, 1024))


class Link(Schema):
    """What a mailed link brought back."""

    link = fields.String(required=True, validate=validate.Length(0, 256))


class NewPassword(Link):
    """A new password by a mailed link."""

    password = fields.String(required=True, validate=validate.Length(1, 1024))


class ChangePassword(Schema):
    """A new password by the old one; `session_id` is the session that stays open."""

    current = fields.String(required=True, validate=validate.Length(0, 1024))
    password = fields.String(required=True, validate=validate.Length(1, 1024))
    session_id = fields.String(required=True, validate=validate.Length(0, 60))


class Mailbox(Schema):
    """Whose mails are wanted; empty for everybody's."""

    to = fields.String(required=True, validate=validate.Length(0, 254))


class ReportCandidate(Schema):
    """Whom the test provider has booked, and on which day."""

    provider_id = _text(60)
    first_name = _text(120)
    last_name = _text(120)
    email = fields.Email(required=True, validate=validate.Length(3, 254))
    booked_on = fields.Date(required=True)
    birth_date = fields.Date(required=True, allow_none=True)


class JoinRecord(Schema):
    """An older record by one of its ids, and the birth date that shows whose it is."""

    external_id = _text(60)
    birth_date = fields.Date(required=True)


class BirthDate(Schema):
    """When the person was born."""

    birth_date = fields.Date(required=True)


class News(Schema):
    """Whether mail about training, offers and events is wanted."""

    wanted = fields.Boolean(required=True, truthy={True}, falsy={False})


class Words(fields.String):
    """What people wrote in several lines: composed, trimmed, without characters that nobody can see."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = (
            unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **more)).replace("\r\n", "\n").strip()
        )
        visible = text.replace("\n", " ").replace("\t", " ")
        if any(unicodedata.category(character) in UNPRINTABLE or _is_bidi(character) for character in visible):
            raise ValidationError("Characters that cannot be printed are not allowed.")
        return text


def _words() -> Words:
    return Words(required=True, validate=validate.Length(1, 4000))


class OpenCase(Schema):
    """A call for help (F1.16): by a candidate, or by a visitor with an e-mail address."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    text = _words()
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

    text = _words()


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


class ChangeAddress(Schema):
    """The mailing address form (F2.1): one to three lines."""

    country = fields.String(required=True, validate=COUNTRY)
    lines = fields.List(_text(120, shortest=0), required=True, validate=validate.Length(1, 3))
    city = _text(120)
    state = _text(120, shortest=0)
    postal_code = _text(20, shortest=0)

    @post_load
    def address(self, data: dict[str, Any], **_: Any) -> Address:
        """The value object; empty lines fall away, but one must remain."""
        lines = tuple(line for line in data.pop("lines") if line)
        if not lines:
            raise ValidationError("The address needs a line with street and number.", "lines")
        return Address(lines=lines, **data)


class ChangePreferences(Schema):
    """How pages and letters speak; null leaves a choice to the browser."""

    language = fields.String(required=True, allow_none=True, validate=validate.OneOf(LANGUAGES))
    time_zone = fields.String(required=True, allow_none=True, validate=known_time_zone)
    date_format = fields.String(required=True, allow_none=True, validate=validate.OneOf(DATE_FORMATS))


class ChangeLanguage(Schema):
    """The language alone."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class Keys(Schema):
    """Whose keys a service needs."""

    candidate_ids = fields.List(
        fields.String(validate=validate.Length(1, 60)), required=True, validate=validate.Length(0, 2000)
    )


class IssueToken(Schema):
    """For whom an operator makes a token, and for how long: a minute to 30 days."""

    subject = fields.String(required=True, validate=[validate.Length(1, 60), VERSION])
    roles = fields.List(
        fields.String(validate=validate.OneOf(ROLES)), required=True, validate=validate.Length(1, len(ROLES))
    )
    lifetime_seconds = fields.Integer(required=True, strict=True, validate=validate.Range(60, 30 * 86_400))


class AddPartner(Schema):
    """Which partner may read which events, from when on."""

    name = fields.String(required=True, validate=validate.Length(1, 60))
    events = fields.List(
        fields.String(validate=validate.Length(1, 100)), required=True, validate=validate.Length(1, 200)
    )
    start = fields.String(required=True, validate=validate.OneOf(["now", "beginning"]))


class Group(Schema):
    """A group's name and what its members may do."""

    name = _text(60)
    permissions = fields.List(
        fields.String(validate=validate.OneOf(permissions.ALL)), required=True, validate=validate.Length(0, 200)
    )

    @post_load
    def ascending(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Permissions in one order, each once."""
        if "permissions" in data:
            data["permissions"] = tuple(sorted(set(data["permissions"])))
        return data


class InGroup(Schema):
    """Which group is meant."""

    group_id = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])


class GroupPermissions(InGroup, Group):
    """What the members of a group may do."""

    class Meta:
        """The name is another matter."""

        exclude = ("name",)


def _given(longest: int) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(0, longest))


class Search(Schema):
    """What support looks for."""

    text = _given(200)
    email = _given(254)
    candidate_id = _given(60)
    certification = _given(60)
    country = fields.String(load_default="", validate=validate.Regexp(r"([A-Z]{2})?\Z"))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class Access(Schema):
    """An entry of the audit trail."""

    by = fields.String(required=True, validate=validate.Length(1, 60))
    what = fields.String(required=True, validate=[validate.Length(1, 80), VERSION])
    about = _given(60)
    place = _given(200)
    reason = _given(1000)


class Accesses(Schema):
    """Which part of the audit trail is wanted."""

    by = _given(60)
    about = _given(60)
    what = _given(80)
    since = fields.Date(load_default=None, allow_none=True)
    until = fields.Date(load_default=None, allow_none=True)
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class Paragraphs(Text):
    """Words in several lines; each line is cleaned like a single one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        lines = str(fields.String()._deserialize(value, attr, data, **more)).splitlines()  # noqa: SLF001  marshmallow's own way to extend a field
        return "\n".join(super(Paragraphs, self)._deserialize(line, attr, data, **more) for line in lines).strip()


class Announced(Schema):
    """Whom an announcement is for: ids of levels and tracks, countries by ISO 3166, languages by their tag."""

    levels = fields.List(_code(40), load_default=(), validate=validate.Length(0, 20))
    tracks = fields.List(_code(60), load_default=(), validate=validate.Length(0, 40))
    countries = fields.List(fields.String(validate=COUNTRY), load_default=(), validate=validate.Length(0, 250))
    languages = fields.List(_code(20), load_default=(), validate=validate.Length(0, 40))

    @post_load
    def audience(self, data: dict[str, Any], **_: Any) -> Audience:
        """The value object; the order and repetition of a choice mean nothing."""
        return Audience(**{name: tuple(sorted(set(values))) for name, values in data.items()})


class Told(Schema):
    """An announcement as it is written: moments carry their zone."""

    title = _text(120)
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


register = Register()
log_in = LogIn()
email = Email()
link = Link()
new_password = NewPassword()
change_password = ChangePassword()
mailbox = Mailbox()
report_candidate = ReportCandidate()
join_record = JoinRecord()
birth_date = BirthDate()
news = News()
open_case = OpenCase()
message = Message()
case_queue = CaseQueue()
close_case = CloseCase()
mapping_grant = MappingGrant()
change_address = ChangeAddress()
change_preferences = ChangePreferences()
change_language = ChangeLanguage()
keys = Keys()
issue_token = IssueToken()
add_partner = AddPartner()
group = Group()
group_name = Group(only=("name",))
in_group = InGroup()
group_permissions = GroupPermissions()
search = Search()
access = Access()
accesses = Accesses()
audience = Announced()
notice = Told()
page = Page()
reader = ReaderOf()
one_announcement = OneAnnouncement()
activity = RecentActivity()
