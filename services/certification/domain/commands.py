"""What can be asked of a candidate's record; each command brings the day and the catalogue that decide."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from chassis.decider import Sealed
from services.certification.domain.catalogue import Catalogue
from services.certification.domain.claim_facts import ClaimLine
from services.certification.domain.evidence import Evidence
from services.certification.domain.join_facts import Earning


@dataclass(frozen=True, slots=True, kw_only=True)
class _Command:
    today: date
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExam(_Command):
    """A result was reported; results that nothing can be folded from are the caller's to leave out."""

    result_id: str
    exam: str
    taken_on: date
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeExam(_Command):
    """A result was taken back, perhaps one that never came."""

    result_id: str
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreExam(_Command):
    """A result that was taken back is good again."""

    result_id: str
    restored_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClaim(_Command):
    """An approved claim of credits is entered."""

    item: str
    credits: int
    completed_on: date
    submitted_on: date
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEmeritus(_Command):
    """A term of emeritus was applied for and paid."""

    granted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForEmeritus(_Command):
    """The candidate asks for a term."""

    application_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayEmeritus(_Command):
    """The fee of an application arrived."""

    application_id: str
    payment: str
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(_Command):
    """The operator's blanket decision reaches this candidate."""

    days: int
    extended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCertification(_Command):
    """The programme takes a certification away (R-X4)."""

    sanction_id: str
    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreCertification(_Command):
    """The programme gives back what it took away (R-X3)."""

    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCertification(_Command):
    """Nobody shall rely on the certification for the time being."""

    hold_id: str
    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold(_Command):
    """The certification shall stand as its dates say again."""

    certification: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement(_Command):
    """A version of the agreement was accepted."""

    version: str
    accepted_on: date
    place: Literal["test-site", "portal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinEvidence(_Command):
    """The record stands for another one, which rests on this and has earned that (F1.13)."""

    absorbed_id: str
    evidence: tuple[Evidence, ...]
    earned: tuple[Earning, ...]
    through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEvidence(_Command):
    """It stands for the other one no more."""

    absorbed_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(_Command):
    """Tell what time, or a new version of the catalogue, has brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCreditTerms(_Command):
    """Enrol in continuing education (F5.3)."""

    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaim(_Command):
    """Begin a claim, or change its draft."""

    claim_id: str
    lines: tuple[ClaimLine, ...]
    """Their credits are not looked at: the catalogue's count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachEvidence(_Command):
    """Lay a file beside a claim."""

    claim_id: str
    evidence_id: str
    content_type: str
    size: int
    file_name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitClaim(_Command):
    """Hand a draft in."""

    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawClaim(_Command):
    """Take a draft or a pending claim back."""

    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvidence(_Command):
    """Ask the candidate for more."""

    claim_id: str
    question: Sealed
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyEvidence(_Command):
    """Answer such a request."""

    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveClaim(_Command):
    """Let the credits of a pending claim count."""

    claim_id: str
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectClaim(_Command):
    """Refuse a pending claim for one of the catalogue's reasons."""

    claim_id: str
    reason: str
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeClaim(_Command):
    """Take an approved claim back (fraud)."""

    claim_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCompletion(_Command):
    """A provider's feed says that an item was completed; it validates a pending claim, or is one of its own."""

    claim_id: str
    item: str
    completed_on: date
    provider: str


ClaimCommand: TypeAlias = (
    AcceptCreditTerms
    | DraftClaim
    | AttachEvidence
    | SubmitClaim
    | WithdrawClaim
    | RequestEvidence
    | SupplyEvidence
    | ApproveClaim
    | RejectClaim
    | RevokeClaim
    | ConfirmCompletion
)
ProgrammeCommand: TypeAlias = (
    RevokeCertification
    | RestoreCertification
    | HoldCertification
    | LiftHold
    | RecordAgreement
    | ApplyForEmeritus
    | PayEmeritus
)
EvidenceCommand: TypeAlias = (
    RecordExam | RevokeExam | RestoreExam | RecordClaim | GrantEmeritus | Extend | Review | JoinEvidence | PartEvidence
)
Command: TypeAlias = EvidenceCommand | ProgrammeCommand | ClaimCommand
