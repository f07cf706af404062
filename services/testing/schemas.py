"""Between the wire and testing's commands and queries."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.testing.domain.results import DomainScore

SORT_KEYS = ("taken_on", "exam", "title", "outcome", "score")
"""What the history can be sorted by (F6.2)."""
OUTCOMES = ("pass", "fail", "pending", "held", "invalidated", "no-show")
DELIVERIES = ("centre", "online", "lab")
HAPPENINGS = ("check-in", "turn-away", "no-show", "decline", "start", "deliver", "interrupt")
PRINTABLE = validate.Regexp(r"[\x20-\x7e]+\Z", error="Only printable ASCII characters.")
NO_CONTROLS = validate.Regexp(r"[^\x00-\x1f\x7f]+\Z", error="No control characters.")
TEXT = validate.Regexp(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+\Z", error="No control characters.")
REASON_CODE = validate.Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", error="A reason is a code such as score-irregular.")


def _id(length: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, length), PRINTABLE])


def _maybe(length: int, **more: Any) -> fields.String:
    more = {"load_default": None, "allow_none": True, **more}
    return fields.String(validate=[validate.Length(1, length), NO_CONTROLS], **more)


def _reason() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, 60), REASON_CODE])


def _codes() -> fields.List[Any]:
    code = fields.String(validate=[validate.Length(1, 60), REASON_CODE])
    return fields.List(code, load_default=list, validate=validate.Length(0, 10))


def _moment(*, required: bool = True) -> fields.AwareDateTime:
    return fields.AwareDateTime(required=required, format="iso")


def _cents(**more: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, 100_000_000), **more)


class Domain(Schema):
    """One domain of the blueprint and how much of it was answered well."""

    name = fields.String(required=True, validate=[validate.Length(1, 120), NO_CONTROLS])
    percent = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100))


class Candidate(Schema):
    """Whose."""

    candidate_id = _id(60)


class OneResult(Candidate):
    """Which result of whom."""

    result_id = _id(40)


class Sitting(Schema):
    """What the test provider says about one sitting (F10.9: scores run from 300 to 1000)."""

    candidate_id = _id(60)
    exam = _id(40)
    taken_on = fields.Date(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail", "pending"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))
    exam_version = fields.String(load_default=None, allow_none=True, validate=[validate.Length(1, 20), PRINTABLE])
    language = _maybe(20)
    delivery = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(DELIVERIES))
    site = _maybe(120)


class ReportResult(Sitting):
    """A sitting, and the provider's own name for its record."""

    provider_reference = _id(120)


class RevokeResult(Schema):
    """Which result is taken back, and why as a code: public events never hold free text about a person."""

    result_id = _id(40)
    reason = _reason()


class History(Schema):
    """Which page of the history, in what order, and which lines (F6.2)."""

    candidate_id = _id(60)
    sort = fields.String(required=True, validate=validate.OneOf(SORT_KEYS))
    descending = fields.Boolean(required=True)
    page = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))
    outcome = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(OUTCOMES))
    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1990, 2200))


candidate = Candidate()
one_result = OneResult()


class RecentActivity(Schema):
    """Whose activity, and how much of it."""

    candidate_id = _id(60)
    limit = fields.Integer(required=True, strict=True, validate=validate.Range(1, 50))


activity = RecentActivity()
report_result = ReportResult()
revoke_result = RevokeResult()
history = History()

# -- the provider's feed -----------------------------------------------------------------------------------------------


class ResultRecord(Sitting):
    """A result; the record's id is the provider's own."""

    domains = fields.List(fields.Nested(Domain), load_default=list, validate=validate.Length(0, 30))


class ScoreDetails(Schema):
    """Percentages per domain that come after the result."""

    candidate_id = _id(60)
    result = _id(120)
    domains = fields.List(fields.Nested(Domain), required=True, validate=validate.Length(1, 30))


class AppointmentRecord(Schema):
    """A booking made by phone, at a centre or in the provider's own pages (F10.2)."""

    candidate_id = _id(60)
    exam = _id(40)
    starts_at = _moment()
    booked_at = _moment()
    time_zone = _id(60)
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))
    site = fields.String(required=True, validate=[validate.Length(1, 60), NO_CONTROLS])
    site_name = fields.String(required=True, validate=[validate.Length(1, 120), NO_CONTROLS])
    channel = fields.String(required=True, validate=validate.OneOf(["phone", "centre", "portal"]))
    price_cents = _cents(load_default=0)
    currency = fields.String(load_default="USD", validate=validate.Regexp(r"[A-Z]{3}\Z"))
    accommodations = fields.List(
        fields.String(validate=[validate.Length(1, 60), REASON_CODE]),
        load_default=list,
        validate=validate.Length(0, 10),
    )


