"""Between JSON and the services: what requests may hold, and what answers hold."""

from typing import Any

from marshmallow import Schema, fields, validate

PRINTABLE = validate.Regexp(r"[\x21-\x7e]+\Z", error="Only visible ASCII characters.")
COUNTRY = validate.Regexp(r"[A-Z]{2}\Z", error="Two capital letters, as in ISO 3166.")
REASON = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A code such as score-irregular.")
LONGEST_ID = 64


def _text(longest: int, *, shortest: int = 1, **more: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Length(shortest, longest), **more)


def _id(longest: int = LONGEST_ID) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, longest), PRINTABLE])


def _optional_text(longest: int, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(0, longest), **more)


# Requests


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


class NewSession(Schema):
    """Log in (F1.1, F1.2)."""

    email = _text(1024)
    password = _text(1024)


class SessionSecret(Schema):
    """The secret that came with the log-in."""

    session = _id(256)


class Address(Schema):
    """A mailing address (F2.1): one to three lines; a P.O. box is refused (F2.2)."""

    country = fields.String(required=True, validate=COUNTRY)
    lines = fields.List(_text(120, shortest=0), required=True, validate=validate.Length(1, 3))
    city = _text(120)
    state = _optional_text(120, load_default="")
    postal_code = _optional_text(20, load_default="")


class ExamsQuery(Schema):
    """Sort By and paging of the testing history (F6.2)."""

    sort = fields.String(
        load_default="taken_on", validate=validate.OneOf(["taken_on", "exam", "title", "outcome", "score"])
    )
    order = fields.String(load_default="desc", validate=validate.OneOf(["asc", "desc"]))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))


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
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(strict=True, allow_none=True, load_default=None, validate=validate.Range(300, 1000))
    exam_version = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 20))
    provider_reference = _id(120)


class Revocation(Schema):
    """Why a result is taken back, as a code such as `score-irregular`."""

    reason = fields.String(required=True, validate=[validate.Length(1, 60), REASON])


# Answers


def _maybe(field: type[fields.Field[Any]], **more: Any) -> fields.Field[Any]:
    return field(allow_none=True, **more)


class Account(Schema):
    """A new account."""

    candidate_id = fields.String()


class Token(Schema):
    """A short-lived access token."""

    token = fields.String()
    expires_at = fields.Raw(metadata={"description": "Moment at which the token ends."})
    candidate_id = fields.String()


class Session(Token):
    """A session: its secret refreshes the token."""

    session = fields.String()


class Profile(Schema):
    """Personal information."""

    candidate_id = fields.String()
    name = fields.String()
    first_name = fields.String()
    last_name = fields.String()
    email = fields.String()
    country = fields.String()
    address = fields.Dict(allow_none=True)
    complete = fields.Boolean()


class AddressSaved(Schema):
    """The address was saved; `warnings` are codes."""

    candidate_id = fields.String()
    warnings = fields.List(fields.String())


class Withdrawal(Schema):
    """`done` once nobody can read it any more, `in-progress` while the public pages follow."""

    state = fields.String(validate=validate.OneOf(["done", "in-progress"]))
    detail = fields.String()


class Certification(Schema):
    """A certification and its standing (F4.1, F4.2)."""

    certification = fields.String()
    name = fields.String()
    abbreviation = fields.String()
    group = fields.String()
    level = fields.String()
    status = fields.String()
    active_on = _maybe(fields.Date)
    expires_on = _maybe(fields.Date)
    emeritus_until = _maybe(fields.Date)


class Certifications(Schema):
    """Where the candidate stands."""

    certifications = fields.List(fields.Nested(Certification))
    in_progress = fields.List(fields.Nested(Certification))
    ce_balance = fields.Integer()
    as_of = fields.String()
    stale = fields.Boolean()


class HistoryLine(Schema):
    """One fact of the certification history (F4.5)."""

    on = fields.Date()
    certification = fields.String()
    name = fields.String()
    what = fields.String()
    old_expires_on = _maybe(fields.Date)
    expires_on = _maybe(fields.Date)
    reason = _maybe(fields.String)


class CertificationHistory(Schema):
    """The certification history."""

    history = fields.List(fields.Nested(HistoryLine))
    stale = fields.Boolean()


class Code(Schema):
    """The verification code of one certification (R-G4)."""

    certification = fields.String()
    code = fields.String()


