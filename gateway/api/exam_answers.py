"""From testing to JSON: what answers about exams hold."""

from typing import Any

from marshmallow import Schema, fields

from gateway.api.answers import Exam


def _maybe(field: type[fields.Field[Any]], **more: Any) -> fields.Field[Any]:
    return field(allow_none=True, **more)


class Refusal(Schema):
    """A record that was not taken."""

    line = fields.Integer()
    id = fields.String()
    code = fields.String()
    detail = fields.String()
    details = fields.Dict()


class Taken(Schema):
    """What became of a feed: `refusals` names the first thousand."""

    lines = fields.Integer()
    recorded = fields.Integer()
    known = fields.Integer()
    refused = fields.Integer()
    refusals = fields.List(fields.Nested(Refusal))


class FoundExam(Schema):
    """An exam that can be booked; prices are in cents."""

    exam = fields.String()
    acronym = fields.String()
    title = fields.String()
    track = fields.String()
    role = fields.String()
    minutes = fields.Integer()
    price = fields.Integer()
    currency = fields.String()
    delivery = fields.List(fields.String())
    lab = fields.Boolean()
    last_test_on = _maybe(fields.Date)


class ExamGroup(Schema):
    """A heading and its exams."""

    name = fields.String()
    exams = fields.List(fields.Nested(FoundExam))


class FoundExams(Schema):
    """Exams by group (F10.3)."""

    groups = fields.List(fields.Nested(ExamGroup))
    total = fields.Integer()


class Site(Schema):
    """A place, or online."""

    site = fields.String()
    name = fields.String()
    delivery = fields.String()
    time_zone = fields.String()


class ExamPlaces(FoundExam):
    """An exam with the places where it can be sat."""

    sites = fields.List(fields.Nested(Site))
    first_day = fields.Date()
    last_day = fields.Date()
    accommodations = fields.List(fields.String())


class FreeTime(Schema):
    """A start; `day` and `clock` are those of the place."""

    session = fields.String()
    site = fields.String()
    starts_at = fields.String()
    day = fields.Date()
    clock = fields.String()
    time_zone = fields.String()
    seats_left = fields.Integer()


class FreeTimes(Schema):
    """Starts in the order of time."""

    sessions = fields.List(fields.Nested(FreeTime))


class Quote(Schema):
    """What an exam costs, in cents."""

    currency = fields.String()
    price = fields.Integer()
    discount = fields.Integer()
    tax = fields.Integer()
    total = fields.Integer()
    voucher = _maybe(fields.String)


class Appointment(Schema):
    """A booked exam."""

    appointment_id = fields.String()
    exam = fields.String()
    acronym = fields.String()
    title = fields.String()
    delivery = fields.String()
    site = fields.String()
    site_name = fields.String()
    time_zone = fields.String()
    starts_at = fields.String()
    starts_on = fields.Date()
    minutes = fields.Integer()
    status = fields.String()
    channel = fields.String()
    booked_at = fields.String()
    currency = fields.String()
    total = fields.Integer()
    paid = fields.Boolean()
    payment_due_on = _maybe(fields.Date)
    refunded = _maybe(fields.Boolean)
    accommodations = fields.List(fields.String())
    changeable = fields.Boolean()
    cancellable = fields.Boolean()
    refund_if_cancelled = fields.Boolean()
    self_service = fields.String()


class Appointments(Schema):
    """One page of appointments."""

    appointments = fields.List(fields.Nested(Appointment))
    total = fields.Integer()
    stale = fields.Boolean()


class AppointmentId(Schema):
    """Which appointment."""

    appointment_id = fields.String()


class Receipt(Schema):
    """A payment, in cents (F10.10)."""

    receipt_id = fields.String()
    order_number = fields.String()
    item = fields.String()
    seller = fields.List(fields.String())
    exam = _maybe(fields.String)
    title = _maybe(fields.String)
    currency = fields.String()
    price = fields.Integer()
    discount = fields.Integer()
    tax = fields.Integer()
    total = fields.Integer()
    voucher = _maybe(fields.String)
    paid_at = fields.String()
    refunded_at = _maybe(fields.String)


class Receipts(Schema):
    """Payments, newest first."""

    receipts = fields.List(fields.Nested(Receipt))
    stale = fields.Boolean()


class ProviderPages(Schema):
    """The test provider's own pages."""

    profile = fields.Url()
    self_service = fields.Url()


class Domain(Schema):
    """One domain of the blueprint."""

    name = fields.String()
    percent = fields.Integer()


class ScoreReport(Exam):
    """A result with percentages per domain (F10.9)."""

    domains = fields.List(fields.Nested(Domain))