class RescheduleRecord(Schema):
    """An appointment moved."""

    candidate_id = _id(60)
    appointment = _id(120)
    starts_at = _moment()
    moved_at = _moment()
    time_zone = _id(60)
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))
    site = fields.String(required=True, validate=[validate.Length(1, 60), NO_CONTROLS])
    site_name = fields.String(required=True, validate=[validate.Length(1, 120), NO_CONTROLS])


class CancellationRecord(Schema):
    """An appointment given up."""

    candidate_id = _id(60)
    appointment = _id(120)
    cancelled_at = _moment()
    refunded = fields.Boolean(required=True)


class CheckInRecord(Schema):
    """What happened at the test site."""

    candidate_id = _id(60)
    appointment = _id(120)
    happening = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    at = _moment()
    reason = fields.String(load_default="", validate=[validate.Length(0, 60)])
    agreement_version = fields.String(load_default="", validate=[validate.Length(0, 20)])


class PaymentRecord(Schema):
    """What was paid for an appointment."""

    candidate_id = _id(60)
    appointment = _id(120)
    order_number = _id(60)
    paid_at = _moment()
    price_cents = _cents(required=True)
    discount_cents = _cents(load_default=0)
    tax_cents = _cents(load_default=0)
    currency = fields.String(load_default="USD", validate=validate.Regexp(r"[A-Z]{3}\Z"))
    voucher = _maybe(60)


class SkillChallengeRecord(Schema):
    """A skill challenge that took place."""

    candidate_id = _id(60)
    name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    taken_on = fields.Date(required=True)
    result = fields.String(required=True, validate=[validate.Length(1, 40), NO_CONTROLS])


RECORDS: dict[str, Schema] = {
    "appointment": AppointmentRecord(),
    "reschedule": RescheduleRecord(),
    "cancellation": CancellationRecord(),
    "check-in": CheckInRecord(),
    "result": ResultRecord(),
    "score-details": ScoreDetails(),
    "payment": PaymentRecord(),
    "skill-challenge": SkillChallengeRecord(),
}
"""What a line of the feed may be, by its `kind`."""


def domain_scores(loaded: list[dict[str, Any]]) -> tuple[DomainScore, ...]:
    """Percentages as the domain holds them."""
    return tuple(DomainScore(**one) for one in loaded)


# -- bookings ----------------------------------------------------------------------------------------------------------


class Sessions(Schema):
    """Free times of an exam at a site, from a day on."""

    exam = _id(40)
    site = _id(60)
    from_day = fields.Date(load_default=None, allow_none=True)
    days = fields.Integer(load_default=14, strict=True, validate=validate.Range(1, 60))


class Booking(Schema):
    """Which exam, where and when; the name as on the identity document (R-N1), and how it is paid."""

    candidate_id = _id(60)
    exam = _id(40)
    site = _id(60)
    starts_at = _moment()
    confirmed_name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])
    voucher = _maybe(60)
    pay_later = fields.Boolean(load_default=False)
    accommodations = fields.List(
        fields.String(validate=[validate.Length(1, 60), REASON_CODE]),
        load_default=list,
        validate=validate.Length(0, 10),
    )


class OneAppointment(Candidate):
    """Which appointment of whom."""

    appointment_id = _id(40)


class Payment(OneAppointment):
    """How an appointment is paid."""

    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])
    voucher = _maybe(60)


class Reschedule(OneAppointment):
    """Where and when instead."""

    site = _id(60)
    starts_at = _moment()


class PageOf(Candidate):
    """Which page of whose list."""

    page = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, 200))


class AtCentre(Schema):
    """Whose coming is asked for."""

    day = fields.Date(required=True)
    site = _maybe(60)


class Happening(Schema):
    """What happened at the built-in test centre."""

    appointment_id = _id(40)
    happening = fields.String(required=True, validate=validate.OneOf(HAPPENINGS))
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


class Score(Schema):
    """How a delivered exam of the built-in centre was scored."""

    appointment_id = _id(40)
    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))
    domains = fields.List(fields.Nested(Domain), load_default=list, validate=validate.Length(0, 30))


