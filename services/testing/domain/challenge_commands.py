"""What can be asked about challenges."""

from dataclasses import dataclass
from datetime import date, datetime

from chassis.decider import Sealed
from services.testing.domain.objections import (
    Matter,
    Ruling,
)
from services.testing.domain.policies import ChallengeTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChallenge:
    """Object to a result, its absence, the conditions of an exam, or a sanction."""

    challenge_id: str
    terms: ChallengeTerms
    matter: Matter
    question: int | None
    statement: Sealed
    today: date
    opened_at: datetime
    order_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReview:
    """Take a challenge."""

    challenge_id: str
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvidence:
    """Ask the candidate for something."""

    challenge_id: str
    reviewer: str
    question: Sealed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyEvidence:
    """Answer, perhaps with files; a first statement may be completed in the same way."""

    challenge_id: str
    answer: Sealed
    files: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRuling:
    """Say how the challenge should end."""

    challenge_id: str
    reviewer: str
    upheld: bool
    reason: str
    ruling: Ruling
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideChallenge:
    """Agree with the proposed ruling, or send it back."""

    challenge_id: str
    reviewer: str
    agrees: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawChallenge:
    """Give a challenge up."""

    challenge_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSkillChallenge:
    """List what the provider reported."""

    challenge_id: str
    name: str
    taken_on: date
    result: str


Command = (
    OpenChallenge
    | StartReview
    | RequestEvidence
    | SupplyEvidence
    | ProposeRuling
    | DecideChallenge
    | WithdrawChallenge
    | RecordSkillChallenge
)
