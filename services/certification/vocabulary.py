"""Under which names certification's facts are stored; a name once used is forever."""

from collections.abc import Callable
from typing import Any

from services.certification.domain import facts

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
}

UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], tuple[str, int, dict[str, Any]]]] = {}
"""Older shapes, each with the function that gives the next newer name, version and fields."""