class PracticalExam(Exam):
    """A lab or practical (F6.3)."""

    track = _maybe(fields.String)
    qualifier = _maybe(fields.String)
    qualifier_until = _maybe(fields.Date)


class PracticalExams(Schema):
    """Labs and practicals, newest first."""

    practical_exams = fields.List(fields.Nested(PracticalExam))
    stale = fields.Boolean()


class Sanction(Schema):
    """A sanction and the last day of an appeal (R-X3)."""

    sanction_id = fields.String()
    kind = fields.String()
    reason = fields.String()
    imposed_on = fields.Date()
    appeal_until = fields.Date()
    result_id = _maybe(fields.String)
    banned_until = _maybe(fields.Date)
    lifted = fields.Boolean()


class Sanctions(Schema):
    """Sanctions, newest first."""

    sanctions = fields.List(fields.Nested(Sanction))
    stale = fields.Boolean()


class File(Schema):
    """Uploaded evidence."""

    file_id = fields.String()
    name = _maybe(fields.String)
    media_type = fields.String()
    size = fields.Integer()


class FileId(Schema):
    """An uploaded file."""

    file_id = fields.String()


class Message(Schema):
    """Something that was said."""

    by = fields.String()
    at = fields.String()
    text = _maybe(fields.String)
    files = fields.List(fields.Nested(File))


class ChallengeLine(Schema):
    """An objection as it stands."""

    challenge_id = fields.String()
    kind = fields.String()
    matter_kind = fields.String()
    matter_id = fields.String()
    exam = _maybe(fields.String)
    question = _maybe(fields.Integer)
    status = fields.String()
    opened_on = fields.Date()
    answer_until = fields.Date()
    fee_cents = fields.Integer()
    reason = _maybe(fields.String)
    decided_on = _maybe(fields.Date)


class Challenge(ChallengeLine):
    """An objection with everything that was said."""

    messages = fields.List(fields.Nested(Message))


class SkillChallenge(Schema):
    """A skill challenge that the provider reported."""

    id = fields.String()
    name = fields.String()
    taken_on = fields.Date()
    result = fields.String()


class Challenges(Schema):
    """Objections and skill challenges (F6.4)."""

    objections = fields.List(fields.Nested(ChallengeLine))
    skill_challenges = fields.List(fields.Nested(SkillChallenge))
    stale = fields.Boolean()


class ChallengeId(Schema):
    """Which challenge."""

    challenge_id = fields.String()


class Visitor(Schema):
    """An appointment as the test centre sees it."""

    appointment_id = fields.String()
    candidate_id = fields.String()
    exam = fields.String()
    acronym = fields.String()
    title = fields.String()
    site = fields.String()
    site_name = fields.String()
    time_zone = fields.String()
    starts_at = fields.String()
    starts_on = fields.Date()
    minutes = fields.Integer()
    status = fields.String()
    channel = fields.String()
    paid = fields.Boolean()
    accommodations = fields.List(fields.String())


class Visitors(Schema):
    """Who comes on a day."""

    appointments = fields.List(fields.Nested(Visitor))
    sites = fields.List(fields.Dict())


class ResultId(Schema):
    """Which result."""

    result_id = fields.String()


class Waiting(ChallengeLine):
    """A challenge that waits for a reviewer."""

    candidate_id = fields.String()
    reviewer = _maybe(fields.String)


class Queue(Schema):
    """Challenges, the nearest promise first."""

    challenges = fields.List(fields.Nested(Waiting))


class Review(Challenge):
    """A challenge as its reviewers see it."""

    candidate_id = fields.String()
    reviewer = _maybe(fields.String)
    proposed_upheld = _maybe(fields.Boolean)
    proposed_remedy = _maybe(fields.String)
    proposed_outcome = _maybe(fields.String)
    proposed_score = _maybe(fields.Integer)


class AccommodationLine(Schema):
    """One request for an accommodation (F10.8)."""

    request_id = fields.String()
    accommodation = fields.String()
    status = fields.String()
    requested_on = fields.Date()
    decided_on = _maybe(fields.Date)
    reason = _maybe(fields.String)


class Accommodations(Schema):
    """What can be arranged, and the candidate's requests, newest first."""

    kinds = fields.List(fields.String())
    requests = fields.List(fields.Nested(AccommodationLine))
    stale = fields.Boolean()


class WaitingAccommodation(AccommodationLine):
    """The same for whoever decides."""

    candidate_id = fields.String()
    statement = fields.String()


class AccommodationQueue(Schema):
    """What waits, the oldest first."""

    requests = fields.List(fields.Nested(WaitingAccommodation))


class RequestId(Schema):
    """Which request."""

    request_id = fields.String()
