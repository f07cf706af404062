"""Facts about claims of continuing-education credits (life cycle of a claim, and of the credits behind it)."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from chassis.decider import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One completed item; its credits are those of the catalogue on the day of the claim."""

    item: str
    credits: int
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTermsAccepted:
    """The candidate enrolled in continuing education (F5.3)."""

    version: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimDrafted:
    """A claim was begun, or its draft was changed."""

    claim_id: str
    lines: tuple[ClaimLine, ...]
    drafted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidenceAttached:
    """A file was laid beside the claim; its content is kept apart and goes with the account."""

    claim_id: str
    evidence_id: str
    content_type: str
    size: int
    file_name: Sealed
    attached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimSubmitted:
    """The claim waits for a decision."""

    claim_id: str
    lines: tuple[ClaimLine, ...]
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidenceRequested:
    """Whoever decides wants to see more."""

    claim_id: str
    question: Sealed
    reviewer: str
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidenceSupplied:
    """The candidate answered the request."""

    claim_id: str
    supplied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimApproved:
    """The credits count, each from its completion on."""

    claim_id: str
    reviewer: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimRejected:
    """The credits do not count; the reason is one of the catalogue's list and shown as it stands there."""

    claim_id: str
    reason: str
    reviewer: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimWithdrawn:
    """The candidate took the claim back before it was decided."""

    claim_id: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimRevoked:
    """An approved claim was taken back; all that rested on it is judged anew."""

    claim_id: str
    reason: str
    revoked_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsRedeemed:
    """The credits of an item went into a renewal."""

    item: str
    completed_on: date
    redeemed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsExpired:
    """The credits of an item were lost: the cycle closed otherwise, they were too old, or nothing was left to renew."""

    item: str
    completed_on: date
    expired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsCountAgain:
    """Other evidence turned out otherwise, and the credits of an item are in hand again."""

    item: str
    completed_on: date
    on: date


ClaimFact: TypeAlias = (
    CreditTermsAccepted
    | CreditClaimDrafted
    | CreditEvidenceAttached
    | CreditClaimSubmitted
    | CreditEvidenceRequested
    | CreditEvidenceSupplied
    | CreditClaimApproved
    | CreditClaimRejected
    | CreditClaimWithdrawn
)
FateFact: TypeAlias = CreditsRedeemed | CreditsExpired | CreditsCountAgain
