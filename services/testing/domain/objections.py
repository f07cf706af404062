"""Facts about challenges, in the order of a challenge's life (3.9), and skill challenges that only happened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from chassis.decider import Sealed
from services.testing.domain.results import Mark

Remedy = Literal["correct", "restore", "retake", "lift", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a challenge is about: a result, an appointment without one, or a sanction; `since` starts the window."""

    kind: Literal["result", "appointment", "sanction"]
    id: str
    since: date
    exam: str | None = None
    role: str | None = None
    outcome: str | None = None
    decided_by: str | None = None
    """Who imposed the sanction: somebody else decides the appeal (R-X3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What an upheld challenge brings."""

    remedy: Remedy
    outcome: Mark | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeOpened:
    """The candidate objected inside the window, and paid the fee if there is one."""

    challenge_id: str
    kind: str
    matter: Matter
    question: int | None
    statement: Sealed
    opened_at: datetime
    answer_until: date
    fee_cents: int
    order_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeReviewStarted:
    """A reviewer took the challenge."""

    challenge_id: str
    kind: str
    exam: str | None
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeEvidenceRequested:
    """The reviewer asks the candidate for something."""

    challenge_id: str
    kind: str
    exam: str | None
    reviewer: str
    question: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeEvidenceSupplied:
    """The candidate answered, perhaps with files."""

    challenge_id: str
    answer: Sealed
    files: tuple[str, ...]
    at: datetime
    was_awaited: bool
    """The reviewer had asked, so the review goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeRulingProposed:
    """The first reviewer says how it should end; somebody else decides."""

    challenge_id: str
    reviewer: str
    upheld: bool
    reason: str
    ruling: Ruling
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeRulingReturned:
    """The second reviewer did not agree; the review goes on."""

    challenge_id: str
    reviewer: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeUpheld:
    """Two reviewers agreed with the candidate."""

    challenge_id: str
    kind: str
    exam: str | None
    reviewer: str
    reason: str
    ruling: Ruling
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeDenied:
    """Two reviewers agreed that the result stands; this is final."""

    challenge_id: str
    kind: str
    exam: str | None
    reviewer: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeWithdrawn:
    """The candidate gave the challenge up."""

    challenge_id: str
    kind: str
    exam: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFeeRefunded:
    """The fee of an upheld challenge goes back."""

    challenge_id: str
    order_number: str
    amount_cents: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillChallengeRecorded:
    """The provider reported a skill challenge: listed under the same heading, with nothing to decide."""

    challenge_id: str
    name: str
    taken_on: date
    result: str


Event = (
    ChallengeOpened
    | ChallengeReviewStarted
    | ChallengeEvidenceRequested
    | ChallengeEvidenceSupplied
    | ChallengeRulingProposed
    | ChallengeRulingReturned
    | ChallengeUpheld
    | ChallengeDenied
    | ChallengeWithdrawn
    | ChallengeFeeRefunded
    | SkillChallengeRecorded
)
