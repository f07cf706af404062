"""What requests of the console may hold; its pages read their forms with the same schemas."""

from marshmallow import Schema, fields, validate

from contracts.permissions import ALL
from gateway.api.schemas import PRINTABLE
from gateway.console.acts import FIELDS
from gateway.console.proposals import SERVICES, STATES

COUNTRY_OR_NONE = validate.Regexp(r"([A-Z]{2})?\Z", error="Two capital letters, as in ISO 3166.")


def _text(longest: int) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, longest))


def _given(longest: int) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(0, longest))


def _page() -> fields.Integer:
    return fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


def _permissions() -> fields.List[str]:
    return fields.List(fields.String(validate=validate.OneOf(ALL)), load_default=list, validate=validate.Length(0, 200))


class Reason(Schema):
    """Why."""

    reason = _text(1000)


class ActionWanted(Schema):
    """An action that needs a second person; `arguments` are those of the action."""

    service = fields.String(required=True, validate=validate.OneOf(SERVICES))
    action = fields.String(required=True, validate=[validate.Length(1, 60), PRINTABLE])
    subject = _given(60)
    arguments = fields.Dict(keys=fields.String(), load_default=dict)


class NewProposal(ActionWanted, Reason):
    """An action that is asked for, and why."""


class CompanyReview(Schema):
    """What a written company name is: one of the list, or with none given as it was written."""

    seen = _text(120)
    company = _given(120)


class CompanyPage(Schema):
    """Which page of the names."""

    page = _page()


class NewActByCase(Reason):
    """What a case asks two people for; `candidate_id` where a visitor opened the case."""

    action = fields.String(required=True, validate=validate.OneOf(FIELDS))
    candidate_id = _given(60)
    values = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class Suspension(Reason):
    """Whether an account is to be suspended or opened again, and why."""

    action = fields.String(required=True, validate=validate.OneOf(["account-suspend", "account-reinstate"]))


class Separation(Reason):
    """Which record a merge shall give back, and why."""

    absorbed_id = fields.String(required=True, validate=validate.Length(1, 60))


class MergedRecord(Schema):
    """The record that may go into the one of the case, by an id or by its log-in."""

    record = fields.String(required=True, validate=validate.Length(1, 254))


class Proposals(Schema):
    """Which proposals are wanted."""

    state = fields.String(load_default="open", validate=validate.OneOf(STATES))
    subject = _given(60)
    page = _page()


class GroupName(Schema):
    """What a group is called."""

    name = _text(60)


class GroupPermissions(Schema):
    """What its members may do."""

    permissions = _permissions()


class NewGroup(GroupName, GroupPermissions):
    """A new group."""


class NewMember(Schema):
    """Who is let in."""

    email = fields.Email(required=True, validate=validate.Length(3, 254))


class Search(Schema):
    """What is known of the candidates looked for; all of it must match."""

    text = _given(200)
    email = _given(254)
    candidate_id = _given(60)
    certification = _given(60)
    country = fields.String(load_default="", validate=COUNTRY_OR_NONE)
    page = _page()


class Timeline(Schema):
    """From where the line of time goes on."""

    before = _given(200)


class ReportPlace(Schema):
    """From where a report goes on."""

    after = _given(200)


class Trail(Schema):
    """Which part of the audit trail is wanted; days are inclusive."""

    by = _given(60)
    about = _given(60)
    what = _given(80)
    since = fields.Date(load_default=None, allow_none=True)
    until = fields.Date(load_default=None, allow_none=True)
    page = _page()
