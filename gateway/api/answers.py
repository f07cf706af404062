"""From the services to JSON: what answers hold."""

from marshmallow import Schema, fields, validate

from chassis.languages import LANGUAGES
from gateway.api.certification_schemas import EarnedAndWaiting
from gateway.api.fields import maybe as _maybe
from gateway.api.result_answers import Exams
from gateway.language.reader import DATE_FORMS
from gateway.wording import LOG_INS, SCOPES, WAYS_IN


def _maybe_nested(schema: type[Schema]) -> fields.Nested:
    return fields.Nested(schema, allow_none=True)


class Account(Schema):
    """A new account."""

    candidate_id = fields.String()


class Token(Schema):
    """A short-lived access token."""

    token = fields.String()
    expires_at = fields.Raw(metadata={"description": "Moment at which the token ends."})
    candidate_id = fields.String()


class Session(Token):
    """A session: its secret refreshes the token. With an authenticator on, only `second_factor` is there at first."""

    session = fields.String()
    second_factor = fields.String(metadata={"description": "What the code is sent with; five minutes long."})


class Passkey(Schema):
    """A device or security key that opens the account."""

    passkey_id = fields.String()
    name = fields.String()
    registered_at = fields.DateTime()
    used_at = fields.DateTime(allow_none=True)


class SecondFactor(Schema):
    """Which ways into the account there are besides the password."""

    authenticator = fields.Boolean()
    recovery_codes_left = fields.Integer()
    passkeys = fields.List(fields.Nested(Passkey))


class Program(Schema):
    """A program that somebody has let know something."""

    client_id = fields.String()
    name = fields.String()
    scopes = fields.List(fields.String(validate=validate.OneOf(list(SCOPES))))
    since = fields.DateTime()
    used_at = fields.DateTime()


class Programs(Schema):
    """All of them, by name."""

    programs = fields.List(fields.Nested(Program))


class SignOn(Schema):
    """Whether there is an outside provider, since when it opens the account, and whether a password does."""

    offered = fields.Boolean()
    since = fields.DateTime(allow_none=True)
    password = fields.Boolean()


class NewAuthenticator(Schema):
    """What an authenticator app takes: the secret as text, or the address as a QR code."""

    secret = fields.String()
    address = fields.String()


class RecoveryCodes(Schema):
    """Recovery codes, told once."""

    recovery_codes = fields.List(fields.String())


class PasskeyMade(Schema):
    """The id of a passkey."""

    passkey_id = fields.String()


class PasskeyOptions(Schema):
    """What a browser is asked: the options of WebAuthn Level 3 as JSON."""

    options = fields.Dict(keys=fields.String())


class LocalScript(Schema):
    """Name and address lines in the script of the country."""

    name = fields.String()
    lines = fields.List(fields.String())


class Profile(Schema):
    """Personal information."""

    candidate_id = fields.String()
    name = fields.String()
    first_name = fields.String()
    last_name = fields.String()
    email = fields.String()
    country = fields.String()
    address = fields.Dict(allow_none=True)
    birth_date = fields.String(allow_none=True)
    wants_news = fields.Boolean(allow_none=True)
    external_ids = fields.Dict(keys=fields.String(), values=fields.String())
    complete = fields.Boolean()
    missing = fields.List(fields.String(validate=validate.OneOf(["address", "birth_date", "wants_news", "review"])))
    mapping = fields.String(metadata={"description": "Why people must look at the mapping; else empty."})
    company = fields.String(allow_none=True)
    company_listed = fields.Boolean(metadata={"description": "Whether the company's name is on the managed list."})
    company_waits = fields.Boolean(metadata={"description": "Whether support is still to look at the company's name."})
    job_title = fields.String(allow_none=True)
    local_script = fields.Nested(LocalScript, allow_none=True)
    directory = fields.List(fields.String(), metadata={"description": "What the public directory may show."})
    guardian = fields.String(
        validate=validate.OneOf(["not-needed", "needed", "asked", "expired", "consented", "revoked"]),
        metadata={"description": "Where the consent of a guardian stands; grown-ups need none."},
    )
    guardian_email = fields.String(allow_none=True)
    erased_on = fields.String(
        allow_none=True, metadata={"description": "The day on which the account will be erased, if that was asked for."}
    )
    suspended = fields.Boolean()


