"""What the certification service tells: every change of what a candidate holds, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

MERGE_UNDONE = "merge-undone"
"""The reason of a CertificationRevoked that takes back what only a merge of two records had brought (F1.13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressed:
    """The candidate met a first part of a certification's requirements."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationProgressed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressLapsed:
    """The time to add the missing parts ran out, or the met part was taken back."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationProgressLapsed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationEarned:
    """The candidate met all requirements; after an expiry this is a new earning with a new active date."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationEarned"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str
    abbreviation: str
    group: str
    level: str
    track: str
    kit: Literal["none", "certificate", "plaque"]
    pdf: bool
    active_on: date
    expires_on: date | None
    evidence: tuple[str, ...]
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRecertified:
    """The certification was renewed, by own evidence or together with another certification."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationRecertified"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    renewed_on: date
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExtended:
    """The programme's operator extended the validity in a blanket decision."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExtended"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpiryCorrected:
    """Evidence that came late or was taken back moved the expire date."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExpiryCorrected"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpired:
    """The expire date passed without a renewal."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationExpired"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationReinstated:
    """Evidence dated in time became known later and made an expired certification active again."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationReinstated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRevoked:
    """The certification was taken away because its requirements are no longer met."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationRevoked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusGranted:
    """An expert certification turned into the honorary emeritus status."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "EmeritusGranted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusLapsed:
    """The emeritus term ended without another."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "EmeritusLapsed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRestored:
    """What was revoked is held again, with the dates it has now."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationRestored"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    active_on: date
    expires_on: date | None
    restored_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationReactivated:
    """An emeritus is active again by an expert-level exam."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationReactivated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    old_expires_on: date
    expires_on: date
    reactivated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAccepted:
    """The candidate accepted a version of the certification agreement, in the portal or at a test site."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "AgreementAccepted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    agreement_version: str
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationHeld:
    """Nobody may rely on the certification for the time being; its dates run on."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationHeld"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    held_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationHoldLifted:
    """The certification stands as its dates say again."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CertificationHoldLifted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    lifted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeEmeritusGranted:
    """Twenty unbroken years as an expert: the honorary status stays for good."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "LifetimeEmeritusGranted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    granted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertNumberAssigned:
    """The candidate got the personal number of an expert series; it stays theirs for life and is never given again."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "ExpertNumberAssigned"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    series: str
    number: int
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusEligibilityReached:
    """From this day on the candidate can ask for emeritus status."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "EmeritusEligibilityReached"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    eligible_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertAnniversaryReached:
    """So many years after the first expert certification the candidate was active as an expert."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "ExpertAnniversaryReached"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    years: int
    first_expert_on: date
    reached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryReminderDue:
    """A certification ends soon, or today."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "ExpiryReminderDue"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    certification: str
    name: str
    expires_on: date
    stage: int
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueActivated:
    """Other rules of the programme are in force; what they change for candidates is told by events of its own."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CatalogueActivated"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    catalogue: str
    activated_on: date
    changed: tuple[str, ...]
    tables: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimSubmitted:
    """A claim of continuing-education credits waits for a decision."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditClaimSubmitted"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidenceRequested:
    """Whoever decides a claim wants to see more."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditEvidenceRequested"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidenceSupplied:
    """The candidate has answered the request."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditEvidenceSupplied"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    supplied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimApproved:
    """The credits of a claim count, each from the completion of its item on."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditClaimApproved"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimRejected:
    """The credits of a claim do not count."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditClaimRejected"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimWithdrawn:
    """The candidate took a claim back before it was decided."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditClaimWithdrawn"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaimRevoked:
    """An approved claim was taken back."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditClaimRevoked"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    claim_id: str
    reason: str
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsRedeemed:
    """The credits of an item went into a renewal."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditsRedeemed"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    item: str
    completed_on: date
    redeemed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsExpired:
    """The credits of an item were lost unused."""

    source: ClassVar[str] = "certification"
    event_name: ClassVar[str] = "CreditsExpired"
    version: ClassVar[int] = 1
    sealed: ClassVar[bool] = False

    candidate_id: str
    item: str
    completed_on: date
    expired_on: date
