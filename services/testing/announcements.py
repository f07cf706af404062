"""What testing tells the others about its facts."""

from typing import Any

import contracts
from chassis.decider import Fact
from services.testing.domain.sittings import ExamFailed, ExamPassed, ExamResultRevoked, Sitting


def announce(fact: Fact) -> contracts.Event | None:
    """The public event of an own fact; None for a private one."""
    match fact.event:
        case ExamPassed(sitting=sitting):
            return contracts.ExamPassed(candidate_id=fact.subject, **_public(sitting))
        case ExamFailed(sitting=sitting):
            return contracts.ExamFailed(candidate_id=fact.subject, **_public(sitting))
        case ExamResultRevoked() as revoked:
            return contracts.ExamResultRevoked(
                candidate_id=fact.subject,
                result_id=revoked.result_id,
                exam=revoked.exam,
                taken_on=revoked.taken_on,
                revoked_on=revoked.revoked_on,
                reason=revoked.reason,
            )
    return None


def _public(sitting: Sitting) -> dict[str, Any]:
    """All but the provider's own reference and the acronym."""
    return {
        "result_id": sitting.result_id,
        "exam": sitting.exam,
        "exam_version": sitting.exam_version,
        "title": sitting.title,
        "role": sitting.role,
        "taken_on": sitting.taken_on,
        "score": sitting.score,
        "attempt": sitting.attempt,
        "reported_at": sitting.reported_at,
    }
