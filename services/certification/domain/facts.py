"""The facts of a candidate's record: evidence that came in, and what was told about it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.certification.domain.catalogue import Kit
from services.certification.domain.claim_facts import ClaimFact, CreditClaimRevoked, FateFact
from services.certification.domain.heading import Heading
from services.certification.domain.join_facts import JoinFact
from services.certification.domain.programme_facts import (
    CertificationHeld,
    CertificationHoldLifted,
    ExamEvidenceRestored,
    ExpertBecame,
    ExpiryReminderDue,
    ProgrammeFact,
    SanctionLifted,
    SanctionRecorded,
)
from services.certification.domain.standing import BalanceStep, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamEvidenceRecorded:
    """The result of an exam became known."""

    result_id: str
    exam: str
    taken_on: date
    passed: bool
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamEvidenceRevoked:
    """A result was taken back."""

    result_id: str
    revoked_on: date
    reason: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsRecorded:
    """An approved claim of continuing-education credits became known."""

    item: str
    credits: int
    completed_on: date
    submitted_on: date
    decided_on: date
    recorded_on: date
    claim_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRecorded:
    """A blanket extension became known."""

    days: int
    extended_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusRecorded:
    """A granted and paid term of emeritus became known."""

    granted_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressed:
    """Some but not all parts of a certification are good, up to `until`."""

    heading: Heading
    since: date
    until: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressForeseen:
    """Without further evidence a certification is in progress on the days from `since` to `until`."""

    heading: Heading
    since: date
    until: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressMoved:
    """The last day of a running progress is another one."""

    heading: Heading
    until: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationProgressLapsed:
    """No part is good any more, or none was after all."""

    heading: Heading
    lapsed_on: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationEarned:
    """All requirements were met on `active_on`."""

    heading: Heading
    kit: Kit
    pdf: bool
    active_on: date
    expires_on: date | None
    evidence: tuple[str, ...]
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRecertified:
    """The certification was renewed, by own evidence or by a cascade (R-C1, R-K1, R-K2)."""

    heading: Heading
    active_on: date
    old_expires_on: date
    expires_on: date
    renewed_on: date
    option: Option
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExtended:
    """A blanket decision moved the expire date (R-V6)."""

    heading: Heading
    active_on: date
    old_expires_on: date
    expires_on: date
    extended_on: date
    reason: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpiryCorrected:
    """Late or withdrawn evidence moved the expire date (R-O3, R-X2)."""

    heading: Heading
    active_on: date
    old_expires_on: date
    expires_on: date
    corrected_on: date
    reason: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExpired:
    """The day after the expire date has come (R-V2)."""

    heading: Heading
    active_on: date
    expires_on: date
    expired_on: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationReinstated:
    """Evidence dated in time made an expired certification active again (R-CE7, R-O3)."""

    heading: Heading
    active_on: date
    old_expires_on: date
    expires_on: date
    reinstated_on: date
    reason: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRevoked:
    """The certification rested on what is void now; the dates are those it had (R-X1)."""

    heading: Heading
    active_on: date
    expires_on: date | None
    revoked_on: date
    reason: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRestored:
    """What was revoked is held again, with the dates it has now (R-X3)."""

    heading: Heading
    active_on: date
    expires_on: date | None
    restored_on: date
    reason: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationReactivated:
    """An emeritus is active again by an expert-level exam (R-E4)."""

    heading: Heading
    active_on: date
    old_expires_on: date
    expires_on: date
    reactivated_on: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusForeseen:
    """After its expire date the certification is going to be emeritus, up to `until`; None: not any more."""

    heading: Heading
    active_on: date
    expires_on: date
    until: date | None
    catalogue: str
    lifetime_from: date | None = None
    """The first day of lifetime emeritus; None: none to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusGranted:
    """The expire date is over and the certification is emeritus now, up to `until` (R-E1)."""

    heading: Heading
    active_on: date
    expires_on: date
    until: date
    granted_on: date
    catalogue: str
    lifetime_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeEmeritusGranted:
    """Twenty unbroken years as an expert: the status stays, without terms and fees (R-E3)."""

    heading: Heading
    active_on: date
    expires_on: date
    granted_on: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusLapsed:
    """The emeritus term is over or was taken back."""

    heading: Heading
    active_on: date
    expires_on: date
    lapsed_on: date
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditBalanceChanged:
    """The credits in hand from `on` on, and on which later days time alone changes them."""

    on: date
    credits: int
    later: tuple[BalanceStep, ...]
    catalogue: str


EvidenceFact: TypeAlias = (
    ExamEvidenceRecorded
    | ExamEvidenceRevoked
    | ExamEvidenceRestored
    | CreditsRecorded
    | CreditClaimRevoked
    | ExtensionRecorded
    | EmeritusRecorded
    | SanctionRecorded
    | SanctionLifted
    | CertificationHeld
    | CertificationHoldLifted
)
"""What the fold is made of."""
ProgressFact: TypeAlias = (
    CertificationProgressed | CertificationProgressForeseen | CertificationProgressMoved | CertificationProgressLapsed
)
ValidityFact: TypeAlias = (
    CertificationEarned
    | CertificationRecertified
    | CertificationExtended
    | CertificationExpiryCorrected
    | CertificationReinstated
    | CertificationReactivated
    | CertificationRestored
)
"""These say until when a certification is valid."""
EndFact: TypeAlias = (
    CertificationExpired
    | CertificationRevoked
    | EmeritusForeseen
    | EmeritusGranted
    | LifetimeEmeritusGranted
    | EmeritusLapsed
)
"""These say how its validity ends."""
News: TypeAlias = (
    ValidityFact | EndFact | ProgressFact | CreditBalanceChanged | FateFact | ExpiryReminderDue | ExpertBecame
)
"""What is told because the record came out differently, or because its day has come."""
Event: TypeAlias = EvidenceFact | News | ClaimFact | ProgrammeFact | JoinFact