sessions = Sessions()
booking = Booking()
one_appointment = OneAppointment()
payment = Payment()
reschedule = Reschedule()
page_of = PageOf()
at_centre = AtCentre()
happening = Happening()
score = Score()

# -- challenges --------------------------------------------------------------------------------------------------------

MATTERS = ("result", "appointment", "sanction")
KINDS = ("exam_item", "missing_or_wrong_result", "lab_rescore", "testing_conditions", "sanction_appeal")
REMEDIES = ("correct", "restore", "retake", "lift", "none")


def _statement() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(1, 4000), TEXT])


class NewChallenge(Candidate):
    """What is objected to, and why."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    matter_kind = fields.String(required=True, validate=validate.OneOf(MATTERS))
    matter_id = _id(40)
    question = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 500))
    statement = _statement()
    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])


class OneChallenge(Candidate):
    """Which challenge of whom."""

    challenge_id = _id(40)


class Evidence(OneChallenge):
    """What the candidate answers."""

    answer = _statement()
    files = fields.List(_id(40), load_default=list, validate=validate.Length(0, 10))


class Reviewer(Schema):
    """Who reviews which challenge."""

    challenge_id = _id(40)
    reviewer = _id(60)


class EvidenceRequest(Reviewer):
    """What the reviewer asks for."""

    question = _statement()


class ProposedRuling(Reviewer):
    """How a challenge should end."""

    upheld = fields.Boolean(required=True)
    reason = _reason()
    remedy = fields.String(load_default="none", validate=validate.OneOf(REMEDIES))
    outcome = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))


class Decision(Reviewer):
    """Whether the second reviewer agrees."""

    agrees = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


new_challenge = NewChallenge()
one_challenge = OneChallenge()
evidence = Evidence()
reviewer = Reviewer()
evidence_request = EvidenceRequest()
proposed_ruling = ProposedRuling()
decision = Decision()


class AccommodationRequest(Candidate):
    """What somebody needs at the test site, and why (F10.8)."""

    accommodation = fields.String(required=True, validate=[validate.Length(1, 60), REASON_CODE])
    statement = _statement()


class AccommodationDecision(Schema):
    """Whether it is granted."""

    request_id = _id(40)
    reviewer = _id(60)
    approved = fields.Boolean(required=True)
    reason = fields.String(load_default="", validate=validate.Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z"))


accommodation_request = AccommodationRequest()
accommodation_decision = AccommodationDecision()

# -- what two people do ------------------------------------------------------------------------------------------------


class ExaminedOn(Schema):
    """Who of some candidates sat an exam on a day."""

    candidate_ids = fields.List(fields.String(validate=validate.Length(1, 60)), required=True)
    taken_on = fields.Date(required=True)


class CorrectResult(RevokeResult):
    """What the result is after scoring again."""

    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail"]))
    score = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(300, 1000))


class ImposeSanction(Schema):
    """A ban with its last day, or a cancelled score with its result."""

    kind = fields.String(required=True, validate=validate.OneOf(["ban", "score-cancelled"]))
    reason = _reason()
    result_id = _maybe(40)
    banned_until = fields.Date(load_default=None, allow_none=True)


class LiftSanction(Schema):
    """Which sanction goes, and why as a code."""

    sanction_id = _id(40)
    reason = _reason()


examined_on = ExaminedOn()
change_result = revoke_result
correct_result = CorrectResult()
impose_sanction = ImposeSanction()
lift_sanction = LiftSanction()

# -- evidence ----------------------------------------------------------------------------------------------------------

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PART = 48 * 1024
MEDIA_TYPES = ("application/pdf", "image/png", "image/jpeg", "text/plain")


class NewFile(Candidate):
    """A file that is about to come in parts."""

    name = fields.String(required=True, validate=[validate.Length(1, 200), NO_CONTROLS])
    media_type = fields.String(required=True, validate=validate.OneOf(MEDIA_TYPES))


class FilePart(Candidate):
    """One part, in Base64."""

    file_id = _id(40)
    number = fields.Integer(required=True, strict=True, validate=validate.Range(0, LARGEST_FILE // LARGEST_PART + 1))
    data = fields.String(required=True, validate=validate.Length(1, LARGEST_PART * 4 // 3 + 4))


new_file = NewFile()
file_part = FilePart()