class ErasureAsked(Schema):
    """When the account will be erased; until then it can be withdrawn."""

    candidate_id = fields.String()
    erased_on = fields.String()


class OwnData(Schema):
    """Everything that is stored about the candidate: the profile, and all facts by service, the newest first."""

    made_at = fields.String()
    profile = fields.Nested(Profile)
    facts = fields.Dict(keys=fields.String(), values=fields.List(fields.Dict()))


class CompanyNames(Schema):
    """The managed list of standard names."""

    companies = fields.List(fields.String())


class GuardianSaid(Schema):
    """What the guardian has said."""

    state = fields.String(validate=validate.OneOf(["consented", "revoked"]))


class Joined(Schema):
    """The record that the account opens from now on; log in again."""

    candidate_id = fields.String()


class CandidateIds(Schema):
    """The ids of whom the provider has booked."""

    candidate_id = fields.String()
    csco_id = fields.String()


class CaseId(Schema):
    """One case of Online Support."""

    case_id = fields.String()


class CaseLine(CaseId):
    """A case without its messages."""

    kind = fields.String()
    state = fields.String(validate=validate.OneOf(["open", "waiting", "solved", "refused"]))
    opened_at = fields.Raw(metadata={"description": "Moment at which it was opened."})
    changed_at = fields.Raw(metadata={"description": "Moment of the last change."})


class Cases(Schema):
    """The candidate's cases, the newest first."""

    cases = fields.List(fields.Nested(CaseLine))


class CaseQueue(Cases):
    """One page of the cases in one state."""

    total = fields.Integer()
    page_size = fields.Integer()


class CaseFile(Schema):
    """A file that came with a message."""

    file_id = fields.String()
    name = fields.String()
    media_type = fields.String()
    size = fields.Integer()


class CaseWords(Schema):
    """What somebody wrote."""

    text = fields.String()
    at = fields.Raw(metadata={"description": "Moment at which it was written."})
    from_support = fields.Boolean()
    files = fields.List(fields.Nested(CaseFile))


class Case(CaseLine):
    """A case with its messages."""

    messages = fields.List(fields.Nested(CaseWords))


class CaseAtWork(Case):
    """A case as support sees it; `records` are those that a mapping may be about."""

    owner = fields.String()
    contact = fields.String()
    mapping = fields.String()
    records = fields.List(fields.Dict())


class Sent(Schema):
    """A mail was sent if the address is known."""

    sent = fields.String(validate=validate.OneOf(["if-known"]))


class OpenSession(Schema):
    """One log-in that has not ended; `until` moves while it is used."""

    session_id = fields.String()
    device = fields.String()
    opened_by = fields.String(validate=validate.OneOf(list(WAYS_IN)))
    started_at = fields.DateTime(allow_none=True)
    until = fields.DateTime()


class Sessions(Schema):
    """Open sessions, the newest first."""

    sessions = fields.List(fields.Nested(OpenSession))


class Ended(Schema):
    """How many sessions, or grants of a program, were ended."""

    ended = fields.Integer()


class LogIn(Schema):
    """One line of the history of log-ins."""

    at = fields.DateTime()
    what = fields.String(validate=validate.OneOf(list(LOG_INS)))
    device = fields.String()


class LogIns(Schema):
    """The last log-ins, the newest first."""

    log_ins = fields.List(fields.Nested(LogIn))


class AddressSaved(Schema):
    """The address was saved; `warnings` are codes."""

    candidate_id = fields.String()
    warnings = fields.List(fields.String())


