"""Between the wire and identity's commands and queries; unknown fields are refused."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from contracts import permissions
from services.identity.schemas.announcements import Announced, OneAnnouncement, Page, ReaderOf, RecentActivity, Told
from services.identity.schemas.cases import (
    ACTS,
    LARGEST_FILE,
    LARGEST_PART,
    BirthDateChange,
    ByCase,
    CaseQueue,
    CloseCase,
    EmailChange,
    FilePart,
    MappingGrant,
    Message,
    NameChange,
    NewFile,
    Nothing,
    OpenCase,
    RecordNamed,
    RecordsMerge,
    RecordsSeparate,
    Reply,
)
from services.identity.schemas.entries import COUNTRY, VERSION, given, text
from services.identity.schemas.openid import AuthorizationRequest, NewClient, OneClient, TokenRequest
from services.identity.schemas.personal import (
    AddressCountry,
    BirthDate,
    ChangeAddress,
    ChangeLanguage,
    ChangePreferences,
    Company,
    CompanyReview,
    Directory,
    Guardian,
    GuardianAnswer,
    JobTitle,
    JoinRecord,
    LocalScript,
    News,
    ReportCandidate,
)
from services.identity.schemas.sign_in import (
    AnswerOfSignOn,
    ForgottenEmail,
    LogInByPasskey,
    NamedPasskey,
    NewAuthenticator,
    NewPasskey,
    OneCode,
    OnePasskey,
    PasswordAndCode,
    ProveLogIn,
    RegisterBySignOn,
    SignOnEmail,
    SignOnTicket,
    TurnOnAuthenticator,
)

__all__ = ["ACTS", "LARGEST_FILE", "LARGEST_PART"]
ROLES = ("candidate", "provider", "operator")


class Register(Schema):
    """The sign-up form (F1.4) with the versions of the documents that were shown (F1.5)."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))
    password = fields.String(required=True, validate=validate.Length(1, 1024))
    first_name = text(120)
    last_name = text(120)
    country = fields.String(required=True, validate=COUNTRY)
    privacy_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])
    terms_version = fields.String(required=True, validate=[validate.Length(1, 40), VERSION])


class LogIn(Schema):
    """E-mail and password as typed; what cannot be right is refused like what is wrong."""

    email = fields.String(required=True, validate=validate.Length(0, 1024))
    password = fields.String(required=True, validate=validate.Length(0, 1024))
    network = fields.String(required=True, validate=validate.Length(0, 64))
    device = text(80, shortest=0)


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

    name = text(60)
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


class Search(Schema):
    """What support looks for."""

    text = given(200)
    email = given(254)
    candidate_id = given(60)
    certification = given(60)
    country = fields.String(load_default="", validate=validate.Regexp(r"([A-Z]{2})?\Z"))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class Access(Schema):
    """An entry of the audit trail."""

    by = fields.String(required=True, validate=validate.Length(1, 60))
    what = fields.String(required=True, validate=[validate.Length(1, 80), VERSION])
    about = given(60)
    place = given(200)
    reason = given(1000)


class Accesses(Schema):
    """Which part of the audit trail is wanted."""

    by = given(60)
    about = given(60)
    what = given(80)
    since = fields.Date(load_default=None, allow_none=True)
    until = fields.Date(load_default=None, allow_none=True)
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


register = Register()
log_in = LogIn()
email = Email()
forgotten_email = ForgottenEmail()
new_client = NewClient()
one_client = OneClient()
authorization_request = AuthorizationRequest()
token_request = TokenRequest()
new_authenticator = NewAuthenticator()
turn_on_authenticator = TurnOnAuthenticator()
code = OneCode()
password_and_code = PasswordAndCode()
prove_log_in = ProveLogIn()
passkey = OnePasskey()
named_passkey = NamedPasskey()
new_passkey = NewPasskey()
log_in_by_passkey = LogInByPasskey()
answer_of_sign_on = AnswerOfSignOn()
sign_on_email = SignOnEmail()
sign_on_ticket = SignOnTicket()
register_by_sign_on = RegisterBySignOn()
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
email_change = EmailChange()
name_change = NameChange()
birth_date_change = BirthDateChange()
nothing = Nothing()
reply = Reply()
new_file = NewFile()
file_part = FilePart()
record_named = RecordNamed()
records_merge = RecordsMerge()
records_separate = RecordsSeparate()
by_case = ByCase()
address_country = AddressCountry()
change_address = ChangeAddress()
company = Company()
company_review = CompanyReview()
job_title = JobTitle()
local_script = LocalScript()
directory = Directory()
guardian = Guardian()
guardian_answer = GuardianAnswer()
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
