"""What answers of the console hold."""

from marshmallow import Schema, fields


class Change(Schema):
    """One line of a preview."""

    what = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class Proposal(Schema):
    """Something that waits for a second person, or was settled."""

    service = fields.String()
    proposal_id = fields.String()
    action = fields.String()
    permission = fields.String()
    subject = fields.String()
    arguments = fields.Dict()
    reason = fields.String(allow_none=True)
    asked_by = fields.String()
    asked_at = fields.String()
    lapses_on = fields.Date()
    state = fields.String()
    settled_by = fields.String(allow_none=True)
    settled_at = fields.String(allow_none=True)
    answer = fields.String(allow_none=True)


class OneProposal(Proposal):
    """A proposal with what it would change now, or what stands in its way."""

    changes = fields.List(fields.Nested(Change))
    obstacle = fields.String(allow_none=True)
    names = fields.Dict(keys=fields.String(), values=fields.String())


class Proposals(Schema):
    """One page of proposals, and the services that kept silent."""

    proposals = fields.List(fields.Nested(Proposal))
    total = fields.Integer()
    pages = fields.Integer()
    unavailable = fields.List(fields.String())


class ProposalId(Schema):
    """Which proposal."""

    proposal_id = fields.String()


class Preview(Schema):
    """What an action would change."""

    changes = fields.List(fields.Nested(Change))


class Group(Schema):
    """A group."""

    group_id = fields.String()
    name = fields.String()
    permissions = fields.List(fields.String())
    size = fields.Integer()


class Groups(Schema):
    """All groups."""

    groups = fields.List(fields.Nested(Group))


class Member(Schema):
    """Somebody who belongs to a group."""

    member_id = fields.String()
    name = fields.String()
    email = fields.String()


class OneGroup(Group):
    """A group with its members."""

    members = fields.List(fields.Nested(Member))


class GroupId(Schema):
    """Which group, and where somebody was let in, who."""

    group_id = fields.String()
    member_id = fields.String()


class CandidateFound(Schema):
    """One candidate of a search; names only for groups that may see them."""

    candidate_id = fields.String()
    name = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    country = fields.String()
    certifications = fields.List(fields.String())


class CandidatesFound(Schema):
    """One page of candidates."""

    candidates = fields.List(fields.Nested(CandidateFound))
    total = fields.Integer()
    page_size = fields.Integer()


class StoredFact(Schema):
    """One stored fact."""

    source = fields.String()
    position = fields.Integer()
    at = fields.String()
    name = fields.String()
    fields_ = fields.Dict(data_key="fields")


class CandidateRecord(Schema):
    """Everything about one candidate; a part whose service is silent is null and named in `unavailable`."""

    candidate_id = fields.String()
    profile = fields.Dict(allow_none=True)
    certifications = fields.Dict(allow_none=True)
    exams = fields.Dict(allow_none=True)
    kits = fields.List(fields.Dict(), allow_none=True)
    transcripts = fields.List(fields.Dict(), allow_none=True)
    unavailable = fields.List(fields.String())


class CandidateTimeline(Schema):
    """Facts of all services, the newest first; `before` leads on."""

    facts = fields.List(fields.Nested(StoredFact))
    before = fields.String()
    unavailable = fields.List(fields.String())


class ReportRows(Schema):
    """Rows of a report; `next` leads on, empty at the end."""

    report = fields.String()
    rows = fields.List(fields.Dict())
    next = fields.String()


class AuditEntry(Schema):
    """One entry of the audit trail."""

    entry_id = fields.String()
    at = fields.String()
    by = fields.String()
    what = fields.String()
    about = fields.String()
    place = fields.String()
    reason = fields.String(allow_none=True)


class AuditTrail(Schema):
    """One page of the audit trail."""

    entries = fields.List(fields.Nested(AuditEntry))
    total = fields.Integer()
    page_size = fields.Integer()


class MergeSide(Schema):
    """One of two records."""

    candidate_id = fields.String()
    csco_id = fields.String()
    name = fields.String(allow_none=True)
    email = fields.String(allow_none=True)


class MergePreview(Schema):
    """What two records would hold as one; `both` marks what stands in both, `obstacle` says why it cannot be done."""

    kept = fields.Nested(MergeSide)
    absorbed = fields.Nested(MergeSide)
    obstacle = fields.String()
    certifications = fields.List(fields.Dict())
    credits = fields.Dict(keys=fields.String(), values=fields.Integer())
    exams = fields.List(fields.Dict())
    kits = fields.List(fields.Dict())
    transcripts = fields.List(fields.Dict())
    codes = fields.Dict(keys=fields.String(), values=fields.Integer())


class CompanyToReview(Schema):
    """A company's name as somebody has written it."""

    candidate_id = fields.String()
    company = fields.String()
    since = fields.String()


class CompaniesToReview(Schema):
    """One page of the names that wait, the oldest first."""

    companies = fields.List(fields.Nested(CompanyToReview))
    total = fields.Integer()
    page_size = fields.Integer()
