"""Under which names certification's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.certification.domain import claim_facts, expert_numbers, extension, facts, programme_facts

VOCABULARY: dict[tuple[str, int], type] = {
    ("exam-evidence-recorded", 1): facts.ExamEvidenceRecorded,
    ("exam-evidence-revoked", 1): facts.ExamEvidenceRevoked,
    ("credits-recorded", 1): facts.CreditsRecorded,
    ("extension-recorded", 1): facts.ExtensionRecorded,
    ("emeritus-recorded", 1): facts.EmeritusRecorded,
    ("certification-progressed", 1): facts.CertificationProgressed,
    ("certification-progress-foreseen", 1): facts.CertificationProgressForeseen,
    ("certification-progress-moved", 1): facts.CertificationProgressMoved,
    ("certification-progress-lapsed", 1): facts.CertificationProgressLapsed,
    ("certification-earned", 1): facts.CertificationEarned,
    ("certification-recertified", 1): facts.CertificationRecertified,
    ("certification-extended", 1): facts.CertificationExtended,
    ("certification-expiry-corrected", 1): facts.CertificationExpiryCorrected,
    ("certification-expired", 1): facts.CertificationExpired,
    ("certification-reinstated", 1): facts.CertificationReinstated,
    ("certification-revoked", 1): facts.CertificationRevoked,
    ("emeritus-foreseen", 1): facts.EmeritusForeseen,
    ("emeritus-granted", 1): facts.EmeritusGranted,
    ("emeritus-lapsed", 1): facts.EmeritusLapsed,
    ("credit-balance-changed", 1): facts.CreditBalanceChanged,
    ("extension-decided", 1): extension.ExtensionDecided,
    ("expert-number-assigned", 1): expert_numbers.ExpertNumberAssigned,
    ("certification-restored", 1): facts.CertificationRestored,
    ("certification-reactivated", 1): facts.CertificationReactivated,
    ("lifetime-emeritus-granted", 1): facts.LifetimeEmeritusGranted,
    ("exam-evidence-restored", 1): programme_facts.ExamEvidenceRestored,
    ("sanction-recorded", 1): programme_facts.SanctionRecorded,
    ("sanction-lifted", 1): programme_facts.SanctionLifted,
    ("certification-held", 1): programme_facts.CertificationHeld,
    ("certification-hold-lifted", 1): programme_facts.CertificationHoldLifted,
    ("agreement-recorded", 1): programme_facts.AgreementRecorded,
    ("emeritus-applied", 1): programme_facts.EmeritusApplied,
    ("emeritus-paid", 1): programme_facts.EmeritusPaid,
    ("expert-became", 1): programme_facts.ExpertBecame,
    ("emeritus-eligibility-reached", 1): programme_facts.EmeritusEligibilityReached,
    ("expert-anniversary-reached", 1): programme_facts.ExpertAnniversaryReached,
    ("expert-anniversary-missed", 1): programme_facts.ExpertAnniversaryMissed,
    ("expiry-reminder-due", 1): programme_facts.ExpiryReminderDue,
    ("credit-terms-accepted", 1): claim_facts.CreditTermsAccepted,
    ("credit-claim-drafted", 1): claim_facts.CreditClaimDrafted,
    ("credit-evidence-attached", 1): claim_facts.CreditEvidenceAttached,
    ("credit-claim-submitted", 1): claim_facts.CreditClaimSubmitted,
    ("credit-evidence-requested", 1): claim_facts.CreditEvidenceRequested,
    ("credit-evidence-supplied", 1): claim_facts.CreditEvidenceSupplied,
    ("credit-claim-approved", 1): claim_facts.CreditClaimApproved,
    ("credit-claim-rejected", 1): claim_facts.CreditClaimRejected,
    ("credit-claim-withdrawn", 1): claim_facts.CreditClaimWithdrawn,
    ("credit-claim-revoked", 1): claim_facts.CreditClaimRevoked,
    ("credits-redeemed", 1): claim_facts.CreditsRedeemed,
    ("credits-expired", 1): claim_facts.CreditsExpired,
    ("credits-count-again", 1): claim_facts.CreditsCountAgain,
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
