"""Challenges and their reviewers."""

from marshmallow import Schema, fields, validate

from services.testing.schemas.entries import Candidate, id_of, reason, statement

MATTERS = ("result", "appointment", "sanction")
KINDS = ("exam_item", "missing_or_wrong_result", "lab_rescore", "testing_conditions", "sanction_appeal")
REMEDIES = ("correct", "restore", "retake", "lift", "none")


class NewChallenge(Candidate):
    """What is objected to, and why."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    matter_kind = fields.String(required=True, validate=validate.OneOf(MATTERS))
    matter_id = id_of(40)
    question = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 500))
    statement = statement()
    card = fields.String(load_default="", validate=[validate.Length(0, 40), validate.Regexp(r"[0-9 -]*\Z")])


class OneChallenge(Candidate):
    """Which challenge of whom."""

    challenge_id = id_of(40)


class Evidence(OneChallenge):
    """What the candidate answers."""

    answer = statement()
    files = fields.List(id_of(40), load_default=list, validate=validate.Length(0, 10))


class Reviewer(Schema):
    """Who reviews which challenge."""

    challenge_id = id_of(40)
    reviewer = id_of(60)


class EvidenceRequest(Reviewer):
    """What the reviewer asks for."""

    question = statement()


class ProposedRuling(Reviewer):
    """How a challenge should end."""

    upheld = fields.Boolean(required=True)
    reason = reason()
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
