"""From JSON to the services: what requests may hold; unknown fields are refused."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.languages import LANGUAGES
from gateway.language.reader import DATE_FORMS
from gateway.language.zones import is_zone

PRINTABLE = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only visible ASCII characters.")
COUNTRY = validate.Regexp(r"[A-Z]{2}\Z", error="Two capital letters, as in ISO 3166.")
REASON = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A code such as score-irregular.")
DAY = validate.Regexp(r"\d{4}-\d{2}-\d{2}\Z", error="Not a valid date.")
CASE_KINDS = ("map-my-profile", "change-cisco-id", "legacy-booking", "merge", "name-change", "other")
CASE_STATES = ("open", "waiting", "solved", "refused")
LONGEST_ID = 64
OUTCOMES = ("pass", "fail", "pending", "held", "invalidated", "no-show")


def _text(longest: int, *, shortest: int = 1, **more: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Length(shortest, longest), **more)


def _id(longest: int = LONGEST_ID) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, longest), PRINTABLE])


def _optional_text(longest: int, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(0, longest), **more)


def _known_zone(name: str) -> None:
    if not is_zone(name):
        raise ValidationError("A time zone such as Europe/Berlin, as in the IANA database.")


class Empty(Schema):
    """Nothing: any field is refused."""


class NewAccount(Schema):
    """Create an account (F1.4, F1.5)."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))
    password = _text(1024)
    first_name = _text(120)
    last_name = _text(120)
    country = fields.String(required=True, validate=COUNTRY)
    privacy_version = _id(40)
    terms_version = _id(40)


class NewAccountBySignOn(NewAccount):
    """Create an account whose e-mail an outside provider has told, and which needs no password."""

    class Meta:
        """What the provider knows."""

        exclude = ("email", "password")


class NewSession(Schema):
    """Log in (F1.1, F1.2)."""

    email = _text(1024)
    password = _text(1024)


class SessionSecret(Schema):
    """The secret that came with the log-in."""

    session = _id(256)


class SecondFactorProof(Schema):
    """The answer to the log-in's question for a second factor."""

    second_factor = _id(256)
    code = _text(64)


class PasskeyAnswer(Schema):
    """What `navigator.credentials.get` gave, as its `toJSON` writes it."""

    credential = fields.Dict(keys=fields.String(), required=True)


class NewPasskey(PasskeyAnswer):
    """What `navigator.credentials.create` gave, and how the passkey is called."""

    name = _text(60)


class PasskeyName(Schema):
    """How the passkey is called."""

    name = _text(60)


class FactorCode(Schema):
    """A code of the authenticator, or a recovery code."""

    code = _text(64)


class PasswordAndCode(FactorCode):
    """Both factors."""

    password = _text(1024)


class EmailOnly(Schema):
    """Whose account a mail is asked for."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))


class ForgottenEmail(Schema):
    """Whose e-mail address was forgotten (F1.8); `external_id` or `exam_on` is needed."""

    name = _text(240)
    country = fields.String(required=True, validate=COUNTRY)
    external_id = _optional_text(60, load_default="")
    exam_on = fields.String(load_default=None, allow_none=True, validate=DAY)

    @validates_schema
    def _told_enough(self, data: dict[str, Any], **_more: Any) -> None:
        if not data["external_id"] and not data["exam_on"]:
            raise ValidationError("An external ID or the day of an exam is needed.", "external_id")


class MailedLink(Schema):
    """What stands behind `link=` in the address that was mailed."""

    link = _id(256)


class ResetPassword(MailedLink):
    """A new password by a mailed link."""

    password = _text(1024)


class ChangePassword(Schema):
    """The old password and a new one."""

    current = _text(1024)
    password = _text(1024)


class Address(Schema):
    """A mailing address (F2.1) with the parts that its country needs; a P.O. box is refused (F2.2)."""

    country = fields.String(required=True, validate=COUNTRY)
    lines = fields.List(_text(120, shortest=0), required=True, validate=validate.Length(1, 3))
    city = _optional_text(120, load_default="")
    state = _optional_text(120, load_default="")
    postal_code = _optional_text(20, load_default="")


class NewPreferences(Schema):
    """How pages speak to the candidate; null leaves a choice to the browser."""

    language = fields.String(required=True, allow_none=True, validate=validate.OneOf(LANGUAGES))
    time_zone = fields.String(required=True, allow_none=True, validate=[validate.Length(1, 60), _known_zone])
    date_format = fields.String(required=True, allow_none=True, validate=validate.OneOf(DATE_FORMS))


class BirthDate(Schema):
    """When the person was born (F1.15)."""

    birth_date = fields.String(required=True, validate=DAY)


class News(Schema):
    """The answer to the question about news (F2.3)."""

    wanted = fields.Boolean(required=True, truthy={True}, falsy={False})


class Company(Schema):
    """For whom somebody works; empty for nobody (F2.4)."""

    company = _optional_text(120, load_default="")


class JobTitle(Schema):
    """What somebody does at work; empty for nothing (F2.5)."""

    job_title = _optional_text(120, load_default="")


class NewLocalScript(Schema):
    """Name and address lines in the script of the country (F2.8)."""

    name = _optional_text(200, load_default="")
    lines = fields.List(_text(120, shortest=0), load_default=list, validate=validate.Length(0, 3))


class Directory(Schema):
    """Whether and with what somebody stands in the public directory (F2.10)."""

    listed = fields.Boolean(required=True, truthy={True}, falsy={False})
    shown = fields.List(
        fields.String(validate=validate.OneOf(["certifications", "city", "country", "company"])),
        load_default=list,
        validate=validate.Length(0, 10),
    )


class Guardian(Schema):
    """Who consents for a minor (R-M1)."""

    guardian_name = _text(200)
    guardian_email = fields.Email(required=True, validate=validate.Length(3, 254))


class GuardianAnswer(MailedLink):
    """Whether the guardian consents."""

    consents = fields.Boolean(required=True, truthy={True}, falsy={False})


class JoinRecord(BirthDate):
    """An older record by its VUE or CSCO id (R-N2)."""

    external_id = _text(60)


class ReportedCandidate(Schema):
    """Whom the test provider has booked (F1.11 looks at the day of the first booking)."""

    provider_id = _text(60)
    first_name = _text(120)
    last_name = _text(120)
    email = fields.Email(required=True, validate=validate.Length(3, 254))
    booked_on = fields.String(required=True, validate=DAY)
    birth_date = fields.String(load_default=None, allow_none=True, validate=DAY)


class Erasure(Schema):
    """Whether kits that are on their way are waited for, up to the end of what was promised."""

    give_up_kits = fields.Boolean(load_default=False)


class CaseMessage(Schema):
    """What somebody writes in a case."""

    text = _text(4000)


class CaseReply(CaseMessage):
    """The same with files that were uploaded for the case before."""

    files = fields.List(
        fields.String(validate=validate.Length(1, 40)), load_default=list, validate=validate.Length(0, 5)
    )


class NewCase(CaseMessage):
    """A call for help (F1.16)."""

    kind = fields.String(required=True, validate=validate.OneOf(CASE_KINDS))


class VisitorsCase(NewCase):
    """A call for help by somebody without an account."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))


