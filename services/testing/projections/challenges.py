"""Which challenges did this candidate open, what was said, and which wait for a reviewer? (F6.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    select,
)

from chassis.decider import Fact, Sealed
from chassis.projections import Moment, Projection, Rows
from services.testing.domain.objections import (
    ChallengeDenied,
    ChallengeEvidenceRequested,
    ChallengeEvidenceSupplied,
    ChallengeOpened,
    ChallengeReviewStarted,
    ChallengeRulingProposed,
    ChallengeRulingReturned,
    ChallengeUpheld,
    ChallengeWithdrawn,
    SkillChallengeRecorded,
)
from services.testing.projections import METADATA
from services.testing.projections.merges import MERGES

table = Table(
    "testing_challenges",
    METADATA,
    Column("challenge_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("matter_kind", String(20), nullable=False),
    Column("matter_id", String(40), nullable=False),
    Column("exam", String(40), nullable=True),
    Column("question", Integer, nullable=True),
    Column("status", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("answer_until", Date, nullable=False),
    Column("fee_cents", Integer, nullable=False),
    Column("reviewer", String(60), nullable=True),
    Column("proposed_upheld", Boolean, nullable=True),
    Column("proposed_remedy", String(20), nullable=True),
    Column("proposed_outcome", String(20), nullable=True),
    Column("proposed_score", Integer, nullable=True),
    Column("reason", String(60), nullable=True),
    Column("decided_at", Moment, nullable=True),
    Index("testing_challenges_candidate", "candidate_id", "opened_at"),
    Index("testing_challenges_queue", "status", "answer_until"),
)

messages = Table(
    "testing_challenge_messages",
    METADATA,
    Column("challenge_id", String(40), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("by", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("files", Text, nullable=False),
)
"""What candidate and reviewer said, sealed; numbered by the place of its fact."""

skills = Table(
    "testing_skill_challenges",
    METADATA,
    Column("challenge_id", String(40), primary_key=True),
    Column("candidate_id", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("taken_on", Date, nullable=False),
    Column("result", String(40), nullable=False),
    Index("testing_skill_challenges_candidate", "candidate_id", "taken_on"),
)

ENDED = ("upheld", "denied", "withdrawn")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One objection as it stands."""

    challenge_id: str
    candidate_id: str
    kind: str
    matter_kind: str
    matter_id: str
    exam: str | None
    question: int | None
    status: str
    opened_at: datetime
    answer_until: date
    fee_cents: int
    reviewer: str | None
    proposed_upheld: bool | None
    proposed_remedy: str | None
    proposed_outcome: str | None
    proposed_score: int | None
    reason: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was said, still sealed."""

    by: str
    at: datetime
    text: Sealed
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkillChallenge:
    """One reported skill challenge."""

    challenge_id: str
    name: str
    taken_on: date
    result: str


def project(rows: Rows, fact: Fact) -> None:
    """One row per challenge and one per message."""
    match fact.event:
        case ChallengeOpened() as opened:
            _open(rows, fact, opened)
        case ChallengeEvidenceRequested(challenge_id=one, question=text, at=at):
            rows.change(table, key=(one,), status="waiting")
            _say(rows, fact, one, "reviewer", text, at)
        case ChallengeEvidenceSupplied(challenge_id=one, answer=text, files=files, at=at) as supplied:
            if supplied.was_awaited:
                rows.change(table, key=(one,), status="under-review")
            _say(rows, fact, one, "candidate", text, at, files)
        case SkillChallengeRecorded() as skill:
            _skill(rows, fact, skill)
        case event:
            _move_on(rows, event)


def _move_on(rows: Rows, event: object) -> None:
    match event:
        case ChallengeReviewStarted(challenge_id=one, reviewer=reviewer):
            rows.change(table, key=(one,), status="under-review", reviewer=reviewer)
        case ChallengeRulingProposed(challenge_id=one) as proposed:
            _propose(rows, one, proposed)
        case ChallengeRulingReturned(challenge_id=one):
            rows.change(table, key=(one,), status="under-review", proposed_upheld=None, proposed_remedy=None)
        case ChallengeUpheld(challenge_id=one, reason=reason, at=at):
            rows.change(table, key=(one,), status="upheld", reason=reason, decided_at=at)
        case ChallengeDenied(challenge_id=one, reason=reason, at=at):
            rows.change(table, key=(one,), status="denied", reason=reason, decided_at=at)
        case ChallengeWithdrawn(challenge_id=one, at=at):
            rows.change(table, key=(one,), status="withdrawn", decided_at=at)


def _open(rows: Rows, fact: Fact, opened: ChallengeOpened) -> None:
    rows.put(
        table,
        challenge_id=opened.challenge_id,
        candidate_id=fact.subject,
        kind=opened.kind,
        matter_kind=opened.matter.kind,
        matter_id=opened.matter.id,
        exam=opened.matter.exam,
        question=opened.question,
        status="opened",
        opened_at=opened.opened_at,
        answer_until=opened.answer_until,
        fee_cents=opened.fee_cents,
    )
    _say(rows, fact, opened.challenge_id, "candidate", opened.statement, opened.opened_at)


def _say(
    rows: Rows, fact: Fact, challenge_id: str, by: str, text: Sealed, at: datetime, files: tuple[str, ...] = ()
) -> None:
    rows.put(messages, challenge_id=challenge_id, number=fact.number, by=by, at=at, text=text, files=" ".join(files))


def _propose(rows: Rows, challenge_id: str, proposed: ChallengeRulingProposed) -> None:
    rows.change(
        table,
        key=(challenge_id,),
        status="proposed",
        reviewer=proposed.reviewer,
        reason=proposed.reason,
        proposed_upheld=proposed.upheld,
        proposed_remedy=proposed.ruling.remedy,
        proposed_outcome=proposed.ruling.outcome,
        proposed_score=proposed.ruling.score,
    )


def _skill(rows: Rows, fact: Fact, skill: SkillChallengeRecorded) -> None:
    rows.put(
        skills,
        challenge_id=skill.challenge_id,
        candidate_id=fact.subject,
        name=skill.name,
        taken_on=skill.taken_on,
        result=skill.result,
    )


PROJECTION = Projection(name="challenges", tables=(table, messages, skills), project=project)

_COLUMNS = tuple(table.c[name] for name in Challenge.__dataclass_fields__)
_MINE = select(*_COLUMNS).where(MERGES.is_of(table.c.candidate_id))


def of_candidate(connection: Connection, candidate_id: str) -> list[Challenge]:
    """The candidate's objections, newest first."""
    statement = _MINE.order_by(table.c.opened_at.desc(), table.c.challenge_id).limit(200)
    return [Challenge(*row) for row in connection.execute(statement, {"candidate_id": candidate_id})]


