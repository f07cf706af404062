"""What testing tells the others about its facts; money, statements and percentages stay inside."""

from dataclasses import fields
from typing import Any

import contracts
from chassis.decider import Fact
from services.testing.domain.bookings import AppointmentBooked, AppointmentRescheduled
from services.testing.domain.objections import ChallengeDenied, ChallengeOpened, ChallengeUpheld
from services.testing.domain.results import ExamFailed, ExamPassed, ExamResultRevoked, ResultAwaited, Sitting

AS_IT_IS: dict[str, type[contracts.Event]] = {
    kind.event_name: kind
    for kind in (
        contracts.AppointmentPaid,
        contracts.AppointmentCancelled,
        contracts.AppointmentLapsed,
        contracts.CandidateCheckedIn,
        contracts.CandidateTurnedAway,
        contracts.CandidateNoShowed,
        contracts.AgreementDeclined,
        contracts.ExamStarted,
        contracts.ExamDelivered,
        contracts.ExamInterrupted,
        contracts.ResultHeld,
        contracts.ResultReleased,
        contracts.ResultCorrected,
        contracts.ExamResultRestored,
        contracts.SanctionImposed,
        contracts.SanctionLifted,
        contracts.ChallengeReviewStarted,
        contracts.ChallengeEvidenceRequested,
        contracts.ChallengeWithdrawn,
    )
}
"""Facts that are told under their own name, by those of their fields that the contract has."""


def announce(fact: Fact) -> contracts.Event | None:
    """The public event of an own fact; None for a private one."""
    match fact.event:
        case ResultAwaited() | ExamPassed() | ExamFailed() | ExamResultRevoked():
            return _result(fact)
        case AppointmentBooked() | AppointmentRescheduled():
            return _appointment(fact)
        case ChallengeOpened() | ChallengeUpheld() | ChallengeDenied():
            return _challenge(fact)
        case event:
            kind = AS_IT_IS.get(type(event).__name__)
            return None if kind is None else _told(kind, fact)


def _result(fact: Fact) -> contracts.Event:
    match fact.event:
        case ResultAwaited(sitting=sitting):
            public = _public(sitting)
            del public["exam_version"], public["score"]
            return contracts.ResultAwaited(candidate_id=fact.subject, **public)
        case ExamPassed(sitting=sitting):
            return contracts.ExamPassed(candidate_id=fact.subject, **_public(sitting))
        case ExamFailed(sitting=sitting):
            return contracts.ExamFailed(candidate_id=fact.subject, **_public(sitting))
        case revoked:
            return _told(contracts.ExamResultRevoked, fact, result_id=revoked.counted_as or revoked.result_id)


def _public(sitting: Sitting) -> dict[str, Any]:
    """All but the provider's own reference, the acronym, and what only the score report shows."""
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


def _appointment(fact: Fact) -> contracts.Event:
    place = fact.event.place
    where = {"delivery": place.delivery, "site": place.site, "time_zone": place.time_zone}
    if isinstance(fact.event, AppointmentBooked):
        return _told(contracts.AppointmentBooked, fact, **where)
    return _told(contracts.AppointmentRescheduled, fact, **where)


def _challenge(fact: Fact) -> contracts.Event:
    match fact.event:
        case ChallengeOpened(matter=matter, opened_at=at):
            return _told(contracts.ChallengeOpened, fact, exam=matter.exam, opened_on=at.date())
        case ChallengeUpheld(ruling=ruling, at=at):
            return _told(contracts.ChallengeUpheld, fact, remedy=ruling.remedy, decided_on=at.date())
        case denied:
            return _told(contracts.ChallengeDenied, fact, decided_on=denied.at.date())


def _told(kind: Any, fact: Fact, **more: Any) -> contracts.Event:
    names = {field.name for field in fields(kind)} - {"candidate_id"} - more.keys()
    told: contracts.Event = kind(
        candidate_id=fact.subject, **{name: getattr(fact.event, name) for name in names}, **more
    )
    return told
