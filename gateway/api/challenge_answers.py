"""From testing to JSON: challenges, what was said about them, and evidence."""

from marshmallow import Schema, fields

from gateway.api.fields import maybe


class File(Schema):
    """Uploaded evidence."""

    file_id = fields.String()
    name = maybe(fields.String)
    media_type = fields.String()
    size = fields.Integer()


class FileId(Schema):
    """An uploaded file."""

    file_id = fields.String()


class Message(Schema):
    """Something that was said."""

    by = fields.String()
    at = fields.String()
    text = maybe(fields.String)
    files = fields.List(fields.Nested(File))


class ChallengeLine(Schema):
    """An objection as it stands."""

    challenge_id = fields.String()
    kind = fields.String()
    matter_kind = fields.String()
    matter_id = fields.String()
    exam = maybe(fields.String)
    question = maybe(fields.Integer)
    status = fields.String()
    opened_on = fields.Date()
    answer_until = fields.Date()
    fee_cents = fields.Integer()
    reason = maybe(fields.String)
    decided_on = maybe(fields.Date)


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


class Waiting(ChallengeLine):
    """A challenge that waits for a reviewer."""

    candidate_id = fields.String()
    reviewer = maybe(fields.String)


class Queue(Schema):
    """Challenges, the nearest promise first."""

    challenges = fields.List(fields.Nested(Waiting))


class Review(Challenge):
    """A challenge as its reviewers see it."""

    candidate_id = fields.String()
    reviewer = maybe(fields.String)
    proposed_upheld = maybe(fields.Boolean)
    proposed_remedy = maybe(fields.String)
    proposed_outcome = maybe(fields.String)
    proposed_score = maybe(fields.Integer)