def skills_of(connection: Connection, candidate_id: str) -> list[SkillChallenge]:
    """The candidate's skill challenges, newest first."""
    columns = tuple(skills.c[name] for name in SkillChallenge.__dataclass_fields__)
    statement = (
        select(*columns)
        .where(MERGES.is_of(skills.c.candidate_id))
        .order_by(skills.c.taken_on.desc(), skills.c.challenge_id)
        .limit(200)
    )
    return [SkillChallenge(*row) for row in connection.execute(statement, {"candidate_id": candidate_id})]


def one(connection: Connection, challenge_id: str) -> Challenge | None:
    """One objection; None for an unknown one."""
    row = connection.execute(select(*_COLUMNS).where(table.c.challenge_id == challenge_id)).one_or_none()
    return None if row is None else Challenge(*row)


def said(connection: Connection, challenge_id: str) -> list[Message]:
    """What was said, in order."""
    statement = (
        select(messages.c.by, messages.c.at, messages.c.text, messages.c.files)
        .where(messages.c.challenge_id == challenge_id)
        .order_by(messages.c.number)
    )
    return [
        Message(by, at, Sealed(text), tuple(files.split())) for by, at, text, files in connection.execute(statement)
    ]


def queue(connection: Connection, *, limit: int = 100) -> list[Challenge]:
    """What waits for somebody, the nearest promise first."""
    statement = (
        select(*_COLUMNS)
        .where(table.c.status.not_in(ENDED))
        .order_by(table.c.answer_until, table.c.challenge_id)
        .limit(limit)
    )
    return [Challenge(*row) for row in connection.execute(statement)]