class CaseAnswer(CaseMessage):
    """What support writes; `waits` when nothing goes on without a reply."""

    waits = fields.Boolean(load_default=False)


class CaseClosing(Schema):
    """How a case ends."""

    outcome = fields.String(required=True, validate=validate.OneOf(["solved", "refused"]))


class CaseQueue(Schema):
    """Which cases are wanted."""

    state = fields.String(load_default="open", validate=validate.OneOf(CASE_STATES))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class ExamsQuery(Schema):
    """Sort By, filters and paging of the testing history (F6.2)."""

    sort = fields.String(
        load_default="taken_on", validate=validate.OneOf(["taken_on", "exam", "title", "outcome", "score"])
    )
    order = fields.String(load_default="desc", validate=validate.OneOf(["asc", "desc"]))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    outcome = fields.String(load_default=None, validate=validate.OneOf(OUTCOMES))
    year = fields.Integer(load_default=None, validate=validate.Range(1990, 2200))


class Leaf(Schema):
    """Which page of a list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class Audience(Schema):
    """Whom an announcement is for; an empty list leaves nobody out, level and track mean one certification."""

    levels = fields.List(_id(40), load_default=list, validate=validate.Length(0, 20))
    tracks = fields.List(_id(60), load_default=list, validate=validate.Length(0, 40))
    countries = fields.List(fields.String(validate=COUNTRY), load_default=list, validate=validate.Length(0, 250))
    languages = fields.List(_id(20), load_default=list, validate=validate.Length(0, 40))


class WriteAnnouncement(Schema):
    """An announcement: moments carry their zone; it is shown from the first and no more at the second (F3.3)."""

    title = _text(120)
    text = _text(2000)
    shown_from = fields.AwareDateTime(required=True)
    shown_until = fields.AwareDateTime(required=True)
    audience = fields.Nested(Audience, load_default=dict)


class ClaimKit(Schema):
    """Confirm the printed name (F8.4)."""

    printed_name = _text(200)


class NewTranscript(Schema):
    """What the transcript shows (F9.5, F9.6); without `certifications` all are shown, also later ones."""

    certifications = fields.List(_id(), load_default=None, allow_none=True, validate=validate.Length(1, 200))
    include_expired = fields.Boolean(load_default=False)
    show_dates = fields.Boolean(load_default=False)
    show_address = fields.Boolean(load_default=False)
    view_until = fields.Date(load_default=None, allow_none=True)
    remarks = _optional_text(2000, load_default="")
    private_notes = _optional_text(2000, load_default="")


class ExamResult(Schema):
    """One sitting as the test provider reports it."""

    candidate_id = _id(60)
    exam = _id(40)
    taken_on = fields.Date(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail", "pending"]))
    score = fields.Integer(strict=True, allow_none=True, load_default=None, validate=validate.Range(300, 1000))
    exam_version = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 20))
    provider_reference = _id(120)


class Revocation(Schema):
    """Why a result is taken back, as a code such as `score-irregular`."""

    reason = fields.String(required=True, validate=[validate.Length(1, 60), REASON])
