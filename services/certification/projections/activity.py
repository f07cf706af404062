"""What the candidate's recent activity tells of the record (F3.4), and what each result has brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.activity import Activity, Entry, Line
from services.certification.domain.claim_facts import (
    CreditClaimApproved,
    CreditClaimRejected,
    CreditClaimRevoked,
    CreditClaimSubmitted,
    CreditEvidenceRequested,
)
from services.certification.domain.facts import (
    CertificationEarned,
    CertificationExpired,
    CertificationExpiryCorrected,
    CertificationExtended,
    CertificationProgressed,
    CertificationProgressLapsed,
    CertificationReactivated,
    CertificationRecertified,
    CertificationReinstated,
    CertificationRestored,
    CertificationRevoked,
    EmeritusGranted,
    EmeritusLapsed,
    ExamEvidenceRecorded,
    LifetimeEmeritusGranted,
)
from services.certification.domain.heading import Heading
from services.certification.domain.programme_facts import AgreementRecorded, CertificationHeld, CertificationHoldLifted
from services.certification.projections import METADATA
from services.certification.projections.merges import MERGES

MATCHED = "result-matched"
BROUGHT = ("earned", "recertified", "progressed", "reinstated")

_CODES: dict[type, str] = {
    CertificationRecertified: "recertified",
    CertificationExtended: "extended",
    CertificationExpiryCorrected: "expiry-corrected",
    CertificationExpired: "expired",
    CertificationReinstated: "reinstated",
    CertificationRevoked: "revoked",
    CertificationProgressed: "progressed",
    CertificationProgressLapsed: "progress-lapsed",
    EmeritusGranted: "emeritus-granted",
    EmeritusLapsed: "emeritus-lapsed",
    LifetimeEmeritusGranted: "lifetime-emeritus-granted",
    CertificationRestored: "restored",
    CertificationReactivated: "reactivated",
    CertificationHeld: "held",
    CertificationHoldLifted: "hold-lifted",
}
_CLAIMS: dict[type, str] = {
    CreditClaimSubmitted: "claim-submitted",
    CreditEvidenceRequested: "claim-evidence-requested",
    CreditClaimApproved: "claim-approved",
    CreditClaimRejected: "claim-rejected",
    CreditClaimRevoked: "claim-revoked",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a result has come to here: when it was matched to the record, and what it brought to which certification."""

    matched_at: datetime
    brought: tuple[Line, ...]


def entry_of(event: Any) -> Entry | None:
    """A certification changed; a result was matched; a claim went on; the agreement was accepted."""
    match event:
        case ExamEvidenceRecorded(result_id=result_id):
            return Entry(MATCHED, {"result_id": result_id}, shown=False)
        case AgreementRecorded(version=version):
            return Entry("agreement-accepted", {"version": version})
        case CertificationEarned(heading=heading, kit=kit):
            return Entry("earned", {**_about(heading), "kit": kit})
    if code := _CLAIMS.get(type(event)):
        return Entry(code, {"claim_id": event.claim_id})
    code = _CODES.get(type(event))
    return None if code is None else Entry(code, _about(event.heading))


def _about(heading: Heading) -> dict[str, Any]:
    return {"certification": heading.certification, "name": heading.name}


ACTIVITY = Activity(METADATA, entry_of, MERGES)


def outcomes(lines: list[Line]) -> dict[str, Outcome]:
    """By result id; facts of one cause are what that result has brought."""
    by_cause: dict[str, list[Line]] = {}
    for line in reversed(lines):
        if line.code in BROUGHT:
            by_cause.setdefault(line.cause, []).append(line)
    return {
        line.details["result_id"]: Outcome(line.at, tuple(by_cause.get(line.cause, ())))
        for line in lines
        if line.code == MATCHED
    }
