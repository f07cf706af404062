"""Facts that the programme's people decide or that time brings: holds, sanctions, agreements, emeritus, milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from services.certification.domain.heading import Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamEvidenceRestored:
    """A result that was taken back is good again (appeal upheld)."""

    result_id: str
    restored_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionRecorded:
    """The programme takes a certification away (R-X4)."""

    sanction_id: str
    certification: str
    revoked_on: date
    reason: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted:
    """The certification is given back (R-X3)."""

    sanction_id: str
    lifted_on: date
    reason: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationHeld:
    """Nobody may rely on the certification for the time being; its dates run on."""

    hold_id: str
    heading: Heading
    reason: str
    held_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationHoldLifted:
    """The certification stands as its dates say again."""

    hold_id: str
    heading: Heading
    reason: str
    lifted_on: date
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRecorded:
    """A version of the certification agreement was accepted, at a test site or in the portal."""

    version: str
    accepted_on: date
    place: Literal["test-site", "portal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusApplied:
    """A term of emeritus was applied for; it begins once the fee is paid (R-E1)."""

    application_id: str
    fee_usd: int
    applied_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusPaid:
    """The fee of an application was paid."""

    application_id: str
    payment: str
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertBecame:
    """The day of the first expert certification, as far as is known; None: none any more."""

    first_expert_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmeritusEligibilityReached:
    """From this day on emeritus can be asked for (R-E1)."""

    first_expert_on: date
    eligible_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertAnniversaryReached:
    """Twenty-five years after the first expert certification, and active as an expert that day (R-E5)."""

    first_expert_on: date
    years: int
    reached_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertAnniversaryMissed:
    """The day of the anniversary passed without an active expert certification; nothing comes of it (R-E5)."""

    first_expert_on: date
    years: int
    missed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryReminderDue:
    """A certification ends soon; `stage` is the reminder's number of days, `days_left` the true one."""

    heading: Heading
    active_on: date
    expires_on: date
    stage: int
    days_left: int
    next_on: date | None


ProgrammeFact: TypeAlias = (
    AgreementRecorded
    | EmeritusApplied
    | EmeritusPaid
    | EmeritusEligibilityReached
    | ExpertAnniversaryReached
    | ExpertAnniversaryMissed
)
