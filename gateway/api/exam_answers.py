"""From testing to JSON: exams to book, appointments, receipts, accommodations, the test centre."""

from marshmallow import Schema, fields

from gateway.api.fields import maybe


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
    last_test_on = maybe(fields.Date)


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
    voucher = maybe(fields.String)


class Booked(Schema):
    """What whoever looks at an appointment sees."""

    appointment_id = fields.String()
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


class Appointment(Booked):
    """A booked exam, for whom it is."""

    delivery = fields.String()
    booked_at = fields.String()
    currency = fields.String()
    total = fields.Integer()
    payment_due_on = maybe(fields.Date)
    refunded = maybe(fields.Boolean)
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


class Receipt(Quote):
    """A payment (F10.10)."""

    receipt_id = fields.String()
    order_number = fields.String()
    item = fields.String()
    seller = fields.List(fields.String())
    exam = maybe(fields.String)
    title = maybe(fields.String)
    paid_at = fields.String()
    refunded_at = maybe(fields.String)


class Receipts(Schema):
    """Payments, newest first."""

    receipts = fields.List(fields.Nested(Receipt))
    stale = fields.Boolean()


class ProviderPages(Schema):
    """The test provider's own pages."""

    profile = fields.Url()
    self_service = fields.Url()


class Visitor(Booked):
    """An appointment as the test centre sees it."""

    candidate_id = fields.String()


class Visitors(Schema):
    """Who comes on a day."""

    appointments = fields.List(fields.Nested(Visitor))
    next_day = maybe(fields.Date)
    sites = fields.List(fields.Dict())


class ResultId(Schema):
    """Which result."""

    result_id = fields.String()


class AccommodationLine(Schema):
    """One request for an accommodation (F10.8)."""

    request_id = fields.String()
    accommodation = fields.String()
    status = fields.String()
    requested_on = fields.Date()
    decided_on = maybe(fields.Date)
    reason = maybe(fields.String)


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