class Codes(Schema):
    """The candidate's verification codes."""

    codes = fields.List(fields.Nested(Code))
    stale = fields.Boolean()


class Exam(Schema):
    """One line of the testing history (F6.1)."""

    result_id = fields.String()
    exam = fields.String()
    acronym = fields.String()
    title = fields.String()
    exam_version = _maybe(fields.String)
    taken_on = fields.Date()
    attempt = fields.Integer()
    outcome = fields.String()
    score = _maybe(fields.Integer)
    next_allowed_on = _maybe(fields.Date)


class Exams(Schema):
    """One page of the testing history."""

    results = fields.List(fields.Nested(Exam))
    total = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()
    stale = fields.Boolean()


class Kit(Schema):
    """A kit (F8.2)."""

    kit_id = fields.String()
    certification = fields.String()
    name = fields.String()
    kind = fields.String()
    status = fields.String()
    offered_on = fields.Date()
    claimed_on = _maybe(fields.Date)
    order_number = _maybe(fields.String)
    promise_from = _maybe(fields.Date)
    promise_until = _maybe(fields.Date)
    claimable = fields.Boolean()
    why_not = _maybe(fields.String)


class Kits(Schema):
    """The candidate's kits."""

    kits = fields.List(fields.Nested(Kit))
    stale = fields.Boolean()


class Order(Schema):
    """An ordered kit."""

    kit_id = fields.String()
    order_number = fields.String()


class Disclosure(Schema):
    """A link to a transcript."""

    disclosure_id = fields.String()
    code = fields.String()
    until = fields.Date()
    disclosed_at = fields.String()


class Transcript(Schema):
    """A transcript as its holder sees it (F9.5)."""

    transcript_id = fields.String()
    state = fields.String()
    view_until = fields.Date()
    show_dates = fields.Boolean()
    show_address = fields.Boolean()
    include_expired = fields.Boolean()
    certifications = fields.Raw()
    remarks = _maybe(fields.String)
    private_notes = _maybe(fields.String)
    disclosures = fields.List(fields.Nested(Disclosure))


class Transcripts(Schema):
    """The candidate's transcripts."""

    transcripts = fields.List(fields.Nested(Transcript))
    stale = fields.Boolean()


class TranscriptCreated(Schema):
    """A new transcript."""

    transcript_id = fields.String()


class Disclosed(Schema):
    """A new link: `code` is shown under /t/{code} and /api/v1/public/transcripts/{code}."""

    disclosure_id = fields.String()
    code = fields.String()


class Dashboard(Schema):
    """Everything at a glance; a part whose service is silent is null and named in `unavailable`."""

    profile = fields.Nested(Profile, allow_none=True)
    certifications = fields.Nested(Certifications, allow_none=True)
    exams = fields.Nested(Exams, allow_none=True)
    kits = fields.List(fields.Nested(Kit), allow_none=True)
    transcripts = fields.List(fields.Nested(Transcript), allow_none=True)
    unavailable = fields.List(fields.String())
    stale = fields.List(fields.String())


class PublicCertification(Schema):
    """A certification on a transcript; dates only where the holder shows them."""

    certification = fields.String()
    name = fields.String()
    status = fields.String()
    active_on = _maybe(fields.String)
    expires_on = _maybe(fields.String)


class PublicTranscript(Schema):
    """A transcript as its reader sees it (F9.10)."""

    holder = fields.String()
    remarks = _maybe(fields.String)
    view_until = fields.String()
    address = fields.Raw(allow_none=True)
    certifications = fields.List(fields.Nested(PublicCertification))
    as_of = fields.String()


class Verification(Schema):
    """The answer to a verification code (F11.2)."""

    answer = fields.String()
    holder = _maybe(fields.String)
    certification = _maybe(fields.String)
    name = _maybe(fields.String)
    active_on = _maybe(fields.String)
    expires_on = _maybe(fields.String)
    revoked_on = _maybe(fields.String)


class Reported(Schema):
    """A recorded result."""

    result_id = fields.String()


class Revoked(Withdrawal):
    """A revoked result."""

    result_id = fields.String()


class ProblemDocument(Schema):
    """RFC 9457 problem; `code` is stable, `detail` is written for people."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    fields_ = fields.Dict(data_key="fields", metadata={"description": "Messages by field."})
    details = fields.Dict()
