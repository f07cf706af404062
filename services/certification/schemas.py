"""Between the wire and certification's commands and queries."""

from datetime import date, timedelta

from marshmallow import Schema, fields, validate

LARGEST_FILE = 25 * 1000 * 1000
CODE = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A code such as misconduct.")
PLACE = validate.Regexp(r"(\d{4}-\d{2}-\d{2}\|[\x21-\x7e]+)?\Z", error="A place that an earlier page gave.")
PRINTABLE = validate.Regexp(r"[\x20-\x7e]+\Z", error="Only printable ASCII characters.")


def day(text: str) -> date:
    """A calendar date."""
    return date.fromisoformat(text)


def later(when: date, days: int) -> date:
    """Some days later."""
    return when + timedelta(days=days)


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


class Candidate(Schema):
    """Whose record."""

    candidate_id = _id(60)


class RecordClaim(Candidate):
    """An approved claim: the item, its credits (1 to 64, R-CE9) and its three days."""

    item = _id(60)
    credits = fields.Integer(required=True, strict=True, validate=validate.Range(1, 64))
    completed_on = fields.Date(required=True)
    submitted_on = fields.Date(required=True)
    decided_on = fields.Date(required=True)


class GrantEmeritus(Candidate):
    """From which day a term is granted."""

    granted_on = fields.Date(required=True)


class Page(Schema):
    """Which candidates an operators' job goes through in one call: those after an id, so many of them."""

    after = fields.String(load_default="", validate=validate.Length(max=60))
    limit = fields.Integer(load_default=200, strict=True, validate=validate.Range(1, 1000))


class ExtendAll(Page):
    """By how many days what is active on a day is extended."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)


class ReviewAll(Page):
    """The day to review by; none means today."""

    today = fields.Date(load_default=None, allow_none=True)


class History(Candidate):
    """Which page of the history."""

    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


class Expirations(Candidate):
    """How far to look ahead."""

    within_days = fields.Integer(required=True, strict=True, validate=validate.Range(0, 3660))


class RecordOn(Candidate):
    """Which day, and by what was known when; none means today."""

    on = fields.Date(required=True)
    known_on = fields.Date(load_default=None, allow_none=True)


class SupposedPass(Schema):
    """An exam and the day on which it is supposed to be passed."""

    exam = _id(40)
    on = fields.Date(required=True)


class WhatIf(Candidate):
    """One to five supposed passes."""

    passes = fields.List(fields.Nested(SupposedPass), required=True, validate=validate.Length(1, 5))


class EmeritusPayment(Schema):
    """Which application was paid, when, and the payer's reference."""

    application_id = _id(60)
    payment = _id(120)
    paid_on = fields.Date(required=True)


class RecentActivity(Candidate):
    """How much of the activity."""

    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


class Version(Candidate):
    """Whose acceptance of which version."""

    version = _id(40)


class OfClaim(Candidate):
    """Whose claim."""

    claim_id = _id(60)


class Line(Schema):
    """An item and the day of its completion."""

    item = _id(60)
    completed_on = fields.Date(required=True)


class DraftClaim(Candidate):
    """One to twenty items; without an id a new claim begins."""

    claim_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 60))
    lines = fields.List(fields.Nested(Line), required=True, validate=validate.Length(1, 20))


class CreditItems(Schema):
    """Words to search for, and which page."""

    words = fields.String(load_default="", validate=validate.Length(max=200))
    page = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))
    page_size = fields.Integer(load_default=25, strict=True, validate=validate.Range(1, 200))


class BeginEvidence(OfClaim):
    """A file of at most 25 MB: a picture, a PDF or plain text."""

    file_name = fields.String(required=True, validate=validate.Length(1, 200))
    content_type = fields.String(
        required=True,
        validate=validate.OneOf(
            ["application/pdf", "image/png", "image/jpeg", "text/plain"], error="evidence-type-unknown"
        ),
    )
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, LARGEST_FILE))


class Question(Schema):
    """What a reviewer wants to know."""

    question = fields.String(required=True, validate=validate.Length(1, 1000))


class ClaimRevocation(Schema):
    """Which approved claim is taken back, and why as a code."""

    claim_id = _id(60)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class TitleAction(Schema):
    """What a proposal about a certification says."""

    certification = _id(80)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ExtensionAction(Schema):
    """What a proposal to extend everybody says; there is no field for a person."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)
    reason = fields.String(required=True, validate=[validate.Length(1, 60), CODE])


class ExtensionReach(Schema):
    """An extension that is looked at, and where in the list of those it reaches."""

    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 730))
    on = fields.Date(required=True)
    after = fields.String(load_default="", validate=validate.Length(max=141))
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(1, 500))


class Completion(Line):
    """Who completed an item."""

    candidate_id = _id(60)


class CreditFeed(Schema):
    """Up to 500 completions of one provider."""

    provider = _id(60)
    completions = fields.List(fields.Nested(Completion), required=True, validate=validate.Length(1, 500))


class Queue(Schema):
    """Where in the queue."""

    after = fields.String(load_default="", validate=[validate.Length(max=80), PLACE])
    limit = fields.Integer(load_default=25, strict=True, validate=validate.Range(1, 200))


class CalendarCode(Schema):
    """The secret part of a calendar's address."""

    code = _id(64)


class Preview(Page):
    """Changed files by table name, and which candidates."""

    files = fields.Dict(
        keys=fields.String(
            validate=validate.OneOf(
                ["exams", "certifications", "requirements", "recertification", "ce_items", "programme"]
            )
        ),
        values=fields.String(validate=validate.Length(1, 1_000_000)),
        required=True,
        validate=validate.Length(1, 6),
    )


class HandInCatalogue(Preview):
    """Changed files, and who wants them in force."""

    by = _id(60)


class CatalogueChange(Schema):
    """Which change."""

    change_id = _id(60)


class CatalogueDifferences(CatalogueChange):
    """Which change, and where the list of its differences goes on."""

    after = fields.String(load_default="", validate=validate.Length(max=141))
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(1, 500))


candidate = Candidate()
hand_in_catalogue = HandInCatalogue()
catalogue_change = CatalogueChange()
catalogue_differences = CatalogueDifferences()
preview = Preview()
activity = RecentActivity()
calendar_code = CalendarCode()
version = Version()
claim = OfClaim()
draft_claim = DraftClaim()
credit_items = CreditItems()
begin_evidence = BeginEvidence()
question = Question()
claim_revocation = ClaimRevocation()
title_action = TitleAction()
extension_action = ExtensionAction()
extension_reach = ExtensionReach()
credit_feed = CreditFeed()
queue = Queue()
emeritus_payment = EmeritusPayment()
record_on = RecordOn()
what_if = WhatIf()
record_claim = RecordClaim()
grant_emeritus = GrantEmeritus()
extend_all = ExtendAll()
review_all = ReviewAll()
history = History()
expirations = Expirations()