class Preferences(Schema):
    """How pages speak to the candidate; null is left to the browser."""

    language = _maybe(fields.String, validate=validate.OneOf(LANGUAGES))
    time_zone = _maybe(fields.String)
    date_format = _maybe(fields.String, validate=validate.OneOf(DATE_FORMS))


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
    until = _maybe(fields.Date, metadata={"description": "In progress: the last day for the missing part."})
    reason = _maybe(fields.String, metadata={"description": "Why it is on hold, not counted or waiting, as a code."})


class Certifications(Schema):
    """Where the candidate stands."""

    certifications = fields.List(fields.Nested(Certification))
    in_progress = fields.List(fields.Nested(Certification))
    waiting = fields.List(fields.Nested(EarnedAndWaiting))
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
    certifications = fields.List(fields.String(), allow_none=True)
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


class Announcement(Schema):
    """What the programme tells this candidate now (F3.3)."""

    announcement_id = fields.String()
    title = fields.String()
    text = fields.String()
    shown_from = fields.String()
    shown_until = fields.String()


class Announcements(Schema):
    """What the programme tells this candidate now, the newest first."""

    announcements = fields.List(fields.Nested(Announcement))
    stale = fields.Boolean()


class Dismissed(Schema):
    """The announcement was put away."""

    announcement_id = fields.String()


class AnnouncementId(Schema):
    """Which announcement it is about."""

    announcement_id = fields.String()


class WrittenAnnouncement(Announcement):
    """An announcement as staff sees it; `reach` counts the candidates of its audience."""

    state = fields.String(validate=validate.OneOf(["draft", "published", "withdrawn"]))
    audience = fields.Dict()
    written_at = fields.String()
    written_by = fields.String()
    reach = fields.Integer()


class AnnouncementList(Schema):
    """All announcements, the one written last first."""

    announcements = fields.List(fields.Nested(WrittenAnnouncement))


class Renewal(Schema):
    """One way to renew: what is still missing, and what it costs at list prices."""

    option = fields.String()
    exams = fields.List(fields.Dict())
    credits = fields.Integer()
    price_usd = _maybe(fields.Integer)
    renews = fields.List(fields.Dict())
    earns = fields.List(fields.Dict())


class Expiration(Schema):
    """A certification that expires within 180 days (F3.5); `renewal` is the cheapest way to renew it."""

    certification = fields.String()
    name = fields.String()
    expires_on = fields.Date()
    days_left = fields.Integer()
    renewal = _maybe_nested(Renewal)


class Activity(Schema):
    """One of the last facts (F3.4), as a code; `details` holds what its words need."""

    at = fields.String()
    code = fields.String()
    details = fields.Dict()
    service = fields.String()


class ResultStep(Schema):
    """A step of a result on its way: done, in progress, nothing to do, or unknown while a service is silent."""

    step = fields.String(validate=validate.OneOf(["received", "matched", "certified", "code", "kit"]))
    state = fields.String(validate=validate.OneOf(["done", "in-progress", "nothing", "unknown"]))
    at = _maybe(fields.String)
    brought = fields.List(fields.Dict())


class ResultOnItsWay(Schema):
    """Where a result of the last 60 days is."""

    result_id = fields.String()
    exam = fields.String()
    title = fields.String()
    taken_on = fields.Date()
    outcome = fields.String()
    steps = fields.List(fields.Nested(ResultStep))
    done = fields.Boolean()


class ToDo(Schema):
    """Something that waits for the candidate; `path` is the portal's page for it."""

    code = fields.String()
    path = fields.String()
    details = fields.Dict()


class Dashboard(Schema):
    """Everything at a glance; a part whose service is silent is null, or as last known, and named in `unavailable`.

    `known_at` tells the moment of parts that are not of now: last known, or lagging by more than a minute.
    """

    profile = fields.Nested(Profile, allow_none=True)
    announcements = fields.List(fields.Nested(Announcement), allow_none=True)
    expirations = fields.List(fields.Nested(Expiration), allow_none=True)
    activity = fields.List(fields.Nested(Activity))
    results = fields.List(fields.Nested(ResultOnItsWay), allow_none=True)
    to_do = fields.List(fields.Nested(ToDo))
    known_at = fields.Dict(keys=fields.String(), values=fields.String())
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
